//! Configs as operators write them, and what they are told about them.

use std::cell::Cell;

use connector_tencent_sms_wasm::config::{Config, Issue, unread_keys};
use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber, Route};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::any::{any_json, cases, keys_of_config};
use crate::support::crossing::crossing;

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

/// As it crosses the boundary.
fn parse(config: &Value) -> Result<Config, Vec<Issue>> {
    Config::parse(&crossing(config))
}

/// Each issue as the operator's console prints it.
fn issues(config: &Value) -> Vec<String> {
    parse(config)
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
    let config = parse(&config).unwrap();
    assert_eq!(config.mainland.region.to_string(), "ap-guangzhou");
    assert_eq!(
        config.mainland.endpoint.url(),
        "https://sms.tencentcloudapi.com/"
    );
    assert_eq!(config.timeout.as_secs(), 8);
    assert!(config.mainland.credentials.token.is_none());
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

/// It is checked as it was written, and sent with as it is stored.
#[test]
fn an_object_goes_with_the_last_of_its_fields() {
    let templates = |entry: Value| json!([{ "usageType": "Generic", "templateCode": 1 }, entry]);
    for code in [
        json!({ "china": "", "overseas": "" }),
        json!({ "china": null, "overseas": [] }),
    ] {
        let written = templates(json!({ "usageType": "SignIn", "templateCode": code }));
        let stored = templates(json!({ "usageType": "SignIn" }));
        let issues = |templates| issues(&with("templates", templates));
        let [issue] = &issues(written)[..] else {
            panic!("one issue expected for {code}");
        };
        assert_eq!(issues(stored), [issue.as_str()]);
        assert!(
            issue.starts_with("templates[1].templateCode is required"),
            "{issue}"
        );
    }
    for overseas in [
        json!({}),
        json!({ "signName": "" }),
        json!({ "region": null, "senderId": {} }),
    ] {
        let config = parse(&with("overseas", overseas.clone())).unwrap();
        assert_eq!(
            config.overseas.sign_name, config.mainland.sign_name,
            "{overseas}"
        );
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
    let account = parse(&config).unwrap().mainland;
    assert_eq!(account.credentials.secret_id.to_string(), "AKIDEXAMPLE");
    assert_eq!(account.sdk_app_id, "1400006666");
    assert_eq!(account.sign_name.as_deref(), Some("腾讯云"));
}

#[test]
fn identifiers_may_be_whole_numbers() {
    let mut config = with("sdkAppId", json!(1400006666));
    config["templates"] = json!([{ "usageType": "Generic", "templateCode": 1111 }]);
    let config = parse(&config).unwrap();
    assert_eq!(config.mainland.sdk_app_id, "1400006666");
    assert_eq!(
        config.templates[0].template_code.on(Route::Overseas),
        Some("1111")
    );
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
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": { "china": "<c>", "overseas": "" } }]),
            "templates[0].templateCode.china is still the placeholder: \
             put the ID of an approved template here",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": { "china": 1, "global": 2 } }]),
            "templates[0].templateCode.global is not known here: only china, overseas",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": { "china": [1] } }]),
            "templates[0].templateCode.china must be text or a whole number",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": {} }]),
            "templates[0].templateCode is required: the ID of an approved template",
        ),
        (
            "templates",
            json!([{ "usageType": "Generic", "templateCode": 1, "locale": "zh_CN" }]),
            "templates[0].locale must be a language tag, such as en or zh-TW",
        ),
        (
            "overseas",
            json!("ap-singapore"),
            "overseas must be a JSON object",
        ),
        (
            "overseas",
            json!({ "sendrId": "SHOP" }),
            "overseas.sendrId is not known here: only accessKeyId, accessKeySecret, securityToken, \
             signName, sdkAppId, region, endpoint, senderId",
        ),
        (
            "overseas",
            json!({ "accessKeyId": "AKIDother" }),
            "overseas.accessKeySecret is required: an account of its own has a whole API key",
        ),
        (
            "overseas",
            json!({ "endpoint": "https://evil.example" }),
            "overseas.endpoint must be an API host of Tencent Cloud, such as \
             sms.tencentcloudapi.com, or a loopback URL, such as http://127.0.0.1:4180",
        ),
        (
            "allowedCallingCodes",
            json!(["86", "85"]),
            "allowedCallingCodes must list country calling codes, such as \"86, 852\"; \
             digits of the national number may follow, as in \"1876\"",
        ),
        (
            "allowedCallingCodes",
            // Not the same as nothing, which allows everything.
            json!(" , "),
            "allowedCallingCodes must list country calling codes, such as \"86, 852\"; \
             digits of the national number may follow, as in \"1876\"",
        ),
        (
            "allowedCallingCodes",
            // Jamaica's, as people write it: read as two codes it would let in all of North America.
            json!("+1 876"),
            "allowedCallingCodes must list country calling codes, such as \"86, 852\"; \
             digits of the national number may follow, as in \"1876\"",
        ),
        (
            "bareNumbersAreMainland",
            json!("yes"),
            "bareNumbersAreMainland must be true or false",
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
    config["overseas"] = json!({ "accessKeySecret": "half", "region": 1 });
    config["bareNumbersAreMainland"] = json!(1);
    let paths: Vec<_> = parse(&config)
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
            json!(["overseas", "accessKeyId"]),
            json!(["overseas", "region"]),
            json!(["bareNumbersAreMainland"]),
        ]
    );
}

#[test]
fn without_an_overseas_block_both_sides_are_the_same() {
    let config = parse(&good()).unwrap();
    assert_eq!(config.overseas.sign_name.as_deref(), Some("腾讯云"));
    assert_eq!(config.overseas.sdk_app_id, "1400006666");
    assert_eq!(config.overseas.sender_id, None);
}

#[test]
fn overseas_overrides_key_by_key_and_never_inherits_the_mainland_signature() {
    let overseas = |overseas: Value| parse(&with("overseas", overseas)).unwrap().overseas;
    let account = overseas(json!({ "region": "ap-singapore" }));
    assert_eq!(account.region.to_string(), "ap-singapore");
    assert_eq!(account.sign_name, None);
    assert_eq!(account.sdk_app_id, "1400006666");
    assert_eq!(account.endpoint.url(), "https://sms.tencentcloudapi.com/");
    let id = "AKIDEXAMPLE0000000000000000000000000";
    assert_eq!(account.credentials.secret_id.to_string(), id);

    let account = overseas(json!({
        "signName": "Shop", "sdkAppId": 2400006666_u64, "senderId": "SHOP",
        "endpoint": "sms.intl.tencentcloudapi.com",
        "accessKeyId": "AKIDother", "accessKeySecret": "other", "securityToken": "token"
    }));
    assert_eq!(account.sign_name.as_deref(), Some("Shop"));
    assert_eq!(account.sdk_app_id, "2400006666");
    assert_eq!(account.sender_id.as_deref(), Some("SHOP"));
    assert_eq!(
        account.endpoint.url(),
        "https://sms.intl.tencentcloudapi.com/"
    );
    assert_eq!(account.credentials.secret_id.to_string(), "AKIDother");
    assert!(account.credentials.token.is_some());

    // A pair tells the sides apart as well.
    let pair = json!([{ "usageType": "Generic", "templateCode": { "china": 1, "overseas": 2 } }]);
    let config = parse(&with("templates", pair)).unwrap();
    assert_eq!(config.mainland.sign_name.as_deref(), Some("腾讯云"));
    assert_eq!(config.overseas.sign_name, None);
}

#[test]
fn an_account_of_its_own_does_not_inherit_the_other_accounts_token() {
    let mut config = with("securityToken", json!("token"));
    config["overseas"] = json!({ "accessKeyId": "AKIDother", "accessKeySecret": "other" });
    let config = parse(&config).unwrap();
    assert!(config.mainland.credentials.token.is_some());
    assert!(config.overseas.credentials.token.is_none());
}

#[test]
fn a_signature_is_required_for_the_mainland_alone() {
    let mut config = with("signName", json!(""));
    config["templates"] = json!([{ "usageType": "Generic", "templateCode": { "overseas": 1 } }]);
    assert_eq!(issues(&config), [""; 0]);
    config["templates"][0]["templateCode"]["china"] = json!(2);
    let [issue] = &issues(&config)[..] else {
        panic!("one issue expected");
    };
    assert!(issue.starts_with("signName is required"), "{issue}");
}

#[test]
fn allowed_calling_codes_decide_by_prefix() {
    let allows = |codes: Value, to: &str| {
        let config = parse(&with("allowedCallingCodes", codes)).unwrap();
        config.allows(&PhoneNumber::parse(to, BareNumbers::default()).unwrap())
    };
    assert!(allows(json!([]), "85291234567"));
    assert!(allows(json!(["86", "852"]), "85291234567"));
    assert!(allows(json!(["+86", 852]), "8613800138000"));
    assert!(!allows(json!(["86", "852"]), "85366123456"));
    assert!(allows(json!(["1876"]), "18765551234"));
    assert!(!allows(json!(["1876"]), "18624017194"));
    // As the Console's form stores them.
    for text in ["86, 852", "+86,+852", " 86 ，852、", "852"] {
        assert!(allows(json!(text), "85291234567"), "{text}");
        assert!(!allows(json!(text), "85366123456"), "{text}");
    }
    assert!(allows(json!("  "), "85291234567"));
}

#[test]
fn bare_numbers_mean_what_the_config_says() {
    for (value, expected) in [
        (json!(null), BareNumbers::NorthAmerican),
        (json!(false), BareNumbers::NorthAmerican),
        (json!(true), BareNumbers::Mainland),
    ] {
        let config = parse(&with("bareNumbersAreMainland", value.clone())).unwrap();
        assert_eq!(config.bare_numbers, expected, "{value}");
    }
}

/// The Console's form may store a number or a text.
#[test]
fn a_timeout_is_a_number_or_the_text_of_a_whole_one() {
    for (value, expected) in [
        (json!(1), 1_000),
        (json!(2.5), 2_500),
        (json!(1.0625), 1_062),
        (json!(60), 60_000),
        (json!("1"), 1_000),
        (json!(" 10\n"), 10_000),
        (json!("60"), 60_000),
    ] {
        let config = parse(&with("timeoutSeconds", value.clone())).unwrap();
        assert_eq!(config.timeout.as_millis(), expected, "{value}");
    }
    for value in [
        json!("0"),
        json!("61"),
        json!("2.5"),
        json!("-1"),
        json!("8 s"),
    ] {
        assert_eq!(
            issues(&with("timeoutSeconds", value.clone())).len(),
            1,
            "{value}"
        );
    }
}

#[test]
fn both_sides_share_a_signature_only_where_the_config_does_not_tell_them_apart() {
    let shares = |config: Value| parse(&config).unwrap().shares_signature();
    assert!(shares(good()));
    assert!(!shares(with(
        "overseas",
        json!({ "region": "ap-singapore" })
    )));
    let pair = json!([{ "usageType": "Generic", "templateCode": { "china": 1, "overseas": 2 } }]);
    assert!(!shares(with("templates", pair)));
}

#[test]
fn a_template_gets_one_value_or_as_many_as_its_entry_lists() {
    for (params, expected) in [
        (json!(null), 1),
        (json!(["{{code}}"]), 1),
        (json!(["{{code}}", "10"]), 2),
        (json!(["a", "b", "c"]), 3),
    ] {
        let templates =
            json!([{ "usageType": "Generic", "templateCode": 1, "templateParams": params }]);
        let config = parse(&with("templates", templates)).unwrap();
        assert_eq!(config.templates[0].params(), expected, "{params}");
    }
}

#[test]
fn a_placeholder_has_both_brackets() {
    let code = |code: &str| {
        let entry = json!({ "usageType": "SignIn", "templateCode": code });
        let generic = json!({ "usageType": "Generic", "templateCode": 1 });
        let config = parse(&with("templates", json!([entry, generic]))).unwrap();
        config.templates[0]
            .template_code
            .on(Route::Mainland)
            .map(str::to_owned)
    };
    assert_eq!(code("<template-code>"), None);
    for not_a_placeholder in ["<1110", "1110>", "1<1>0"] {
        assert_eq!(code(not_a_placeholder).as_deref(), Some(not_a_placeholder));
    }
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
    let shown = format!("{:?}", parse(&config).unwrap());
    assert!(shown.contains("1400006666"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}

/// A good config in which some keys are replaced or added.
fn any_config() -> impl Strategy<Value = Value> {
    let field = (prop::sample::select(keys_of_config()), any_json());
    prop::collection::vec(field, 0..4).prop_map(|fields| {
        let mut config = good();
        for (key, value) in fields {
            config[key] = value;
        }
        config
    })
}

#[test]
fn every_json_value_is_a_config_or_has_issues() {
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    let configs = prop_oneof![4 => any_config(), 1 => any_json()];
    proptest!(cases(1000), |(config in configs)| {
        match parse(&config) {
            Ok(config) => {
                let mut templates = config.templates.iter();
                prop_assert!(templates.any(|template| template.usage_type == "Generic"));
                accepted.set(accepted.get() + 1);
            }
            Err(issues) => {
                prop_assert!(!issues.is_empty());
                refused.set(refused.get() + 1);
            }
        }
    });
    assert!(accepted.get() > 100, "only {} accepted", accepted.get());
    assert!(refused.get() > 100, "only {} refused", refused.get());
}

/// The doctor reports all others.
#[test]
fn every_declared_key_is_read() {
    let mut config = declared_keys("/properties");
    let mut entry = declared_keys("/$defs/template/properties");
    config["templates"] = json!([entry]);
    assert_eq!(unread_keys(&crossing(&json!(config))), []);

    entry.insert("locales".to_owned(), json!("en"));
    config["templates"] = json!([{}, entry, "no object"]);
    config.insert("timeout".to_owned(), json!(8));
    config.insert("AKIDEXAMPLE0000000000000000000000000".to_owned(), json!(""));
    let paths = unread_keys(&crossing(&json!(config)));
    let mut paths: Vec<_> = paths.iter().map(ToString::to_string).collect();
    paths.sort();
    assert_eq!(paths, ["", "templates[1].locales", "timeout"]);
    assert_eq!(unread_keys(&crossing(&json!("no object"))), []);
}

/// There the core says which keys it reads.
#[test]
fn the_declared_keys_of_overseas_are_those_that_are_read() {
    let declared = declared_keys("/$defs/overseas/properties");
    let [issue] = &issues(&with("overseas", json!({ "other": 1 })))[..] else {
        panic!("one issue expected");
    };
    let (_, read) = issue.split_once("only ").unwrap();
    let mut read: Vec<_> = read.split(", ").collect();
    let mut declared: Vec<_> = declared.keys().collect();
    read.sort_unstable();
    declared.sort_unstable();
    assert_eq!(read, declared);
}

#[test]
fn the_declared_defaults_are_those_of_the_core() {
    let schema = schema();
    let properties = schema["properties"].as_object().unwrap();
    let defaults: Vec<_> = properties
        .iter()
        .filter_map(|(key, declared)| Some((key, declared.get("default")?)))
        .collect();
    assert!(defaults.len() >= 4);
    for (key, default) in defaults {
        let read = |value: &Value| format!("{:?}", parse(&with(key, value.clone())).unwrap());
        assert_eq!(read(default), read(&json!(null)), "{key}");
    }
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../pkg-template/config.schema.json")).unwrap()
}

/// The keys of an object of the schema, each without a value.
fn declared_keys(pointer: &str) -> serde_json::Map<String, Value> {
    let schema = schema();
    let properties = schema.pointer(pointer).unwrap().as_object().unwrap();
    properties
        .keys()
        .map(|key| (key.clone(), json!(null)))
        .collect()
}
/// Keys reach the console, logs and the answers of Logto's API.
#[test]
fn of_a_key_that_is_not_known_only_printable_ascii_is_named() {
    let template = |entry: Value| {
        let generic = json!({ "usageType": "Generic", "templateCode": "1111" });
        with("templates", json!([generic, entry]))
    };
    for (key, shown) in [
        ("singName", "singName"),
        ("sign name~!", "sign name~!"),
        ("\u{1b}[2J\nfake line", "?[2J?fake line"),
        ("\u{202e}\u{61c}\u{2028}\u{200b}", "????"),
        ("\u{7f}\u{9b}é签", "????"),
        ("", ""),
    ] {
        let lines = issues(&with("overseas", json!({ key: 1 })));
        let expected = format!("overseas.{shown} is not known here: only accessKeyId");
        assert!(lines[0].starts_with(&expected), "{lines:?}");
        let lines = issues(&template(
            json!({ "usageType": "SignIn", "templateCode": { key: 1 } }),
        ));
        let expected = format!("templates[1].templateCode.{shown} is not known here: only china");
        assert!(lines[0].starts_with(&expected), "{lines:?}");

        let unread = |config: &Value| unread_keys(&crossing(config))[0].to_string();
        assert_eq!(unread(&with(key, json!(1))), shown);
        let entry = json!({ "usageType": "SignIn", "templateCode": 1, key: 1 });
        assert_eq!(unread(&template(entry)), format!("templates[1].{shown}"));
    }
    // A key as long as one of Tencent's is not named, whatever it holds.
    for key in [
        "AKIDEXAMPLE0000000000000000000000000",
        "\u{1b}[2J0000000000000000000000",
    ] {
        let [line] = &issues(&with("overseas", json!({ key: 1 })))[..] else {
            panic!("one issue expected");
        };
        assert!(
            line.starts_with("overseas holds a key that is not known here"),
            "{line}"
        );
    }
}
