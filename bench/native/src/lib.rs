//! The core's work on one message in two parts, each in a loop: without the boundary to JavaScript, and
//! the same natively (`main.rs`) as in WebAssembly.

use std::hint::black_box;

use connector_tencent_sms_wasm::api::TraceId;
use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::delivery::next_step;
use connector_tencent_sms_wasm::exchange::{Clock, Entropy};
use connector_tencent_sms_wasm::json::Value;
use connector_tencent_sms_wasm::message::Message;
use wasm_bindgen::prelude::*;

/// Reads a config, from JSON to what is good to send with, so many times.
#[wasm_bindgen(js_name = parseConfig)]
pub fn parse_config(config: &str, times: u32) {
    for _ in 0..times {
        black_box(read_config(black_box(config)));
    }
}

/// Reads a config and a message.
#[wasm_bindgen]
pub fn parse(config: &str, data: &str, times: u32) {
    for _ in 0..times {
        black_box(read(black_box(config), black_box(data)));
    }
}

/// Chooses the template, builds the request and signs it.
#[wasm_bindgen]
pub fn sign(config: &str, data: &str, now: f64, times: u32) {
    let (config, message) = read(config, data);
    let clock = Clock { now, offset: 0.0 };
    // Randomness is the host's.
    let entropy = || Entropy {
        trace_id: TraceId::from_random_bytes([0x5a; 16]),
        jitter: 0.5,
    };
    for _ in 0..times {
        let step = next_step(
            black_box(&config),
            black_box(&message),
            &[],
            clock,
            &entropy,
        );
        assert!(black_box(step).is_ok());
    }
}

fn read(config: &str, data: &str) -> (Config, Message) {
    let config = read_config(config);
    let data = Value::parse(data).expect("JSON");
    let message = Message::parse(&data, config.bare_numbers).expect("a good message");
    (config, message)
}

fn read_config(config: &str) -> Config {
    let json = Value::parse(config).expect("JSON");
    Config::parse(&json).unwrap_or_else(|issues| panic!("{} issues", issues.len()))
}
