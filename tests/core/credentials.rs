//! API keys that are not written in the config: references, and temporary keys.

mod elsewhere;
mod references;
mod temporary;

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Error, Memory, Sent, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Event, Step, TraceId};
use serde_json::{Value, json};

use crate::support::crossing::crossing;

/// The time of Tencent's published sample, 2019-02-25T16:44:25Z, in milliseconds.
const NOW: f64 = 1_551_113_065_000.0;

const SECRET_ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
const SECRET_KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

/// A config without a key.
fn config(account: &Value) -> Value {
    let mut config = json!({
        "signName": "腾讯云",
        "sdkAppId": "1400006666",
        "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
    });
    for (key, value) in account.as_object().unwrap() {
        config[key] = value.clone();
    }
    config
}

fn accepted() -> String {
    let status = json!({ "Code": "Ok", "SerialNo": "5000:1", "PhoneNumber": "+8613800138000" });
    json!({ "Response": { "SendStatusSet": [status], "RequestId": "" } }).to_string()
}

fn refused(code: &str) -> String {
    json!({ "Response": { "Error": { "Code": code, "Message": "" }, "RequestId": "" } }).to_string()
}

/// One send, and what the shim did for it.
struct Ran {
    result: Result<Sent, Error>,
    /// The steps, as the shim gets them.
    steps: Vec<Value>,
    ended_at: f64,
}

impl Ran {
    /// Returns the requests, by their URLs.
    fn urls(&self) -> Vec<&str> {
        let requests = self.steps.iter();
        requests
            .filter_map(|step| step["request"]["url"].as_str())
            .collect()
    }

    /// Returns the SecretId in the signature of each message.
    fn secret_ids(&self) -> Vec<&str> {
        let signed = self.steps.iter().filter_map(|step| {
            let authorization = step["request"]["headers"]["Authorization"].as_str()?;
            let (_, rest) = authorization.split_once("Credential=")?;
            Some(rest.split_once('/')?.0)
        });
        signed.collect()
    }
}

/// Sends a message at this time. `reply` makes the shim's event after a step, and says how long it took.
fn send_at(
    now: f64,
    memory: &mut Memory,
    config: &Value,
    mut reply: impl FnMut(&Value, f64) -> (Value, f64),
) -> Ran {
    let config = Config::parse(&crossing(config)).unwrap();
    let data = json!({ "to": "8613800138000", "type": "SignIn", "payload": { "code": "116410" } });
    let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
    let entropy = || Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    };
    let mut events = vec![Event::Started { at: now }];
    let mut steps = Vec::new();
    let mut now = now;
    for _ in 0..20 {
        let step = match next_step(&config, &message, &events, now, memory, &entropy) {
            Ok(Step::Done { outcome }) => {
                let result = Ok(outcome);
                return Ran {
                    result,
                    steps,
                    ended_at: now,
                };
            }
            Ok(step) => serde_json::to_value(step).unwrap(),
            Err(error) => {
                let result = Err(error);
                return Ran {
                    result,
                    steps,
                    ended_at: now,
                };
            }
        };
        let (event, took_ms) = reply(&step, now);
        let limit = step["timeoutMs"].as_f64().unwrap_or(f64::INFINITY);
        assert!(
            took_ms <= limit,
            "the shim ends an exchange in time: {step}"
        );
        now += took_ms;
        events.push(Event::read(&crossing(&event)).unwrap());
        steps.push(step);
    }
    panic!("it does not end: {steps:?}");
}

fn send(config: &Value, reply: impl FnMut(&Value, f64) -> (Value, f64)) -> Ran {
    send_at(NOW, &mut Memory::none(), config, reply)
}

/// The event after an exchange that was answered in 10 ms, by a server with the right time.
fn answered(step: &Value, now: f64, status: u16, body: &str) -> (Value, f64) {
    let event = json!({
        "action": step["request"]["action"], "receivedAt": now as u64 + 10, "status": status,
        "date": now as u64 + 10, "body": body, "departures": 1
    });
    (event, 10.0)
}

fn failed(step: &Value, code: &str, took_ms: f64) -> (Value, f64) {
    let event = json!({ "action": step["request"]["action"], "failure": code, "departures": 0 });
    (event, took_ms)
}
