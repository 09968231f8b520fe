//! CPU time and memory of the decisions about a config's limits, natively, as JSON. `limits.js` runs it.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement that fails ends with a panic, and prints its result otherwise"
)]

use std::fs;

use connector_tencent_sms_wasm::address::Address;
use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::json::{Map, Value};
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber};
use connector_tencent_sms_wasm::send::Spending;
use connector_tencent_sms_wasm::step::TraceId;
use serde_json::json;

const MILLION: u64 = 1_000_000;

fn main() {
    let before = resident();
    let open = config("999999/1s");
    let mut process = Process {
        spending: Spending::none(),
        now: 1.7e12,
    };
    for index in 0..MILLION {
        process.decide(&open, &message(index));
    }
    let bytes = resident() - before;

    let messages: Vec<_> = (0..10_000).map(message).collect();
    let mut taken = 0;
    let sent = nanoseconds(&messages, |message| {
        taken += u64::from(process.decide(&open, message));
    });
    assert!(taken == MILLION, "{taken} of the messages were let out");
    let given_back = nanoseconds(&messages, |message| {
        process.spending.release(&open, message, &[]);
    });
    let shut = config("1/9999d");
    let mut taken = 0;
    let refused = nanoseconds(&messages, |message| {
        taken += u64::from(process.decide(&shut, message));
    });
    assert!(taken == 1, "{taken} of the messages were let out");
    println!(
        "{}",
        json!({ "sent": sent, "givenBack": given_back, "refused": refused, "bytes": bytes })
    );
}

/// Returns a config with all kinds of limits. The last one decides about the messages of this measurement.
fn config(total: &str) -> Config {
    let config = json!({
        "accessKeyId": "AKIDEXAMPLE", "accessKeySecret": "ExampleSecretKey", "signName": "腾讯云",
        "sdkAppId": 1400006666, "templates": [{ "usageType": "Generic", "templateCode": "1110" }],
        "limits": {
            "perIp": "999999/1s", "perNumber": "999999/1s", "perRange": "999999/1s",
            "perCallingCode": { "86": "999999/1s", "*": "999999/1s" }, "total": total
        }
    });
    Config::parse(&Value::parse(&config.to_string()).unwrap()).unwrap()
}

fn message(index: u64) -> Message {
    let to = format!("{}", 20_000_000_000_000 + index * 10_007);
    let ip = format!("2001:{:x}:{:x}::1", index >> 16, index & 0xffff);
    Message {
        to: PhoneNumber::parse(&to, BareNumbers::default()).unwrap(),
        usage_type: "SignIn".to_owned(),
        locale: None,
        payload: Map::default(),
        unreadable: Vec::new(),
        address: Address::parse(&ip),
    }
}

/// A process that decides about a message in each millisecond.
struct Process {
    spending: Spending,
    now: f64,
}

impl Process {
    fn decide(&mut self, config: &Config, message: &Message) -> bool {
        self.now += 1.0;
        let random = || TraceId::from_bytes([7; 16]);
        self.spending
            .admit(config, message, &[], self.now, &random)
            .is_ok()
    }
}

/// Returns the CPU time of some work on one message, in nanoseconds.
fn nanoseconds(messages: &[Message], mut work: impl FnMut(&Message)) -> u64 {
    let began = cpu_time();
    for _ in 0..MILLION / messages.len() as u64 {
        messages.iter().for_each(&mut work);
    }
    (cpu_time() - began) / MILLION
}

/// Returns the CPU time of this thread so far, in nanoseconds. Linux writes it in front.
fn cpu_time() -> u64 {
    let schedstat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    schedstat.split(' ').next().unwrap().parse().unwrap()
}

/// Returns the memory of this process that is in use, in bytes.
fn resident() -> u64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
