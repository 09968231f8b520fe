//! Any message with any config: a request for the right number, or an error without the number.

use std::cell::Cell;

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Memory, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Step, TraceId};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::any::{any_json, cases, keys_of_config};
use crate::support::crossing::crossing;

/// A good config, in which one key may be replaced.
fn any_config() -> impl Strategy<Value = Value> {
    let code = prop::sample::select(vec![json!(2), json!({ "china": 2 })]);
    let params = prop::collection::vec("(\\{\\{ ?[a-z.0]{0,6} ?\\}\\}|.){1,4}", 0..4);
    let change = (prop::sample::select(keys_of_config()), any_json());
    (code, params, prop::option::of(change)).prop_map(|(code, params, change)| {
        let mut config = json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [
                { "usageType": "SignIn", "templateCode": { "china": 1 }, "locale": "zh" },
                { "usageType": "Generic", "templateCode": code, "templateParams": params }
            ]
        });
        if let Some((key, value)) = change {
            config[key] = value;
        }
        config
    })
}

fn any_data() -> impl Strategy<Value = Value> {
    let to = "(86138[0-9]{8}|1[2-9][0-9]{9}|852[0-9]{8}|(86|1|852)[0-9]{8,11})";
    let payload = prop::sample::select(vec![json!({ "code": "116410" }), json!({})]);
    let fields = prop::collection::vec(("(code|link|locale|user|.{0,5})", any_json()), 0..4);
    let data = (to, "(SignIn|Generic|.)", payload, fields);
    data.prop_map(|(to, usage_type, mut payload, fields)| {
        for (key, value) in fields {
            payload[key] = value;
        }
        json!({ "to": to, "type": usage_type, "payload": payload })
    })
}

#[test]
fn every_message_is_requested_or_refused() {
    let (requested, refused) = (Cell::new(0), Cell::new(0));
    let count = |counter: &Cell<usize>| counter.set(counter.get() + 1);
    proptest!(cases(1000), |(config in any_config(), data in any_data())| {
        let Ok(config) = Config::parse(&crossing(&config)) else {
            return Ok(());
        };
        let Ok(message) = Message::parse(&crossing(&data), config.bare_numbers) else {
            return Ok(());
        };
        let entropy = || Entropy { trace_id: TraceId::from_bytes([0; 16]), jitter: 0.5 };
        match next_step(&config, &message, &[], 1e12, &mut Memory::none(), &entropy) {
            Ok(Step::Request { request, .. }) => {
                let body: Value = serde_json::from_str(&request.body).unwrap();
                prop_assert_eq!(&body["PhoneNumberSet"], &json!([message.to.to_string()]));
                count(&requested);
            }
            Ok(_) => prop_assert!(false, "nothing was sent yet"),
            Err(error) => {
                prop_assert!(!error.to_string().contains(data["to"].as_str().unwrap()));
                count(&refused);
            }
        }
    });
    assert!(requested.get() > 200, "only {} requests", requested.get());
    assert!(refused.get() > 50, "only {} refusals", refused.get());
}
