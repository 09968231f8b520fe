//! The core's work on one message in two parts, each in a loop: without the boundary to JavaScript, and
//! the same natively (`main.rs`) as in WebAssembly.

use std::hint::black_box;

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::config::cache::Cache;
use connector_tencent_sms_wasm::json::Value;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::next_step;
use connector_tencent_sms_wasm::step::{ClockOffsets, Entropy, TraceId};
use wasm_bindgen::prelude::*;

/// Reads a config, from JSON to what is good to send with, so many times.
#[wasm_bindgen(js_name = parseConfig)]
pub fn parse_config(config: &str, times: u32) {
    for _ in 0..times {
        black_box(read_config(black_box(config)));
    }
}

/// Knows a config again, and reads a message: what each message after the first takes.
#[wasm_bindgen]
pub fn parse(config: &str, data: &str, times: u32) {
    let mut last = Cache::empty();
    for _ in 0..times {
        let config = last.read(black_box(config).to_owned());
        let config = config.unwrap_or_else(|issues| panic!("{} issues", issues.len()));
        black_box(read_message(black_box(data), &config));
    }
}

/// Chooses the template, builds the request and signs it.
#[wasm_bindgen]
pub fn sign(config: &str, data: &str, now: f64, times: u32) {
    let config = read_config(config);
    let message = read_message(data, &config);
    let mut offsets = ClockOffsets::none();
    // Randomness is the host's.
    let entropy = || Entropy {
        trace_id: TraceId::from_bytes([0x5a; 16]),
        jitter: 0.5,
    };
    for _ in 0..times {
        let step = next_step(
            black_box(&config),
            black_box(&message),
            &[],
            now,
            &mut offsets,
            &entropy,
        );
        assert!(black_box(step).is_ok());
    }
}

fn read_message(data: &str, config: &Config) -> Message {
    let data = Value::parse(data).expect("JSON");
    Message::parse(&data, config.bare_numbers).expect("a good message")
}

fn read_config(config: &str) -> Config {
    let json = Value::parse(config).expect("JSON");
    Config::parse(&json).unwrap_or_else(|issues| panic!("{} issues", issues.len()))
}
