//! What holds for every input, however strange.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::message::Message;
use connector_tencent_sms_wasm::phone::PhoneNumber;
use proptest::prelude::*;
use serde_json::Value;

/// Any JSON value, with the keys of a config where an object has keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "(Generic|<.*>|https?://.*|[a-z]{2}-[a-z]+)".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let key = prop_oneof![
            prop::sample::select(vec![
                "accessKeyId",
                "accessKeySecret",
                "securityToken",
                "signName",
                "sdkAppId",
                "region",
                "endpoint",
                "timeoutSeconds",
                "templates",
                "usageType",
                "templateCode",
                "templateParams",
            ])
            .prop_map(str::to_owned),
            ".{0,5}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_number_is_read_and_printed_without_change(to in "\\+?[0-9]{0,20}") {
        if let Some(number) = PhoneNumber::parse(&to) {
            prop_assert!(to.ends_with(number.to_string().trim_start_matches('+')));
            prop_assert_eq!(PhoneNumber::parse(&number.to_string()), Some(number));
        }
    }

    #[test]
    fn every_text_is_a_number_or_none(to in ".{0,20}") {
        if let Some(number) = PhoneNumber::parse(&to) {
            prop_assert!(number.to_string().len() <= 16);
        }
    }

    #[test]
    fn every_json_value_is_a_message_or_none(data in any_json()) {
        prop_assert!(Message::parse(&data).is_err());
    }

    #[test]
    fn every_json_value_is_read_or_refused_with_reasons(config in any_json()) {
        match Config::parse(&config) {
            Ok(config) => prop_assert!(config.templates.iter().any(|t| t.usage_type == "Generic")),
            Err(issues) => prop_assert!(!issues.is_empty()),
        }
    }
}
