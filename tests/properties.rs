//! What holds for every input, however strange.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::delivery::{Step, next_step};
use connector_tencent_sms_wasm::message::Message;
use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber, Route};
use connector_tencent_sms_wasm::send_sms::{TraceId, interpret};
use proptest::prelude::*;
use serde_json::{Value, json};

const CONFIG_KEYS: &[&str] = &[
    "accessKeyId",
    "accessKeySecret",
    "securityToken",
    "signName",
    "sdkAppId",
    "region",
    "endpoint",
    "templates",
    "overseas",
    "allowedCallingCodes",
    "bareNumbersAreMainland",
    "timeoutSeconds",
];

/// Keys of templates, payloads and answers.
const OTHER_KEYS: &[&str] = &[
    "usageType",
    "templateCode",
    "templateParams",
    "locale",
    "china",
    "overseas",
    "senderId",
    "code",
    "user",
    "Error",
    "Code",
    "SendStatusSet",
    "SerialNo",
    "PhoneNumber",
    "RequestId",
];

/// Any JSON value, with the keys of a config where an object has keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "(Generic|Ok|<.*>|https?://.*|[a-z]{2}-[a-z]+|[0-9]{1,12})".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let key = prop_oneof![
            prop::sample::select(CONFIG_KEYS.to_vec()).prop_map(str::to_owned),
            prop::sample::select(OTHER_KEYS.to_vec()).prop_map(str::to_owned),
            ".{0,5}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn any_bare_numbers() -> impl Strategy<Value = BareNumbers> {
    prop::sample::select(vec![BareNumbers::NorthAmerican, BareNumbers::Mainland])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// E.164 on the way out, whatever came in; and printing and reading again changes nothing.
    #[test]
    fn digits_are_one_number_on_one_route_or_a_clear_error(
        to in "(\\+|00|)(86|1|852|)0?[0-9]{0,14}",
        bare_numbers in any_bare_numbers(),
    ) {
        match PhoneNumber::parse(&to, bare_numbers) {
            Ok(number) => {
                let text = number.to_string();
                prop_assert!((8..=16).contains(&text.len()) && !text.starts_with("+0"));
                let is_mainland = number.route() == Route::Mainland;
                prop_assert_eq!(is_mainland, text.starts_with("+86"));
                prop_assert_eq!(PhoneNumber::parse(&text, bare_numbers), Ok(number));
            }
            Err(expected) => prop_assert!(expected.contains("digit") || expected.contains("number")),
        }
    }

    #[test]
    fn what_is_not_digits_is_no_number(to in ".{0,20}", bare_numbers in any_bare_numbers()) {
        if !to.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+') {
            prop_assert!(PhoneNumber::parse(&to, bare_numbers).is_err());
        }
    }

    #[test]
    fn every_json_value_is_read_as_a_config_or_refused_with_reasons(config in any_json()) {
        match Config::parse(&config) {
            Ok(config) => prop_assert!(config.templates.iter().any(|t| t.usage_type == "Generic")),
            Err(issues) => prop_assert!(!issues.is_empty()),
        }
    }

    /// Most changes of one key leave a config that can be read, so that what is behind is reached.
    #[test]
    fn every_message_is_requested_or_refused(
        key in prop::sample::select(CONFIG_KEYS.to_vec()),
        value in any_json(),
        params in prop::collection::vec("(\\{\\{ ?[a-z.0]{0,6} ?\\}\\}|.){1,4}", 1..4),
        to in "(86|1|852)[0-9]{8,11}",
        usage_type in "(SignIn|Generic|.)",
        payload in any_json(),
    ) {
        let mut config = json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [
                { "usageType": "SignIn", "templateCode": { "china": 1 }, "locale": "zh" },
                { "usageType": "Generic", "templateCode": 2, "templateParams": params }
            ]
        });
        config[key] = value;
        let mut data = json!({ "to": to, "type": usage_type, "payload": { "code": "116410" } });
        if let Value::Object(_) = payload {
            data["payload"] = payload;
        }
        if let Ok(config) = Config::parse(&config)
            && let Ok(message) = Message::parse(&data, config.bare_numbers)
        {
            let step = next_step(&config, &message, &[], 1e12, TraceId::from_random_bytes([0; 16]));
            match step {
                Ok(Step::Request { request, .. }) => {
                    let body: Value = serde_json::from_str(&request.body).unwrap();
                    prop_assert_eq!(&body["PhoneNumberSet"], &json!([message.to.to_string()]));
                }
                Ok(Step::Sent { .. }) => prop_assert!(false, "nothing was sent yet"),
                Err(error) => prop_assert!(!error.to_string().contains(to.as_str())),
            }
        }
    }

    #[test]
    fn every_answer_is_a_receipt_or_an_error(status in any::<u16>(), body in any_json(), text in ".*") {
        let to = PhoneNumber::parse("8613800138000", BareNumbers::default()).unwrap();
        let body = json!({ "Response": body });
        for body in [text, body.to_string()] {
            if let Ok(receipt) = interpret(status, &body, &to) {
                prop_assert!(body.to_lowercase().contains("\"ok\""), "{receipt:?}");
            }
        }
    }
}
