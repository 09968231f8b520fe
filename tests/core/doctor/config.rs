//! The checks of a valid config by itself.

use connector_tencent_sms_wasm::text::id;

use super::found::{Found, found, ok, unknown, warning, wrong};
use super::*;

/// The findings about the config itself, without any call.
fn offline(config: &Value) -> Vec<Found> {
    let clock = Clock {
        now: NOW,
        offset: 0.0,
    };
    match examine(&crossing(config), false, &[], clock, &entropy) {
        Step::Done { outcome } => found(&outcome, Check::Config),
        step => panic!("{step:?}"),
    }
}

fn of_templates(templates: &Value) -> Vec<Found> {
    offline(&with(&json!({ "templates": templates })))
}

fn nothing() -> Vec<Found> {
    vec![ok(id::FINDING_CONFIG_OK, "")]
}

#[test]
fn a_good_config_has_one_finding() {
    assert_eq!(offline(&config()), nothing());
}

#[test]
fn a_key_that_nothing_reads_is_a_warning() {
    let mut config = with(&json!({ "rate": 8, "timeout": 8 }));
    config["templates"][1]["subject"] = json!("en");
    let mut findings = offline(&config);
    findings.sort_by(|a, b| a.2.cmp(&b.2));
    assert_eq!(
        findings,
        [
            warning(id::FINDING_CONFIG_UNREAD_KEY, "rate"),
            warning(id::FINDING_CONFIG_UNREAD_KEY, "templates[1].subject"),
            warning(id::CONFIG_NEAR_MISS, "timeout"),
        ]
    );
}

#[test]
fn limits_that_refuse_nothing_or_need_the_users_address_are_pointed_out() {
    let limits = |limits: Value| offline(&with(&json!({ "limits": limits })));
    assert_eq!(limits(json!({ "perNumber": "5/1h" })), nothing());
    assert_eq!(
        limits(json!({ "perIp": "20/1h", "mode": "monitor" })),
        [
            warning(id::FINDING_CONFIG_MONITOR, "limits.mode"),
            unknown("limits.perIp"),
        ]
    );
}

#[test]
fn a_misspelt_key_is_reported_next_to_the_key_that_is_missing() {
    let mut config = config();
    config["accessKeyID"] = config["accessKeyId"].take();
    let findings = offline(&config);
    let near_miss = warning(id::CONFIG_NEAR_MISS, "accessKeyID");
    assert_eq!(findings.last(), Some(&near_miss));
    assert_eq!(findings.len(), 2);
}

#[test]
fn a_signature_that_is_probably_wrong_is_a_warning_for_each_key() {
    let brackets = |path| warning(id::DOUBT_SIGNATURE_BRACKETS, path);
    let both = json!({ "signName": "腾【讯云", "overseas": { "signName": "[Tencent]" } });
    assert_eq!(
        offline(&with(&both)),
        [brackets("signName"), brackets("overseas.signName")]
    );
    // These brackets are cut off.
    let config = with(&json!({ "signName": "【腾讯云】" }));
    assert_eq!(offline(&config), nothing());
}

/// A program that converts a text writes U+FFFD or `?` for each letter that it does not know.
#[test]
fn a_signature_whose_letters_were_lost_is_wrong_once_for_each_key() {
    let lost = |path| wrong(id::FINDING_CONFIG_LOST_LETTERS, path);
    for sign_name in ["???", "??", "\u{fffd}\u{fffd}Ѷ", "a\u{fffd}"] {
        let found = offline(&with(&json!({ "signName": sign_name })));
        assert!(found.contains(&lost("signName")), "{sign_name}: {found:?}");
    }
    let both = json!({ "signName": "???", "overseas": { "signName": "????" } });
    let found = offline(&with(&both));
    assert!(found.contains(&lost("signName")) && found.contains(&lost("overseas.signName")));
    for sign_name in ["腾讯云", "Tencent", "a?"] {
        let found = offline(&with(&json!({ "signName": sign_name })));
        assert!(!found.contains(&lost("signName")), "{sign_name}: {found:?}");
    }
}

/// `TemplateType` of @logto/connector-kit 5.1.1.
const USAGE_TYPES: [&str; 9] = [
    "SignIn",
    "Register",
    "ForgotPassword",
    "OrganizationInvitation",
    "Generic",
    "UserPermissionValidation",
    "BindNewIdentifier",
    "MfaVerification",
    "BindMfa",
];

#[test]
fn a_usage_type_that_logto_lacks_is_a_warning() {
    let entry = |usage_type: &str| json!({ "usageType": usage_type, "templateCode": 1 });
    let known: Vec<_> = USAGE_TYPES.into_iter().map(entry).collect();
    assert_eq!(of_templates(&json!(known)), nothing());
    assert_eq!(
        of_templates(&json!([entry("Generic"), entry("Login"), entry("signIn")])),
        [
            warning(id::DOUBT_USAGE_TYPE, "templates[1].usageType"),
            warning(id::CONFIG_USAGE_TYPE, "templates[2].usageType"),
        ]
    );
}

#[test]
fn an_entry_behind_one_that_serves_the_same_is_never_used() {
    let never_used = || vec![warning(id::FINDING_CONFIG_NEVER_USED, "templates[2]")];
    let after = |first: Value, second: Value| {
        let generic = json!({ "usageType": "Generic", "templateCode": 1 });
        of_templates(&json!([generic, first, second]))
    };
    let entry = |code: Value| json!({ "usageType": "SignIn", "templateCode": code });
    let both = || entry(json!(2));
    let china = || entry(json!({ "china": 2 }));
    let overseas = || entry(json!({ "overseas": 2 }));
    let with = |mut entry: Value, key: &str, value: &str| {
        entry[key] = json!(value);
        entry
    };
    assert_eq!(after(both(), both()), never_used());
    assert_eq!(after(both(), china()), never_used());
    assert_eq!(after(china(), china()), never_used());
    assert_eq!(
        after(with(both(), "locale", "en"), with(both(), "locale", "en")),
        never_used()
    );

    assert_eq!(after(china(), both()), nothing());
    assert_eq!(after(china(), overseas()), nothing());
    assert_eq!(
        after(both(), with(both(), "usageType", "Register")),
        nothing()
    );
    assert_eq!(after(both(), with(both(), "locale", "en")), nothing());
    assert_eq!(
        after(with(both(), "locale", "en"), with(both(), "locale", "zh")),
        nothing()
    );
    // A placeholder serves nothing, so nothing replaces it.
    assert_eq!(after(both(), entry(json!("<template-code>"))), nothing());
}

#[test]
fn a_side_without_a_template_is_a_warning_where_messages_may_go_there() {
    let china_only = json!([{ "usageType": "Generic", "templateCode": { "china": 1 } }]);
    let no_template = warning(id::FINDING_CONFIG_NO_TEMPLATE, "overseas");
    assert_eq!(of_templates(&china_only), [no_template]);
    let overseas_only = json!([{ "usageType": "Generic", "templateCode": { "overseas": 1 } }]);
    let no_template = warning(id::FINDING_CONFIG_NO_TEMPLATE, "mainland");
    assert_eq!(of_templates(&overseas_only), [no_template]);
    let shut_out = json!({ "templates": china_only, "allowedCallingCodes": ["86"] });
    assert_eq!(offline(&with(&shut_out)), nothing());
}

#[test]
fn a_side_without_a_template_for_generic_is_a_warning() {
    let templates = json!([
        { "usageType": "SignIn", "templateCode": { "china": 1, "overseas": 2 } },
        { "usageType": "Generic", "templateCode": { "china": 1 } }
    ]);
    let no_generic = warning(id::FINDING_CONFIG_NO_GENERIC, "overseas");
    assert_eq!(of_templates(&templates), [no_generic]);
}

#[test]
fn a_side_without_a_template_is_wrong_where_no_side_is_served() {
    let config = with(&json!({
        "templates": [{ "usageType": "Generic", "templateCode": { "china": 1 } }],
        "allowedCallingCodes": ["852"]
    }));
    let no_template = wrong(id::FINDING_CONFIG_NO_TEMPLATE, "overseas");
    assert_eq!(offline(&config), [no_template]);
}

#[test]
fn after_a_thousand_entries_the_rest_is_not_checked() {
    let entries = |count: usize| {
        let entry = |index: usize| match index {
            0 => json!({ "usageType": "Generic", "templateCode": 1 }),
            _ => json!({ "usageType": "SignIn", "templateCode": index, "locale": "en" }),
        };
        // The last entry repeats the first one.
        let mut entries: Vec<_> = (0..count - 1).map(entry).collect();
        entries.push(entry(0));
        of_templates(&json!(entries))
    };
    let last = warning(id::FINDING_CONFIG_NEVER_USED, "templates[999]");
    assert_eq!(entries(1000).last(), Some(&last));
    let unknown = (State::Unknown, id::UNKNOWN.name().to_owned(), String::new());
    let findings = entries(1001);
    assert!(
        !findings
            .iter()
            .any(|(_, _, path)| path == "templates[1000]")
    );
    assert_eq!(findings.last(), Some(&unknown));
}
