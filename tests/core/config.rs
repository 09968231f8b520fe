//! Configs as operators write them, and the issues that they get.

mod strict;

use std::cell::Cell;

use connector_tencent_sms_wasm::config::{Config, Issue, Mode, Store, diagnose};
use connector_tencent_sms_wasm::credentials::Source;
use connector_tencent_sms_wasm::limits::{store_line, store_problem};
use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber, Route};
use connector_tencent_sms_wasm::tc3::Credentials;
use connector_tencent_sms_wasm::tencent::Account;
use connector_tencent_sms_wasm::text::{Id, Text, id};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::any::{any_json, cases, keys_of_config};
use crate::support::crossing::crossing;

/// A config as the guide describes it.
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

/// Returns the good config with one key replaced.
fn with(key: &str, value: Value) -> Value {
    let mut config = good();
    config[key] = value;
    config
}

/// Returns the key that is written in the config.
fn written(account: &Account<Source>) -> &Credentials {
    match &account.credentials {
        Source::Config(credentials) => credentials,
        source => panic!("the key is elsewhere: {source:?}"),
    }
}

/// Parses a config as it crosses the boundary.
fn parse(config: &Value) -> Result<Config, Vec<Issue>> {
    Config::parse(&crossing(config))
}

fn unread_keys(config: &Value) -> Vec<String> {
    let paths = diagnose(&crossing(config)).unread_keys;
    paths.iter().map(ToString::to_string).collect()
}

/// Returns the path of each issue, and the id of its text.
fn issues(config: &Value) -> Vec<(String, Id)> {
    let issues = parse(config).err().unwrap_or_default();
    issues
        .iter()
        .map(|issue| (issue.path.to_string(), issue.message.id()))
        .collect()
}

fn issue(path: &str, message: Id) -> (String, Id) {
    (path.to_owned(), message)
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
    assert!(written(&config.mainland).token.is_none());
}

#[test]
fn every_missing_key_is_named_at_once() {
    let required = [
        "accessKeyId",
        "accessKeySecret",
        "signName",
        "sdkAppId",
        "templates",
    ];
    let required = required.map(|key| issue(key, id::CONFIG_REQUIRED));
    assert_eq!(issues(&json!({})), required);
}

#[test]
fn values_that_the_host_strips_count_as_absent() {
    for absent in [json!(null), json!(""), json!("  "), json!([]), json!({})] {
        assert_eq!(issues(&with("region", absent.clone())), []);
        assert_eq!(issues(&with("securityToken", absent.clone())), []);
        let required = issue("signName", id::CONFIG_REQUIRED);
        assert_eq!(issues(&with("signName", absent)), [required]);
    }
}

/// Logto checks the config as it was written, and stores it without such objects.
#[test]
fn an_object_with_only_absent_fields_counts_as_absent() {
    let templates = |entry: Value| json!([{ "usageType": "Generic", "templateCode": 1 }, entry]);
    for code in [
        json!({ "china": "", "overseas": "" }),
        json!({ "china": null, "overseas": [] }),
    ] {
        let written = templates(json!({ "usageType": "SignIn", "templateCode": code }));
        let stored = templates(json!({ "usageType": "SignIn" }));
        for templates in [written, stored] {
            let required = issue("templates[1].templateCode", id::CONFIG_REQUIRED);
            assert_eq!(issues(&with("templates", templates)), [required], "{code}");
        }
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
fn a_value_that_is_not_an_object_is_refused() {
    for config in [json!(null), json!([]), json!("{}"), json!(1)] {
        assert_eq!(issues(&config), [issue("", id::CONFIG_OBJECT)]);
    }
}

#[test]
fn characters_that_nobody_sees_are_removed_around_values() {
    let mut config = with("accessKeyId", json!("\tAKIDEXAMPLE \u{200b}\n"));
    config["sdkAppId"] = json!("\u{feff} 1400006666\u{202c}");
    config["signName"] = json!("腾讯云\u{3000}");
    config["region"] = json!("\u{200e}ap-guangzhou\u{a0}");
    let account = parse(&config).unwrap().mainland;
    assert_eq!(written(&account).secret_id.to_string(), "AKIDEXAMPLE");
    assert_eq!(account.sdk_app_id, "1400006666");
    assert_eq!(account.sign_name.as_deref(), Some("腾讯云"));
}

#[test]
fn the_brackets_of_a_signature_are_removed() {
    for sign_name in ["【腾讯云】", "【腾讯云", " 【 腾讯云】\n"] {
        let mut config = with("signName", json!(sign_name));
        config["overseas"] = json!({ "signName": sign_name });
        let config = parse(&config).unwrap();
        assert_eq!(config.mainland.sign_name.as_deref(), Some("腾讯云"));
        assert_eq!(config.overseas.sign_name.as_deref(), Some("腾讯云"));
    }
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
fn a_wrong_value_is_an_issue_at_its_path() {
    let entry = |changes: Value| {
        let mut entry = json!({ "usageType": "Generic", "templateCode": 1 });
        for (key, value) in changes.as_object().unwrap() {
            entry[key] = value.clone();
        }
        json!([entry])
    };
    for (key, wrong, path, message) in [
        ("accessKeyId", json!(7), "accessKeyId", id::CONFIG_TEXT),
        (
            "accessKeyId",
            json!("密钥"),
            "accessKeyId",
            id::CONFIG_HEADER_TEXT,
        ),
        (
            "securityToken",
            json!("a b"),
            "securityToken",
            id::CONFIG_HEADER_TEXT,
        ),
        (
            "sdkAppId",
            json!(1.5),
            "sdkAppId",
            id::CONFIG_TEXT_OR_INTEGER,
        ),
        (
            "sdkAppId",
            json!(-1),
            "sdkAppId",
            id::CONFIG_TEXT_OR_INTEGER,
        ),
        (
            "sdkAppId",
            json!(["1"]),
            "sdkAppId",
            id::CONFIG_TEXT_OR_INTEGER,
        ),
        ("region", json!("Guangzhou"), "region", id::CONFIG_REGION),
        (
            "timeoutSeconds",
            json!(0),
            "timeoutSeconds",
            id::CONFIG_TIMEOUT,
        ),
        (
            "timeoutSeconds",
            json!("NaN"),
            "timeoutSeconds",
            id::CONFIG_TIMEOUT,
        ),
        (
            "timeoutSeconds",
            json!(61),
            "timeoutSeconds",
            id::CONFIG_TIMEOUT,
        ),
        ("templates", json!("1110"), "templates", id::CONFIG_ARRAY),
        (
            "templates",
            json!([1, { "usageType": "Generic", "templateCode": 1 }]),
            "templates[0]",
            id::CONFIG_OBJECT,
        ),
        (
            "templates",
            json!([{ "usageType": "Generic" }]),
            "templates[0].templateCode",
            id::CONFIG_REQUIRED,
        ),
        (
            "templates",
            entry(json!({ "usageType": 1 })),
            "templates[0].usageType",
            id::CONFIG_TEXT,
        ),
        (
            "templates",
            entry(json!({ "usageType": "SignIn" })),
            "templates",
            id::CONFIG_GENERIC_MISSING,
        ),
        (
            "templates",
            json!([
                { "usageType": "SignIn", "templateCode": "1" },
                { "usageType": "Generic", "templateCode": "<template-code>" }
            ]),
            "templates[1].templateCode",
            id::CONFIG_PLACEHOLDER,
        ),
        (
            "templates",
            entry(json!({ "templateParams": "{{code}}" })),
            "templates[0].templateParams",
            id::CONFIG_ARRAY,
        ),
        (
            "templates",
            entry(json!({ "templateParams": ["1", ""] })),
            "templates[0].templateParams",
            id::CONFIG_TEMPLATE_PARAMS,
        ),
        (
            "templates",
            entry(json!({ "templateCode": { "china": "<c>", "overseas": "" } })),
            "templates[0].templateCode.china",
            id::CONFIG_PLACEHOLDER,
        ),
        (
            "templates",
            entry(json!({ "templateCode": { "china": "", "other": 2 } })),
            "templates[0].templateCode",
            id::CONFIG_NO_SIDE,
        ),
        (
            "templates",
            entry(json!({ "templateCode": { "china": [1] } })),
            "templates[0].templateCode.china",
            id::CONFIG_TEXT_OR_INTEGER,
        ),
        (
            "templates",
            entry(json!({ "templateCode": {} })),
            "templates[0].templateCode",
            id::CONFIG_REQUIRED,
        ),
        (
            "templates",
            entry(json!({ "locale": "zh_CN" })),
            "templates[0].locale",
            id::CONFIG_LOCALE_SPELLING,
        ),
        (
            "overseas",
            json!("ap-singapore"),
            "overseas",
            id::CONFIG_OBJECT,
        ),
        (
            "accessKeySecret",
            json!("AKIDEXAMPLE0000000000000000000000001"),
            "accessKeySecret",
            id::CONFIG_SWAPPED_KEYS,
        ),
        (
            "accessKeySecret",
            json!("IKIDEXAMPLE00000000000000000000000-_000000000000"),
            "accessKeySecret",
            id::CONFIG_SWAPPED_KEYS,
        ),
        (
            "accessKeyId",
            json!("ExampleSecretKey0000000000000000"),
            "accessKeySecret",
            id::CONFIG_EQUAL_KEYS,
        ),
        (
            "overseas",
            json!({ "accessKeyId": "a", "accessKeySecret": "AKIDEXAMPLE0000000000000000000000001" }),
            "overseas.accessKeySecret",
            id::CONFIG_SWAPPED_KEYS,
        ),
        (
            "overseas",
            json!({ "accessKeyId": "a", "accessKeySecret": " a" }),
            "overseas.accessKeySecret",
            id::CONFIG_EQUAL_KEYS,
        ),
        ("signName", json!("【】"), "signName", id::CONFIG_REQUIRED),
        (
            "overseas",
            json!({ "accessKeyId": "AKIDother" }),
            "overseas.accessKeySecret",
            id::CONFIG_WHOLE_KEY,
        ),
        (
            "overseas",
            json!({ "accessKeySecret": "other" }),
            "overseas.accessKeyId",
            id::CONFIG_WHOLE_KEY,
        ),
        (
            "overseas",
            json!({ "endpoint": "https://evil.example" }),
            "overseas.endpoint",
            id::CONFIG_ENDPOINT,
        ),
        (
            "allowedCallingCodes",
            json!(["86", "85"]),
            "allowedCallingCodes",
            id::CONFIG_CALLING_CODES,
        ),
        (
            "allowedCallingCodes",
            // An empty value would allow all numbers, and this one must not.
            json!(" , "),
            "allowedCallingCodes",
            id::CONFIG_CALLING_CODES,
        ),
        (
            "allowedCallingCodes",
            // People write Jamaica's code in this way. Read as two codes, it would allow North America.
            json!("+1 876"),
            "allowedCallingCodes",
            id::CONFIG_CALLING_CODES,
        ),
        (
            "allowedCallingCodes",
            json!(["!!86"]),
            "allowedCallingCodes",
            id::CONFIG_CALLING_CODES,
        ),
        (
            "limits",
            json!({ "perIp": 20 }),
            "limits.perIp",
            id::CONFIG_LIMIT,
        ),
        (
            "limits",
            json!({ "total": "20 per hour" }),
            "limits.total",
            id::CONFIG_LIMIT,
        ),
        (
            "limits",
            json!({ "perCallingCode": "200/1h" }),
            "limits.perCallingCode",
            id::CONFIG_LIMITS_BY_CALLING_CODE,
        ),
        (
            "limits",
            json!({ "perCallingCode": { "85": "200/1h" } }),
            "limits.perCallingCode",
            id::CONFIG_LIMITS_BY_CALLING_CODE,
        ),
        (
            "limits",
            json!({ "perCallingCode": { "*": "200" } }),
            "limits.perCallingCode",
            id::CONFIG_LIMITS_BY_CALLING_CODE,
        ),
        (
            "limits",
            json!({ "mode": "report" }),
            "limits.mode",
            id::CONFIG_LIMITS_MODE,
        ),
        (
            "limits",
            json!({ "store": "valkey" }),
            "limits.store",
            id::CONFIG_LIMITS_STORE,
        ),
        (
            "limits",
            json!({ "exempt": ["+86"] }),
            "limits.exempt",
            id::CONFIG_EXEMPT,
        ),
        (
            "limits",
            json!({ "exempt": "+8613800138000" }),
            "limits.exempt",
            id::CONFIG_EXEMPT,
        ),
        (
            "bareNumbersAreMainland",
            json!("yes"),
            "bareNumbersAreMainland",
            id::CONFIG_BOOLEAN,
        ),
    ] {
        assert_eq!(issues(&with(key, wrong)), [issue(path, message)]);
    }
}

/// Sentences of the catalogue are ends of sentences.
#[test]
fn the_sentence_of_an_issue_begins_with_its_path() {
    let sentences = |config: &Value| -> Vec<String> {
        let issues = parse(config).unwrap_err();
        issues.iter().map(ToString::to_string).collect()
    };
    let region = Text::new(id::CONFIG_REGION);
    let expected = format!("region {region}");
    assert_eq!(sentences(&with("region", json!("x"))), [expected]);
    let timeout = Text::new(id::CONFIG_TIMEOUT);
    let expected = format!("timeoutSeconds (Timeout in seconds) {timeout}");
    assert_eq!(sentences(&with("timeoutSeconds", json!(0))), [expected]);
    let locale = Text::new(id::CONFIG_LOCALE);
    let entry = json!({ "usageType": "Generic", "templateCode": 1, "locale": "x" });
    let expected = format!("templates[0].locale {locale}");
    assert_eq!(sentences(&with("templates", json!([entry]))), [expected]);
    let (config, object) = (Text::new(id::CONFIG_ROOT), Text::new(id::CONFIG_OBJECT));
    assert_eq!(sentences(&json!(1)), [format!("{config} {object}")]);
}

#[test]
fn issues_of_every_depth_are_reported_together() {
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
    assert_eq!(written(&account).secret_id.to_string(), id);

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
    assert_eq!(written(&account).secret_id.to_string(), "AKIDother");
    assert!(written(&account).token.is_some());

    // A pair of codes distinguishes the sides too.
    let pair = json!([{ "usageType": "Generic", "templateCode": { "china": 1, "overseas": 2 } }]);
    let config = parse(&with("templates", pair)).unwrap();
    assert_eq!(config.mainland.sign_name.as_deref(), Some("腾讯云"));
    assert_eq!(config.overseas.sign_name, None);
}

#[test]
fn a_separate_key_for_overseas_does_not_inherit_the_token() {
    let mut config = with("securityToken", json!("token"));
    config["overseas"] = json!({ "accessKeyId": "AKIDother", "accessKeySecret": "other" });
    let config = parse(&config).unwrap();
    assert!(written(&config.mainland).token.is_some());
    assert!(written(&config.overseas).token.is_none());
}

#[test]
fn a_signature_is_required_only_for_the_mainland() {
    let mut config = with("signName", json!(""));
    config["templates"] = json!([{ "usageType": "Generic", "templateCode": { "overseas": 1 } }]);
    assert_eq!(issues(&config), []);
    config["templates"][0]["templateCode"]["china"] = json!(2);
    assert_eq!(issues(&config), [issue("signName", id::CONFIG_REQUIRED)]);
}

#[test]
fn allowed_calling_codes_are_prefixes_of_numbers() {
    let allows = |codes: Value, to: &str| {
        let config = parse(&with("allowedCallingCodes", codes)).unwrap();
        config
            .destinations
            .allow(&PhoneNumber::parse(to, BareNumbers::default()).unwrap())
    };
    assert!(allows(json!([]), "85291234567"));
    assert!(allows(json!(["86", "852"]), "85291234567"));
    assert!(allows(json!(["+86", 852]), "8613800138000"));
    assert!(!allows(json!(["86", "852"]), "85366123456"));
    assert!(allows(json!(["1876"]), "18765551234"));
    assert!(!allows(json!(["1876"]), "18624017194"));
    // The Console's form stores a text.
    for text in ["86, 852", "+86,+852", " 86 ，852、", "852"] {
        assert!(allows(json!(text), "85291234567"), "{text}");
        assert!(!allows(json!(text), "85366123456"), "{text}");
    }
    assert!(allows(json!("  "), "85291234567"));
}

#[test]
fn the_longest_calling_code_decides_and_an_exclamation_mark_blocks() {
    let allows = |codes: &str, to: &str| {
        let config = parse(&with("allowedCallingCodes", json!(codes))).unwrap();
        let number = PhoneNumber::parse(to, BareNumbers::default()).unwrap();
        config.destinations.allow(&number)
    };
    let (jamaica, virginia, mainland) = ("18765551234", "17035550123", "8613800138000");
    for (codes, expected) in [
        ("1, !1876", [false, true, false]),
        ("!1876，1", [false, true, false]),
        ("!1876", [false, true, true]),
        ("!1, 1876", [true, false, false]),
        ("!1, !+86", [false, false, false]),
        ("86, !86", [false, false, false]),
        ("1, !1876, 1876555", [true, true, false]),
    ] {
        let allowed = [jamaica, virginia, mainland].map(|to| allows(codes, to));
        assert_eq!(allowed, expected, "{codes}");
    }
    for (codes, mainland, overseas) in [
        ("!86", false, true),
        ("!8613", true, true),
        ("!1876", true, true),
        ("1, !1876", false, true),
        ("86, !8613", true, false),
    ] {
        let config = parse(&with("allowedCallingCodes", json!(codes))).unwrap();
        let allowed = Route::BOTH.map(|route| config.allows_some_on(route));
        assert_eq!(allowed, [mainland, overseas], "{codes}");
    }
}

#[test]
fn limits_are_read() {
    let config = parse(&with("limits", json!({
        "perIp": "20/1h", "perCallingCode": { "86": "5000/1h", "+1876": "1/1d", "*": "200/60m", "44": null },
        "total": "20000/1d", "mode": "monitor", "store": "redis", "exempt": ["8613800138000"]
    })))
    .unwrap();
    let limits = config.limits;
    assert_eq!(limits.per_ip.unwrap().to_string(), "20/1h");
    assert_eq!(limits.per_number, None);
    assert_eq!(limits.total.unwrap().to_string(), "20000/1d");
    assert_eq!(limits.mode, Mode::Monitor);
    assert_eq!(limits.store, Store::Redis);
    for (to, code, rate) in [
        ("8613800138000", "86", "5000/1h"),
        ("18765551234", "1876", "1/1d"),
        ("17035550123", "1", "200/1h"),
        ("447400123456", "44", "200/1h"),
    ] {
        let number = PhoneNumber::parse(to, BareNumbers::default()).unwrap();
        let (counted, limit) = limits.per_calling_code.of(&number).unwrap();
        assert_eq!((counted, limit.to_string().as_str()), (code, rate));
        assert_eq!(limits.exempt.contains(&number), to == "8613800138000");
    }
    let shown = format!("{:?}", limits.exempt);
    assert!(!shown.contains("138"), "{shown}");
    // With the mode monitor, the doctor must examine sides whose messages are not allowed.
    let mut config = with("limits", json!({ "mode": "monitor" }));
    config["allowedCallingCodes"] = json!("86");
    assert!(parse(&config).unwrap().allows_some_on(Route::Overseas));
    for limits in [json!({}), json!(null), json!({ "perIp": "" })] {
        let limits = parse(&with("limits", limits)).unwrap().limits;
        assert_eq!(
            (limits.per_ip, limits.total, limits.mode, limits.store),
            (None, None, Mode::Enforce, Store::Memory)
        );
    }
}

#[test]
fn a_store_that_this_process_cannot_use_is_an_issue_only_where_it_is_used() {
    let limits = |limits| parse(&with("limits", limits)).unwrap().limits;
    assert_eq!(
        limits(json!({ "total": "1/1h" })).store_issue("no-url"),
        None
    );
    let shared = limits(json!({ "store": "redis" }));
    for (code, problem) in [
        ("no-package", id::STORE_NO_PACKAGE),
        ("no-url", id::STORE_NO_URL),
        ("wrong-url", id::STORE_WRONG_URL),
        ("late", id::STORE_LATE),
        ("ENOENT", id::STORE_FAILED),
    ] {
        let issue = shared.store_issue(code).unwrap();
        assert_eq!(issue.path.to_string(), "limits.store");
        let text = Text::new(id::CONFIG_STORE).with_text("problem", store_problem(code));
        assert_eq!(issue.message, text);
        assert_eq!(store_problem(code).id(), problem);
    }
    assert_eq!(store_line(Some("late")).id(), id::STORE_AWAY);
    assert_eq!(store_line(None).id(), id::STORE_BACK);
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

/// The Console's form may store either.
#[test]
fn a_timeout_is_a_number_or_its_text() {
    for (value, expected) in [
        (json!(1), 1_000),
        (json!(2.5), 2_500),
        (json!(1.0625), 1_062),
        (json!(60), 60_000),
        (json!("1"), 1_000),
        (json!(" 10\n"), 10_000),
        (json!("60"), 60_000),
        (json!("2.5"), 2_500),
        (json!("+007.5"), 7_500),
        (json!("60.0004"), 60_000),
        (json!("8."), 8_000),
    ] {
        let config = parse(&with("timeoutSeconds", value.clone())).unwrap();
        assert_eq!(config.timeout.as_millis(), expected, "{value}");
    }
    for value in [
        json!("0"),
        json!("61"),
        json!("0.999"),
        json!("60.001"),
        json!(60.001),
        json!("8.5s"),
        json!("8.1111e5"),
        json!("1e1"),
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
fn unknown_keys_at_the_top_are_ignored() {
    assert_eq!(issues(&with("comment", json!({ "any": "thing" }))), []);
}

#[test]
fn debug_output_of_a_config_contains_no_key() {
    let mut config = with("accessKeySecret", json!("canary-key"));
    config["accessKeyId"] = json!("canary-id");
    config["securityToken"] = json!("canary-token");
    let shown = format!("{:?}", parse(&config).unwrap());
    assert!(shown.contains("1400006666"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}

/// Returns good configs with some keys replaced or added.
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

/// The doctor reports all other keys.
#[test]
fn every_declared_key_is_read() {
    let mut config = declared_keys("/properties");
    let mut entry = declared_keys("/$defs/template/properties");
    config["templates"] = json!([entry]);
    assert!(unread_keys(&json!(config)).is_empty());

    entry.insert("subject".to_owned(), json!("en"));
    config["templates"] = json!([{}, entry, "no object"]);
    config["overseas"]["comment"] = json!("ours");
    config.insert("rate".to_owned(), json!(8));
    config.insert("AKIDEXAMPLE0000000000000000000000000".to_owned(), json!(""));
    config.insert("theNumberOfOurSupportDepartment".to_owned(), json!(1));
    // People write notes like this.
    config.insert("_comment".to_owned(), json!("ours"));
    config.insert("$schema".to_owned(), json!("./config.schema.json"));
    let mut paths = unread_keys(&json!(config));
    paths.sort();
    assert_eq!(
        paths,
        [
            "",
            "overseas.comment",
            "rate",
            "templates[1].subject",
            "theNumberOfOurSupportDepartment"
        ]
    );
    assert!(unread_keys(&json!("no object")).is_empty());
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

/// Returns the keys of an object of the schema, each without a value.
fn declared_keys(pointer: &str) -> serde_json::Map<String, Value> {
    let schema = schema();
    let properties = schema.pointer(pointer).unwrap().as_object().unwrap();
    properties
        .keys()
        .map(|key| (key.clone(), json!(null)))
        .collect()
}

/// The names of keys reach the console, logs and the answers of Logto's API.
#[test]
fn only_printable_ascii_of_an_unknown_key_is_named() {
    for (key, shown) in [
        ("brand name~!", "brand name~!"),
        ("\u{1b}[2J\nfake line", "?[2J?fake line"),
        ("\u{202e}\u{61c}\u{2028}\u{200b}", "????"),
        ("\u{7f}\u{9b}é签", "????"),
        ("", ""),
        // A key with the length of an API key may be one, so it is not named.
        ("AKIDEXAMPLE0000000000000000000000000", "."),
        ("\u{1b}[2J0000000000000000000000", "."),
    ] {
        let at = |object: &str| match shown {
            "." => object.to_owned(),
            _ => [object, shown].join(".").trim_start_matches('.').to_owned(),
        };
        let unread = |config: Value, object: &str| {
            assert_eq!(unread_keys(&config), [at(object)], "{key:?}");
        };
        unread(with(key, json!(1)), "");
        unread(
            with("overseas", json!({ key: 1, "senderId": "a" })),
            "overseas",
        );
        let entry = json!({ "usageType": "Generic", "templateCode": { "china": 1, key: 1 } });
        unread(
            with("templates", json!([entry])),
            "templates[0].templateCode",
        );
        let entry = json!({ "usageType": "Generic", "templateCode": 1, key: 1 });
        unread(with("templates", json!([entry])), "templates[0]");
    }
}
