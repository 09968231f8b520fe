//! Template parameters: the paths in them, and their values compared with a simpler replacement.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Error, fill, needed_paths};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::any::cases;
use crate::support::crossing::crossing;

/// Replaces handlebars like the kit, in quadratic time.
fn simply_replaced(text: &str) -> String {
    let Some((before, after)) = text.split_once("{{") else {
        return text.to_owned();
    };
    let value = after.split_once("}}").and_then(|(inside, after)| {
        let value = match inside.trim() {
            "code" => "116410",
            "user.name" => "李雷",
            "user" => "[object Object]",
            path => {
                let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
                let root = path.split('.').next();
                (is_path && matches!(root, Some("code" | "user"))).then_some("")?
            }
        };
        Some([before, value, &simply_replaced(after)].concat())
    });
    value.unwrap_or_else(|| {
        let rest = &text[before.len() + 1..];
        [before, "{", &simply_replaced(rest)].concat()
    })
}

proptest! {
    #![proptest_config(cases(1000))]

    /// tests/host/parameters.test.js compares with the kit's own replacement.
    #[test]
    fn handlebars_are_replaced_wherever_a_simple_search_finds_them(
        param in "[<](\\{{1,4}|[ \t\u{a0}]|code|user\\.name|x|\\.|\\}{1,3}){0,12}[>]",
    ) {
        let config = Config::parse(&crossing(&json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [
                { "usageType": "Generic", "templateCode": 1, "templateParams": [param] }
            ]
        }))).unwrap();
        let data = json!({
            "to": "8613800138000", "type": "Generic",
            "payload": { "code": "116410", "user": { "name": "李雷" } }
        });
        let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
        let filled = fill(&config.templates[0], &message).unwrap();
        prop_assert_eq!(filled, [simply_replaced(&param)]);
    }
}

#[test]
fn a_message_needs_the_paths_of_its_own_template() {
    let config = Config::parse(&crossing(&json!({
        "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
        "templates": [
            {
                "usageType": "SignIn", "templateCode": { "china": 1 },
                "templateParams": ["{{ user.name }}: {{code}}", "10", "{{code}}{{x"]
            },
            { "usageType": "Generic", "templateCode": { "china": 2 } }
        ]
    })))
    .unwrap();
    let needed = |to: &str, usage_type: &str| {
        let data = json!({ "to": to, "type": usage_type, "payload": {} });
        let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
        let paths = needed_paths(&config, &message);
        paths.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let mainland = "8613800138000";
    assert_eq!(needed(mainland, "SignIn"), ["user.name", "code", "code"]);
    // Without `templateParams`, the code is sent, or the link.
    assert_eq!(needed(mainland, "Register"), ["code", "link"]);
    // No template serves the number.
    assert!(needed("18624017194", "SignIn").is_empty());
}

/// The boundary could not read these fields of the payload.
#[test]
fn only_an_unreadable_value_that_is_needed_stops_a_message() {
    let config = |params: Value| {
        let config = json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [
                { "usageType": "Generic", "templateCode": 1, "templateParams": params }
            ]
        });
        Config::parse(&crossing(&config)).unwrap()
    };
    let filled = |params: Value, payload: Value, unreadable: &str| {
        let config = config(params);
        let data = json!({ "to": "8613800138000", "type": "", "payload": payload });
        let mut message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
        message.unreadable = vec![unreadable.to_owned()];
        fill(&config.templates[0], &message)
    };
    let unreadable = |name: &str| Err(Error::UnreadableValue(name.to_owned()));
    let code = || json!({ "code": "116410" });
    let link = || json!({ "link": "https://example.com" });
    let default = || json!(null);
    assert_eq!(filled(default(), link(), "code"), unreadable("code"));
    assert_eq!(filled(default(), json!({}), "link"), unreadable("link"));
    assert_eq!(
        filled(default(), code(), "link"),
        Ok(vec!["116410".to_owned()])
    );
    assert_eq!(filled(json!(["{{x}}"]), code(), "x"), unreadable("x"));
}
