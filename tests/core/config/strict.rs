//! The strict rules for a config that is being saved: each table has what a person wrote, and the issue.

use connector_tencent_sms_wasm::config::issues_at_save;
use connector_tencent_sms_wasm::config::strict::Severity::{self, Broken, Doubtful, Ineffective};

use super::*;

/// Returns the severity, the path and the id of each remark about a config, which must be one that can be
/// sent with.
fn remarks(config: &Value) -> Vec<(Severity, String, Id)> {
    let diagnostics = diagnose(&crossing(config));
    assert_eq!(diagnostics.issues, [], "{config}");
    let remarks = diagnostics.remarks.into_iter();
    remarks
        .map(|remark| {
            let path = remark.issue.path.to_string();
            (remark.severity, path, remark.issue.message.id())
        })
        .collect()
}

/// Returns the remark or the issue about a config, as it reads when the config is saved.
fn sentence_at_save(config: &Value) -> String {
    match &issues_at_save(&crossing(config))[..] {
        [issue] => issue.message.to_string(),
        issues => panic!("{issues:?}"),
    }
}

fn template(key: &str, value: Value) -> Value {
    let mut entry = json!({ "usageType": "Generic", "templateCode": 1 });
    entry[key] = value;
    with("templates", json!([entry]))
}

#[test]
fn a_config_is_refused_at_save_for_what_certainly_does_not_work() {
    let of_overseas = |key: &str, value: Value| with("overseas", json!({ key: value }));
    let key = "accessKeySecret";
    for (config, severity, path, message) in [
        // Characters that nobody sees, inside a value.
        (
            with(key, json!("Example\u{200b}Key")),
            Broken,
            key,
            id::CONFIG_INVISIBLE,
        ),
        (
            with(key, json!("Example\u{a0}Key")),
            Broken,
            key,
            id::CONFIG_INVISIBLE,
        ),
        (
            with(key, json!("Example\nKey")),
            Broken,
            key,
            id::CONFIG_LINE_BREAK,
        ),
        (
            with(key, json!("Example Key")),
            Broken,
            key,
            id::CONFIG_HEADER_TEXT,
        ),
        (
            with(key, json!("密钥")),
            Broken,
            key,
            id::CONFIG_HEADER_TEXT,
        ),
        (
            with("sdkAppId", json!("１４００００６６６６")),
            Broken,
            "sdkAppId",
            id::CONFIG_FULL_WIDTH,
        ),
        (
            with("sdkAppId", json!("14000\u{feff}06666")),
            Broken,
            "sdkAppId",
            id::CONFIG_INVISIBLE,
        ),
        (
            template("templateCode", json!("1\u{200d}1")),
            Broken,
            "templates[0].templateCode",
            id::CONFIG_INVISIBLE,
        ),
        // Values whose form proves them wrong.
        (
            with("sdkAppId", json!("腾讯云短信")),
            Broken,
            "sdkAppId",
            id::CONFIG_SDK_APP_ID,
        ),
        (
            with("region", json!("ap-guangzhou-3")),
            Broken,
            "region",
            id::CONFIG_ZONE,
        ),
        (
            of_overseas("region", json!("ap-singapore-1")),
            Broken,
            "overseas.region",
            id::CONFIG_ZONE,
        ),
        (
            template("templateCode", json!("登录验证码")),
            Broken,
            "templates[0].templateCode",
            id::CONFIG_TEMPLATE_CODE,
        ),
        (
            template("templateCode", json!("1110,1111")),
            Broken,
            "templates[0].templateCode",
            id::CONFIG_TEMPLATE_CODE,
        ),
        (
            template("templateCode", json!({ "china": 1, "overseas": "login" })),
            Broken,
            "templates[0].templateCode.overseas",
            id::CONFIG_TEMPLATE_CODE,
        ),
        // A text without the code.
        (
            template("templateParams", json!(["10"])),
            Broken,
            "templates[0].templateParams",
            id::CONFIG_NO_CODE,
        ),
        (
            template("templateParams", json!([10])),
            Broken,
            "templates[0].templateParams",
            id::CONFIG_NO_CODE,
        ),
        (
            template("templateParams", json!(["%s"])),
            Broken,
            "templates[0].templateParams",
            id::CONFIG_OTHER_NOTATION,
        ),
        (
            template("templateParams", json!(["{{cod}}"])),
            Broken,
            "templates[0].templateParams",
            id::CONFIG_FIELD,
        ),
        // Near misses.
        (
            with("singName", json!("腾讯云")),
            Ineffective,
            "singName",
            id::CONFIG_NEAR_MISS,
        ),
        (
            with("secretId", json!("AKID")),
            Ineffective,
            "secretId",
            id::CONFIG_NEAR_MISS,
        ),
        (
            of_overseas("sendrId", json!("a")),
            Ineffective,
            "overseas.sendrId",
            id::CONFIG_NEAR_MISS,
        ),
        (
            with("limits", json!({ "perIP": "20/1h" })),
            Ineffective,
            "limits.perIP",
            id::CONFIG_NEAR_MISS,
        ),
        (
            template("templateParam", json!(["1"])),
            Ineffective,
            "templates[0].templateParam",
            id::CONFIG_NEAR_MISS,
        ),
        (
            template("templateCode", json!({ "china": 1, "Oversea": 2 })),
            Ineffective,
            "templates[0].templateCode.Oversea",
            id::CONFIG_NEAR_MISS,
        ),
        (
            template("templateCode", json!({ "mainland": 1, "overseas": 2 })),
            Ineffective,
            "templates[0].templateCode.mainland",
            id::CONFIG_NEAR_MISS,
        ),
        (
            template("locale", json!("chinese")),
            Ineffective,
            "templates[0].locale",
            id::CONFIG_LOCALE_SPELLING,
        ),
        (
            template("locale", json!("cn")),
            Ineffective,
            "templates[0].locale",
            id::CONFIG_LOCALE_SPELLING,
        ),
        (
            template("locale", json!("Deutsch")),
            Ineffective,
            "templates[0].locale",
            id::CONFIG_LOCALE,
        ),
    ] {
        assert_eq!(remarks(&config), [(severity, path.to_owned(), message)]);
        assert_eq!(issues_at_save(&crossing(&config)).len(), 1, "{config}");
    }
}

#[test]
fn another_spelling_of_a_usage_type_is_refused_with_the_right_one() {
    for (spelling, right) in [
        ("signin", "SignIn"),
        ("Sign-In", "SignIn"),
        ("Forgot_Password", "ForgotPassword"),
        ("FORGOTPASSWORD", "ForgotPassword"),
        ("generic", "Generic"),
        ("MfaVerificaton", "MfaVerification"),
        ("organisationInvitation", "OrganizationInvitation"),
        ("Sign\u{200b}In", "SignIn"),
    ] {
        let generic = json!({ "usageType": "Generic", "templateCode": 1 });
        let entry = json!({ "usageType": spelling, "templateCode": 2 });
        let config = with("templates", json!([generic, entry]));
        let path = "templates[1].usageType".to_owned();
        assert_eq!(
            remarks(&config),
            [(Ineffective, path, id::CONFIG_USAGE_TYPE)]
        );
        let expected = Text::new(id::CONFIG_USAGE_TYPE).with("right", &right);
        assert_eq!(
            sentence_at_save(&config),
            expected.to_string(),
            "{spelling}"
        );
    }
}

#[test]
fn the_sentence_says_how_to_write_the_value() {
    for (config, expected) in [
        (with("signname", json!("a")), "signName"),
        (template("locale", json!("zh_CN")), "zh-CN"),
        (template("locale", json!("cn")), "zh-CN"),
        (template("locale", json!("JP")), "ja"),
        (template("templateParams", json!(["{{ cod }}"])), "{{code}}"),
        (
            template("templateParams", json!(["{{code}}", "{{aplication.name}}"])),
            "{{application.name}}",
        ),
        (template("templateParams", json!(["{1}"])), "{{code}}"),
        (with("accessKeySecret", json!("a\u{200b}b")), "U+200B"),
        (with("accessKeyId", json!("a\u{ad}b")), "U+00AD"),
        (with("region", json!("ap\u{2011}guangzhou")), "ap-guangzhou"),
        (
            with("endpoint", json!("sms.\u{feff}tencentcloudapi.com")),
            "U+FEFF",
        ),
        (
            with("allowedCallingCodes", json!(["86", "8\u{200b}52"])),
            "U+200B",
        ),
        (
            with("allowedCallingCodes", json!("８６, 852")),
            "half-width",
        ),
    ] {
        let sentence = sentence_at_save(&config);
        assert!(sentence.contains(expected), "{sentence}");
    }
}

/// Sending refuses these as well, and the sentence says more than that of the lenient parser.
#[test]
fn an_invalid_value_gets_the_more_specific_sentence() {
    assert_eq!(
        issues(&with("accessKeyId", json!("AKID\u{200b}EXAMPLE"))),
        [issue("accessKeyId", id::CONFIG_INVISIBLE)]
    );
    assert_eq!(
        issues(&template("locale", json!("zh_CN"))),
        [issue("templates[0].locale", id::CONFIG_LOCALE_SPELLING)]
    );
}

#[test]
fn a_value_that_is_only_probably_wrong_is_accepted_and_doubtful() {
    for (config, path, message) in [
        (
            with("sdkAppId", json!("1251234567")),
            "sdkAppId",
            id::DOUBT_APP_ID,
        ),
        (
            with("sdkAppId", json!(1_399_999_999)),
            "sdkAppId",
            id::DOUBT_APP_ID,
        ),
        (
            with("signName", json!("261543")),
            "signName",
            id::DOUBT_SIGNATURE_ID,
        ),
        (
            with("signName", json!("[腾讯云]")),
            "signName",
            id::DOUBT_SIGNATURE_BRACKETS,
        ),
        (
            with("signName", json!("腾\u{200b}讯云")),
            "signName",
            id::DOUBT_SIGNATURE_INVISIBLE,
        ),
        (
            with("accessKeySecret", json!("5f03a35d00ee52a21327ab048186a2c4")),
            "accessKeySecret",
            id::DOUBT_APP_KEY,
        ),
        (
            template("templateParams", json!(["{{code}}", "{{minutes}}"])),
            "templates[0].templateParams",
            id::DOUBT_FIELD,
        ),
    ] {
        assert_eq!(remarks(&config), [(Doubtful, path.to_owned(), message)]);
        assert_eq!(issues_at_save(&crossing(&config)), [], "{config}");
    }
}

#[test]
fn a_value_that_is_right_or_unknown_has_no_remark() {
    for config in [
        good(),
        with("sdkAppId", json!("1400006666")),
        with("sdkAppId", json!(2_400_006_666_u64)),
        with("signName", json!("Shop 24")),
        with("region", json!("ap-shanghai-fsi")),
        with("comment", json!("ours")),
        with("$schema", json!("./config.schema.json")),
        with("_endpoint", json!("http://127.0.0.1:4180")),
        with("SessionContext", json!("a")),
        with("overseas", json!({ "comment": "ours" })),
        template("templateCode", json!("<模板 ID>")),
        template("templateCode", json!({ "china": 1, "other": 2 })),
        template("templateParams", json!([])),
        template("templateParams", json!(["10", "{{ code }}"])),
        template("locale", json!("zh-Hant-TW")),
        template("locale", json!("fil")),
        template("subject", json!("ours")),
    ] {
        let config = match config["templates"][0]["templateCode"].as_str() {
            Some("<模板 ID>") => {
                let mut config = config;
                let generic = json!({ "usageType": "Generic", "templateCode": 1 });
                config["templates"].as_array_mut().unwrap().push(generic);
                config
            }
            _ => config,
        };
        assert_eq!(remarks(&config), [], "{config}");
    }
    let invitation = json!([
        { "usageType": "Generic", "templateCode": 1 },
        { "usageType": "OrganizationInvitation", "templateCode": 2, "templateParams": ["a"] }
    ]);
    assert_eq!(remarks(&with("templates", invitation)), []);
}

#[test]
fn a_missing_key_is_reported_with_its_other_spelling() {
    let mut config = with("singName", json!("腾讯云"));
    config["signName"] = json!("");
    let issues = issues_at_save(&crossing(&config));
    let issues: Vec<_> = issues
        .iter()
        .map(|issue| (issue.path.to_string(), issue.message.id()))
        .collect();
    assert_eq!(
        issues,
        [
            ("signName".to_owned(), id::CONFIG_REQUIRED),
            ("singName".to_owned(), id::CONFIG_NEAR_MISS)
        ]
    );
}

#[test]
fn a_config_that_may_be_saved_can_be_parsed() {
    let (saved, refused) = (Cell::new(0), Cell::new(0));
    let configs = prop_oneof![4 => any_config(), 1 => any_json()];
    proptest!(cases(1000), |(config in configs)| {
        let may_be_saved = issues_at_save(&crossing(&config)).is_empty();
        if may_be_saved {
            prop_assert!(parse(&config).is_ok());
            saved.set(saved.get() + 1);
        } else {
            refused.set(refused.get() + 1);
        }
    });
    assert!(saved.get() > 50, "only {} saved", saved.get());
    assert!(refused.get() > 100, "only {} refused", refused.get());
}

/// The places of the known names, each with its names, from the JSON Schema.
#[test]
fn a_known_name_is_never_taken_for_another() {
    for (object, pointer) in [
        ("", "/properties"),
        ("overseas", "/$defs/overseas/properties"),
        ("templates", "/$defs/template/properties"),
    ] {
        let keys = declared_keys(pointer);
        let config = match object {
            "" => json!(keys),
            "overseas" => json!({ "overseas": keys }),
            _ => json!({ "templates": [keys] }),
        };
        // A value makes the objects present.
        let mut config = config;
        if object == "overseas" {
            config["overseas"]["senderId"] = json!("a");
        }
        let remarks = diagnose(&crossing(&config)).remarks;
        assert_eq!(remarks, []);
    }
}
