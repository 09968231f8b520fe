//! Sends any JSON as a message, with any text as a template parameter. The result is a signed request for the
//! message's number, or an error.
#![no_main]

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::json;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Memory, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Step, TraceId};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|input: (String, &str)| {
    let (param, data) = input;
    let Some(data) = json::Value::parse(data) else {
        return;
    };
    let config = json!({
        "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
        "templates": [
            { "usageType": "SignIn", "templateCode": { "china": 1 }, "locale": "zh" },
            { "usageType": "Generic", "templateCode": 2, "templateParams": [param] }
        ]
    });
    let config = json::Value::parse(&config.to_string()).expect("JSON");
    let Ok(config) = Config::parse(&config) else {
        return;
    };
    let Ok(message) = Message::parse(&data, config.bare_numbers) else {
        return;
    };
    let mut memory = Memory::none();
    let entropy = Entropy {
        trace_id: TraceId::from_bytes([0; 16]),
        jitter: 0.5,
    };
    let step = next_step(&config, &message, &[], 1e12, &mut memory, &|| entropy);
    if let Ok(Step::Request { request, .. }) = step {
        let body: Value = serde_json::from_str(&request.body).expect("a JSON body");
        assert_eq!(body["PhoneNumberSet"], json!([message.to.to_string()]));
    }
});
