//! Configs as operators write them, and what they are told about them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use connector_tencent_sms_wasm::config::Config;
use serde_json::{Value, json};

/// What the guide tells an operator to write.
fn good() -> Value {
    json!({
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
        "accessKeySecret": "ExampleSecretKey0000000000000000",
        "signName": "腾讯云",
        "sdkAppId": "1400006666",
        "region": "ap-guangzhou",
        "templates": [
            { "usageType": "SignIn", "templateCode": "1110" },
            { "usageType": "Generic", "templateCode": "1111" }
        ]
    })
}

/// The good config, with one key replaced.
fn with(key: &str, value: Value) -> Value {
    let mut config = good();
    config[key] = value;
    config
}

/// Each issue as the operator's console prints it.
fn issues(config: &Value) -> Vec<String> {
    Config::parse(config)
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_good_config_has_no_issues_and_the_documented_defaults() {
    let mut config = good();
    config.as_object_mut().unwrap().remove("region");
    let config = Config::parse(&config).unwrap();
    assert_eq!(config.account.region.to_string(), "ap-guangzhou");
    assert_eq!(
        config.account.endpoint.url(),
        "https://sms.tencentcloudapi.com/"
    );
    assert_eq!(config.timeout.as_secs(), 8);
    assert!(config.account.credentials.token.is_none());
}

#[test]
fn every_missing_key_is_named_at_once() {
    let named: Vec<_> = issues(&json!({}))
        .iter()
        .map(|issue| issue.split(' ').next().unwrap().to_owned())
        .collect();
    let required = [
        "accessKeyId",
        "accessKeySecret",
        "signName",
        "sdkAppId",
        "templates",
    ];
    assert_eq!(named, required);
}

#[test]
fn what_the_host_strips_counts_as_absent() {
    for absent in [json!(null), json!(""), json!("  "), json!([]), json!({})] {
        assert_eq!(issues(&with("region", absent.clone())), [""; 0]);
        assert_eq!(issues(&with("securityToken", absent.clone())), [""; 0]);
        let [issue] = &issues(&with("signName", absent))[..] else {
            panic!("one issue expected");
        };
        assert!(issue.starts_with("signName is required:"), "{issue}");
    }
}

#[test]
fn what_is_not_an_object_is_refused() {
    for config in [json!(null), json!([]), json!("{}"), json!(1)] {
        assert_eq!(issues(&config), ["the config must be a JSON object"]);
    }
}

#[test]
fn white_space_that_was_pasted_along_is_cut_off() {
    let mut config = with("accessKeyId", json!("\tAKIDEXAMPLE \n"));
    config["sdkAppId"] = json!(" 1400006666");
    config["signName"] = json!("腾讯云\u{3000}");
    let account = Config::parse(&config).unwrap().account;
    assert_eq!(account.credentials.secret_id.to_string(), "AKIDEXAMPLE");
    assert_eq!(account.sdk_app_id, "1400006666");
    assert_eq!(account.sign_name, "腾讯云");
}

#[test]
fn identifiers_may_be_whole_numbers() {
    let mut config = with("sdkAppId", json!(1400006666));
    config["templates"] = json!([{ "usageType": "Generic", "templateCode": 1111 }]);
    let config = Config::parse(&config).unwrap();
    assert_eq!(config.account.sdk_app_id, "1400006666");
    assert_eq!(config.templates[0].template_code, "1111");
}

#[test]
fn a_wrong_value_is_answered_with_what_would_be_right() {
    for (key, wrong, issue) in [
        ("accessKeyId", json!(7), "accessKeyId must be text"),
        (
            "accessKeyId",
            json!("密钥"),
            "accessKeyId must be letters, digits and ASCII punctuation only: was something pasted along?",
        ),
        (
            "securityToken",
            json!("a b"),
            "securityToken must be letters, digits and ASCII punctuation only: was something pasted along?",
        ),
        (
            "sdkAppId",
            json!(1.5),
            "sdkAppId must be text or a whole number",
        ),
        (
            "sdkAppId",
            json!(-1),
            "sdkAppId must be text or a whole number",
        ),
        (
            "sdkAppId",
            json!(["1"]),
            "sdkAppId must be text or a whole number",
        ),
        (
            "region",
            json!("Guangzhou"),
            "region must be a region of Tencent Cloud, such as ap-guangzhou",
        ),
        (
            "timeoutSeconds",
            json!(0),
            "timeoutSeconds must be a number of seconds from 1 to 60",
        ),
        (
            "timeoutSeconds",
            json!("NaN"),
            "timeoutSeconds must be a number of seconds from 1 to 60",
        ),
        (
            "timeoutSeconds",
            json!(61),
            "timeoutSeconds must be a number of seconds from 1 to 60",
        ),
        ("templates", json!("1110"), "templates must be an array"),
        (
            "templates",
            json!([1, { "usageType": "Generic", "templateCode": 1 }]),
            "templates[0] must be a JSON object",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic" }]),
            "templates[0].templateCode is required: the ID of an approved template",
        ),
        (
            "templates",
            json!([{ "usageType": 1, "templateCode": "1" }]),
            "templates[0].usageType must be text",
        ),
        (
            "templates",
            json!([{ "usageType": "SignIn", "templateCode": "1" }]),
            "templates must hold an entry with the usageType Generic: \
             every type without an entry of its own uses it",
        ),
        (
            "templates",
            json!([
                { "usageType": "SignIn", "templateCode": "1" },
                { "usageType": "Generic", "templateCode": "<template-code>" }
            ]),
            "templates[1].templateCode is still the placeholder: \
             put the ID of an approved template here",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": "1", "templateParams": "{{code}}" }]),
            "templates[0].templateParams must be an array",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": "1", "templateParams": ["1", ""] }]),
            "templates[0].templateParams must be an array of texts that are not empty, \
             such as [\"{{code}}\", \"10\"]",
        ),
    ] {
        assert_eq!(issues(&with(key, wrong)), [issue]);
    }
}

#[test]
fn issues_of_every_depth_come_together() {
    let mut config = with("accessKeySecret", json!(null));
    config["endpoint"] = json!("https://evil.example");
    config["templates"] = json!([{ "usageType": "SignIn" }, { "templateCode": [] }]);
    let paths: Vec<_> = Config::parse(&config)
        .unwrap_err()
        .iter()
        .map(|issue| serde_json::to_value(&issue.path).unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            json!(["accessKeySecret"]),
            json!(["endpoint"]),
            json!(["templates", 0, "templateCode"]),
            json!(["templates", 1, "usageType"]),
            json!(["templates", 1, "templateCode"]),
        ]
    );
}

#[test]
fn entries_left_at_their_placeholder_are_not_configured() {
    let config = with(
        "templates",
        json!([
            { "usageType": "SignIn", "templateCode": "<template-code>" },
            { "usageType": "Generic", "templateCode": "1111" }
        ]),
    );
    let templates = Config::parse(&config).unwrap().templates;
    let codes: Vec<_> = templates.iter().map(|t| t.template_code.as_str()).collect();
    assert_eq!(codes, ["1111"]);
}

#[test]
fn keys_that_are_not_ours_are_left_alone() {
    assert_eq!(issues(&with("comment", json!({ "any": "thing" }))), [""; 0]);
}

#[test]
fn debug_output_of_a_config_holds_no_key() {
    let mut config = with("accessKeySecret", json!("canary-key"));
    config["accessKeyId"] = json!("canary-id");
    config["securityToken"] = json!("canary-token");
    let shown = format!("{:?}", Config::parse(&config).unwrap());
    assert!(shown.contains("1400006666"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}
