//! The set-up without a network: what it asks of Logto's Management API, and what it says about any answer.
//! The answers are those of a Logto 1.42 that was built from its source.

use std::collections::VecDeque;

use connector_tencent_sms_wasm::logto::management_api::Access;
use connector_tencent_sms_wasm::setup::{
    Outcome, Report, Wanted, apply, export, preview, send_test_message,
};
use connector_tencent_sms_wasm::step::{Event, Step};
use connector_tencent_sms_wasm::text::{Id, Text, id};
use serde_json::{Value, json};

use crate::support::failed_exchange::failed_exchange;

const SECRET_ID: &str = "AKIDEXAMPLE0000000000000000000000000";
const SECRET_KEY: &str = "ExampleSecretKey0000000000000000";
const OTHER_SECRET: &str = "auth_token_of_twilio";
const TOKEN: &str = "eyJhbGciOiJFUzM4NCJ9.e30.x";

fn access() -> Access {
    Access {
        url: "https://auth.example.com".to_owned(),
        authorization: "Basic aWQ6c2VjcmV0".to_owned(),
    }
}

fn config() -> Value {
    json!({
        "accessKeyId": SECRET_ID,
        "accessKeySecret": SECRET_KEY,
        "signName": "腾讯云",
        "sdkAppId": "1400006666",
        "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
    })
}

fn with(changes: &Value) -> Value {
    let mut config = config();
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    config
}

fn wanted(config: &Value) -> Wanted {
    replacing(config, None)
}

fn replacing(config: &Value, replace: Option<&str>) -> Wanted {
    Wanted::read(
        config.to_string().as_bytes(),
        replace.map(str::to_owned),
        false,
    )
    .unwrap()
}

/// The keys of the form in the connector's `formItems`.
const FORM: [&str; 7] = [
    "accessKeyId",
    "accessKeySecret",
    "signName",
    "sdkAppId",
    "region",
    "templates",
    "timeoutSeconds",
];

fn form_items() -> Value {
    FORM.map(|key| json!({ "type": "Text", "key": key, "label": key }))
        .to_vec()
        .into()
}

/// A connector in the answer of `GET /api/connectors`.
fn record(id: &str, connector_id: &str, kind: &str, config: &Value) -> Value {
    json!({
        "id": id, "syncProfile": false, "enableTokenStorage": false, "config": config, "metadata": {},
        "connectorId": connector_id, "target": "tencent-sms", "name": { "en": "Tencent Cloud SMS" },
        "logo": "data:image/svg+xml;base64,PHN2ZyB4bWxucz", "logoDark": null, "readme": "# Tencent Cloud SMS",
        "formItems": form_items(), "platform": null, "type": kind, "isDemo": false, "extraInfo": {}, "usage": 6
    })
}

fn ours(config: &Value) -> Value {
    record("us8019liqzch", "tencent-cloud-sms", "Sms", config)
}

fn twilio() -> Value {
    let config = json!({ "accountSID": "AC0", "authToken": OTHER_SECRET });
    record(
        "6ao4iqxt8ud2",
        "twilio-short-message-service",
        "Sms",
        &config,
    )
}

fn email() -> Value {
    record(
        "7qlu8802mk3y",
        "simple-mail-transfer-protocol",
        "Email",
        &json!({ "host": "mail.example.com" }),
    )
}

fn token() -> (u16, Value) {
    let body = json!({ "access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer", "scope": "all" });
    (200, body)
}

fn factory() -> (u16, Value) {
    let body = json!({ "type": "Sms", "id": "tencent-cloud-sms", "formItems": form_items() });
    (200, body)
}

fn not_found() -> (u16, Value) {
    let body = json!({ "code": "entity.not_found", "message": "The resource does not exist." });
    (404, body)
}

fn list(connectors: &[Value]) -> (u16, Value) {
    (200, connectors.to_vec().into())
}

/// A request as it would leave: method, URL and body.
type Asked = (String, String, String);

/// Runs a task until it ends. Every request takes the next answer.
fn run(
    answers: impl IntoIterator<Item = (u16, Value)>,
    next_step: impl Fn(&[Event]) -> Step<Result<Report, Text>>,
) -> (Result<Report, Text>, Vec<Asked>) {
    let answers = answers.into_iter().map(|(status, body)| {
        let body = match body {
            Value::Null => String::new(),
            Value::String(text) => text,
            body => body.to_string(),
        };
        (status, body)
    });
    let mut answers: VecDeque<_> = answers.collect();
    let mut events = vec![Event::Started { at: 0.0 }];
    let mut asked = Vec::new();
    loop {
        match next_step(&events) {
            Step::Done { outcome } => {
                assert!(
                    answers.is_empty(),
                    "{} answers were not asked for",
                    answers.len()
                );
                if let Ok(report) = &outcome {
                    let printed = format!("{report:?}{}", report.to_text(true));
                    for secret in [SECRET_ID, SECRET_KEY, OTHER_SECRET, TOKEN] {
                        assert!(!printed.contains(secret), "{printed}");
                    }
                }
                return (outcome, asked);
            }
            Step::Request { request, .. } => {
                let (status, body) = answers.pop_front().unwrap();
                let json = serde_json::to_value(&request).unwrap();
                let is_token = request.url.ends_with("/oidc/token");
                let expected = match is_token {
                    true => "Basic aWQ6c2VjcmV0".to_owned(),
                    false => format!("Bearer {TOKEN}"),
                };
                assert_eq!(json["headers"]["Authorization"], expected);
                asked.push((request.method.to_owned(), request.url, request.body));
                events.push(Event::Answered {
                    action: json["action"].as_str().unwrap().to_owned(),
                    received_at: 1.0,
                    status,
                    date: None,
                    body,
                    departures: 0,
                });
            }
            step => panic!("{step:?}"),
        }
    }
}

fn lines(asked: &[Asked]) -> Vec<String> {
    let lines = asked.iter();
    lines
        .map(|(method, url, _)| format!("{method} {}", url.replace("https://auth.example.com", "")))
        .collect()
}

fn ids(report: &Report) -> Vec<Id> {
    report.sentences.iter().map(Text::id).collect()
}

fn preview_of(wanted: &Wanted, answers: Vec<(u16, Value)>) -> (Report, Vec<Asked>) {
    let (report, asked) = run(answers, |events| preview(&access(), wanted, events));
    (report.unwrap(), asked)
}

#[test]
fn a_preview_only_reads() {
    let wanted = wanted(&with(
        &json!({ "signName": "别的", "region": "ap-singapore" }),
    ));
    let stored = ours(&with(&json!({ "timeoutSeconds": 5 })));
    let (report, asked) = preview_of(&wanted, vec![token(), list(&[email(), stored])]);
    assert_eq!(lines(&asked), ["POST /oidc/token", "GET /api/connectors"]);
    assert_eq!(
        asked[0].2,
        "grant_type=client_credentials&scope=all&resource=https%3A%2F%2Fdefault.logto.app%2Fapi"
    );
    assert_eq!(report.outcome, Outcome::Differs);
    assert_eq!(
        report.to_text(false),
        "https://auth.example.com: this SMS connector is in use.\n  \
         + region: \"ap-singapore\"\n  \
         ~ signName: \"腾讯云\" → \"别的\"\n  \
         - timeoutSeconds: 5\n\
         Differences: 3. Nothing was changed. Add --apply to store this config.\n"
    );
}

/// Logto stores a config without empty values, and its database writes numbers like JavaScript.
#[test]
fn a_config_is_the_same_as_its_stored_form() {
    let file = r#"{
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000", "region": "", "overseas": {}, "timeoutSeconds": 2.50,
        "accessKeySecret": "ExampleSecretKey0000000000000000", "securityToken": null,
        "sdkAppId": "1400006666", "signName": "腾讯云", "allowedCallingCodes": [],
        "templates": [{ "templateCode": "1110", "usageType": "Generic", "locale": "" }]
    }"#;
    let wanted = Wanted::read(file.as_bytes(), None, false).unwrap();
    let stored = ours(&with(&json!({ "timeoutSeconds": 2.5 })));
    let (report, _) = preview_of(&wanted, vec![token(), list(&[stored])]);
    assert_eq!(
        (report.outcome, ids(&report)),
        (Outcome::Same, vec![id::SETUP_SAME])
    );
}

#[test]
fn a_changed_secret_is_reported_without_its_value() {
    let wanted = wanted(&with(
        &json!({ "accessKeySecret": "AnotherSecretKey0000000000000000" }),
    ));
    let (report, _) = preview_of(&wanted, vec![token(), list(&[ours(&config())])]);
    assert!(
        report
            .to_text(false)
            .contains("~ accessKeySecret: (secret) → (another secret)\n")
    );
}

#[test]
fn a_reference_to_a_secret_is_shown() {
    let wanted = wanted(&with(
        &json!({ "accessKeySecret": "env:TENCENTCLOUD_SECRET_KEY" }),
    ));
    let (report, _) = preview_of(&wanted, vec![token(), list(&[ours(&config())])]);
    let expected = "~ accessKeySecret: (secret) → \"env:TENCENTCLOUD_SECRET_KEY\"\n";
    assert!(report.to_text(false).contains(expected));
}

/// Secrets may stand anywhere: under a key of another connector, or in a wrong field.
#[test]
fn a_secret_in_any_place_is_masked() {
    let stored = with(&json!({
        "authToken": OTHER_SECRET,
        "signName": SECRET_KEY,
        "accessKeySecert": OTHER_SECRET,
        "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg": 1,
        "$schema": "https://example.com/config.schema.json",
        "overseas": { "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY, "signName": "Tencent" },
        "templates": [
            { "usageType": "Generic", "templateCode": "1110", "password": [OTHER_SECRET] },
            SECRET_KEY
        ]
    }));
    let (report, _) = preview_of(&wanted(&config()), vec![token(), list(&[ours(&stored)])]);
    assert_eq!(report.differences.len(), 8);
    assert!(!report.to_text(false).contains("Zm9v"));
    let (report, asked) = run([token(), list(&[ours(&stored)])], |events| {
        export(&access(), events)
    });
    let report = report.unwrap();
    assert_eq!(lines(&asked), ["POST /oidc/token", "GET /api/connectors"]);
    assert_eq!(ids(&report), [id::SETUP_EXPORT_MASKED]);
    let masked = "<masked>";
    assert_eq!(
        serde_json::from_str::<Value>(&report.config.unwrap()).unwrap(),
        json!({
            "accessKeyId": masked, "accessKeySecret": masked, "authToken": masked, "signName": masked,
            "accessKeySecert": masked, "<masked>": masked,
            "$schema": "https://example.com/config.schema.json", "sdkAppId": "1400006666",
            "overseas": { "accessKeyId": masked, "accessKeySecret": masked, "signName": "Tencent" },
            "templates": [
                { "usageType": "Generic", "templateCode": "1110", "password": masked },
                masked
            ]
        })
    );
}

#[test]
fn a_masked_config_is_refused_before_anything_is_asked() {
    for mask in ["<masked>", "********", "••••••"] {
        let wanted = wanted(&with(&json!({ "accessKeySecret": mask })));
        let (report, asked) = preview_of(&wanted, vec![]);
        assert_eq!(
            (report.outcome, ids(&report)),
            (Outcome::Refused, vec![id::SETUP_MASKED])
        );
        assert!(report.to_text(false).starts_with("accessKeySecret "));
        assert!(asked.is_empty());
    }
}

#[test]
fn an_invalid_config_is_refused_before_anything_is_asked() {
    let wanted = wanted(&with(&json!({ "templates": [], "timeoutSeconds": 99 })));
    let (report, _) = preview_of(&wanted, vec![]);
    assert_eq!(report.outcome, Outcome::Refused);
    assert_eq!(report.sentences.len(), 2);
}

#[test]
fn an_export_with_references_can_be_applied() {
    let references = with(&json!({
        "accessKeyId": "file:/run/secrets/tencent-id", "accessKeySecret": "env:TENCENTCLOUD_SECRET_KEY"
    }));
    let (report, _) = run([token(), list(&[ours(&references)])], |events| {
        export(&access(), events)
    });
    let report = report.unwrap();
    assert!(report.sentences.is_empty());
    let config: Value = serde_json::from_str(&report.config.unwrap()).unwrap();
    assert_eq!(config, references);
}

#[test]
fn an_export_of_another_connector_is_refused() {
    for (connectors, expected) in [
        (vec![twilio()], id::SETUP_NOW_OTHER),
        (vec![email()], id::SETUP_NOW_NONE),
    ] {
        let (report, _) = run([token(), list(&connectors)], |events| {
            export(&access(), events)
        });
        let report = report.unwrap();
        assert_eq!(
            (report.outcome, ids(&report)),
            (Outcome::Refused, vec![expected])
        );
        assert_eq!(report.config, None);
    }
}

#[test]
fn an_update_is_patched_and_read_back() {
    let changed = with(&json!({ "signName": "别的" }));
    let wanted = wanted(&changed);
    let (before, _) = preview_of(&wanted, vec![token(), list(&[ours(&config())])]);
    let answers = [
        token(),
        list(&[email(), ours(&config())]),
        (200, ours(&changed)),
        list(&[email(), ours(&changed)]),
    ];
    let (report, asked) = run(answers, |events| {
        apply(&access(), &wanted, &before.state, events)
    });
    assert_eq!(
        lines(&asked),
        [
            "POST /oidc/token",
            "GET /api/connectors",
            "PATCH /api/connectors/us8019liqzch",
            "GET /api/connectors"
        ]
    );
    let body: Value = serde_json::from_str(&asked[2].2).unwrap();
    assert_eq!(body, json!({ "config": changed }));
    let report = report.unwrap();
    assert_eq!(
        (report.outcome, ids(&report)),
        (Outcome::Applied, vec![id::SETUP_UPDATED])
    );
}

#[test]
fn a_second_change_asks_for_nothing() {
    let (report, asked) = run([token(), list(&[ours(&config())])], |events| {
        apply(&access(), &wanted(&config()), "any", events)
    });
    assert_eq!(report.unwrap().outcome, Outcome::Same);
    assert_eq!(lines(&asked), ["POST /oidc/token", "GET /api/connectors"]);
}

#[test]
fn a_missing_connector_is_created() {
    let wanted = wanted(&config());
    let (before, asked) = preview_of(&wanted, vec![token(), list(&[email()]), factory()]);
    assert_eq!(before.outcome, Outcome::Differs);
    assert_eq!(
        asked[2].1,
        "https://auth.example.com/api/connector-factories/tencent-cloud-sms"
    );
    let answers = [
        token(),
        list(&[email()]),
        factory(),
        (200, ours(&config())),
        list(&[email(), ours(&config())]),
    ];
    let (report, asked) = run(answers, |events| {
        apply(&access(), &wanted, &before.state, events)
    });
    assert_eq!(lines(&asked)[3], "POST /api/connectors");
    let body: Value = serde_json::from_str(&asked[3].2).unwrap();
    assert_eq!(
        body,
        json!({ "connectorId": "tencent-cloud-sms", "config": config() })
    );
    assert_eq!(report.unwrap().outcome, Outcome::Applied);
}

#[test]
fn a_connector_that_is_not_loaded_is_reported() {
    let (report, _) = preview_of(&wanted(&config()), vec![token(), list(&[]), not_found()]);
    assert_eq!(
        (report.outcome, ids(&report)),
        (Outcome::Refused, vec![id::SETUP_NOT_LOADED])
    );
}

#[test]
fn a_key_that_the_loaded_connector_does_not_know_is_refused() {
    let newer = with(&json!({ "bareNumbersAreMainland": true, "$schema": "x", "unknown": 1 }));
    for answers in [
        vec![token(), list(&[ours(&config())])],
        vec![token(), list(&[]), factory()],
    ] {
        let (report, _) = preview_of(&wanted(&newer), answers);
        assert_eq!(
            (report.outcome, ids(&report)),
            (Outcome::Refused, vec![id::SETUP_OLDER])
        );
        assert!(
            report
                .to_text(false)
                .contains("does not know bareNumbersAreMainland.")
        );
    }
}

#[test]
fn another_sms_connector_is_only_replaced_by_name() {
    let answers = || vec![token(), list(&[twilio()]), factory()];
    for replace in [
        None,
        Some("aliyun-short-message-service"),
        Some("tencent-cloud-sms"),
    ] {
        let (report, _) = preview_of(&replacing(&config(), replace), answers());
        assert_eq!(
            (report.outcome, ids(&report)),
            (Outcome::Refused, vec![id::SETUP_NAME_IT])
        );
        let wanted = replacing(&config(), replace);
        let (report, asked) = run(answers(), |events| apply(&access(), &wanted, "", events));
        assert_eq!(report.unwrap().outcome, Outcome::Refused);
        assert_eq!(asked.len(), 3);
    }
    let wanted = replacing(&config(), Some("twilio-short-message-service"));
    let (before, _) = preview_of(&wanted, answers());
    let backup = before.replaced.unwrap();
    assert_eq!(backup.connector_id, "twilio-short-message-service");
    let content: Value = serde_json::from_str(&backup.content).unwrap();
    let expected = json!({ "accountSID": "AC0", "authToken": OTHER_SECRET });
    assert_eq!(
        content,
        json!({ "connectorId": "twilio-short-message-service", "config": expected })
    );
    let mut answers = answers();
    answers.extend([(200, ours(&config())), list(&[ours(&config())])]);
    let (report, asked) = run(answers, |events| {
        apply(&access(), &wanted, &before.state, events)
    });
    assert_eq!(report.unwrap().outcome, Outcome::Applied);
    assert_eq!(lines(&asked)[3], "POST /api/connectors");
}

#[test]
fn a_replaced_connector_can_be_restored() {
    let file = json!({
        "connectorId": "twilio-short-message-service", "config": { "accountSID": "AC0", "authToken": OTHER_SECRET }
    });
    let replace = Some("tencent-cloud-sms".to_owned());
    let wanted = Wanted::read_backup(file.to_string().as_bytes(), replace, true).unwrap();
    let found = || vec![token(), list(&[ours(&config())]), factory()];
    let (before, asked) = preview_of(&wanted, found());
    assert_eq!(
        lines(&asked)[2],
        "GET /api/connector-factories/twilio-short-message-service"
    );
    assert_eq!(before.replaced.unwrap().connector_id, "tencent-cloud-sms");
    let mut answers = found();
    answers.extend([(200, twilio()), list(&[twilio()])]);
    let (report, asked) = run(answers, |events| {
        apply(&access(), &wanted, &before.state, events)
    });
    assert_eq!(report.unwrap().outcome, Outcome::Applied);
    assert_eq!(serde_json::from_str::<Value>(&asked[3].2).unwrap(), file);
    for no_backup in [
        "",
        "[]",
        "{}",
        r#"{"connectorId":"x"}"#,
        r#"{"connectorId":"x","config":[]}"#,
    ] {
        assert!(
            Wanted::read_backup(no_backup.as_bytes(), None, true).is_err(),
            "{no_backup}"
        );
    }
}

#[test]
fn nothing_is_changed_if_the_state_is_not_that_of_the_preview() {
    let wanted = replacing(&config(), Some("twilio-short-message-service"));
    let (before, _) = preview_of(&wanted, vec![token(), list(&[twilio()]), factory()]);
    let changed = record(
        "6ao4iqxt8ud2",
        "twilio-short-message-service",
        "Sms",
        &json!({ "accountSID": "AC0", "authToken": "changed" }),
    );
    for now in [
        vec![changed],
        vec![],
        vec![ours(&with(&json!({ "signName": "别的" })))],
    ] {
        let is_ours = now
            .iter()
            .any(|record| record["connectorId"] == "tencent-cloud-sms");
        let mut answers = vec![token(), list(&now)];
        answers.extend((!is_ours).then(factory));
        let (report, asked) = run(answers, |events| {
            apply(&access(), &wanted, &before.state, events)
        });
        let report = report.unwrap();
        assert_eq!(
            (report.outcome, ids(&report)),
            (Outcome::Refused, vec![id::SETUP_CHANGED_MEANWHILE])
        );
        assert!(
            asked
                .iter()
                .all(|(method, url, _)| method == "GET" || url.ends_with("token"))
        );
    }
}

#[test]
fn a_config_that_was_stored_differently_is_reported() {
    let wanted = wanted(&config());
    let (before, _) = preview_of(&wanted, vec![token(), list(&[]), factory()]);
    for stored in [
        vec![ours(&with(&json!({ "signName": "别的" })))],
        vec![twilio()],
        vec![],
    ] {
        let answers = [
            token(),
            list(&[]),
            factory(),
            (200, ours(&config())),
            list(&stored),
        ];
        let (report, _) = run(answers, |events| {
            apply(&access(), &wanted, &before.state, events)
        });
        let report = report.unwrap();
        assert_eq!(
            (report.outcome, ids(&report)),
            (Outcome::Refused, vec![id::SETUP_READ_BACK])
        );
        assert!(!report.differences.is_empty());
    }
}

#[test]
fn the_issues_of_the_connectors_guard_are_reported() {
    let wanted = wanted(&config());
    let (before, _) = preview_of(&wanted, vec![token(), list(&[]), factory()]);
    let refusal = json!({
        "code": "connector.invalid_config",
        "data": {
            "issues": [
                { "code": "custom", "path": ["templates", 0, "templateCode"], "message": "is still the placeholder" },
                { "code": "custom", "path": ["accessKeyId"], "message": "leads nowhere\n\u{1b}[2J" }
            ],
            "name": "ZodError"
        },
        "details": "Error in key path \"templates\": (custom) …",
        "message": "The connector's config is invalid."
    });
    let answers = [token(), list(&[]), factory(), (400, refusal)];
    let (report, _) = run(answers, |events| {
        apply(&access(), &wanted, &before.state, events)
    });
    let report = report.unwrap();
    assert_eq!(report.outcome, Outcome::Refused);
    assert_eq!(
        report.to_text(false),
        "Logto refused the config: templates[0].templateCode is still the placeholder.\n\
         Logto refused the config: accessKeyId leads nowhere ?[2J.\n"
    );
}

#[test]
fn a_test_message_is_sent_by_logto() {
    let (report, asked) = run([token(), (204, Value::Null)], |events| {
        send_test_message(&access(), &wanted(&config()), "+86 138-0013-8000", events)
    });
    assert_eq!(report.unwrap().outcome, Outcome::Sent);
    assert_eq!(
        lines(&asked)[1],
        "POST /api/connectors/tencent-cloud-sms/test"
    );
    let body: Value = serde_json::from_str(&asked[1].2).unwrap();
    assert_eq!(
        body,
        json!({ "phone": "8613800138000", "config": config() })
    );
    let refusal = json!({
        "code": "connector.general",
        "data": { "errorDescription": "Tencent refused: LimitExceeded" },
        "message": "Error occurred in connector: Tencent refused: LimitExceeded"
    });
    let (report, _) = run([token(), (400, refusal)], |events| {
        send_test_message(&access(), &wanted(&config()), "+8613800138000", events)
    });
    let report = report.unwrap();
    assert_eq!(ids(&report), [id::SETUP_TEST_FAILED, id::LOGTO_REFUSED]);
    assert!(
        report
            .to_text(false)
            .contains("connector: Tencent refused: LimitExceeded")
    );
}

/// Without its +, the number of a mainland phone is one of North America.
#[test]
fn a_test_number_without_a_calling_code_is_refused() {
    for number in [
        "13800138000",
        "8613800138000",
        "+",
        "+0",
        "+86123",
        "phone",
        "",
    ] {
        let (report, _) = run([], |events| {
            send_test_message(&access(), &wanted(&config()), number, events)
        });
        assert_eq!(ids(&report.unwrap()), [id::SETUP_TEST_NUMBER], "{number}");
    }
}

#[test]
fn every_kind_of_refused_access_is_reported() {
    let error = |status: u16, body: Value| (status, body);
    let oidc = |code: &str, error: &str| json!({ "code": format!("oidc.{code}"), "message": "An OIDC error occurred.", "error": error });
    for (answers, expected) in [
        (
            vec![error(401, oidc("invalid_client", "invalid_client"))],
            id::LOGTO_INVALID_CLIENT,
        ),
        (
            vec![error(400, oidc("invalid_target", "invalid_target"))],
            id::LOGTO_REFUSED,
        ),
        (
            vec![error(302, "Redirecting to /sign-in".into())],
            id::LOGTO_NOT_LOGTO,
        ),
        (
            vec![error(200, "<!DOCTYPE html>".into())],
            id::LOGTO_NOT_LOGTO,
        ),
        (vec![error(502, Value::Null)], id::LOGTO_NOT_LOGTO),
        (
            vec![
                token(),
                error(
                    403,
                    json!({ "code": "auth.forbidden", "message": "Forbidden." }),
                ),
            ],
            id::LOGTO_FORBIDDEN,
        ),
        (
            vec![
                token(),
                error(401, json!({ "code": "auth.unauthorized", "message": "…" })),
            ],
            id::LOGTO_UNAUTHORIZED,
        ),
        (
            vec![
                token(),
                error(
                    500,
                    json!({ "code": "internal", "message": "Internal server error." }),
                ),
            ],
            id::LOGTO_REFUSED,
        ),
    ] {
        let (result, _) = run(answers, |events| {
            preview(&access(), &wanted(&config()), events)
        });
        assert_eq!(result.unwrap_err().id(), expected);
    }
}

#[test]
fn a_logto_that_cannot_be_reached_is_reported() {
    let events = [
        Event::Started { at: 0.0 },
        failed_exchange("token", 0, "ECONNREFUSED"),
    ];
    let Step::Done { outcome } = preview(&access(), &wanted(&config()), &events) else {
        panic!("the task goes on");
    };
    let error = outcome.unwrap_err();
    assert_eq!(error.id(), id::LOGTO_NOT_REACHED);
    assert!(error.to_string().contains("(ECONNREFUSED)"));
}

/// Returns the error of a task whose last request has this event as its result, after the other answers.
fn error_at_the_end(
    answers: &[(u16, Value)],
    last: Event,
    next_step: impl Fn(&[Event]) -> Step<Result<Report, Text>>,
) -> Text {
    let mut events: Vec<_> = answers
        .iter()
        .map(|(status, body)| Event::Answered {
            action: "GET".to_owned(),
            received_at: 1.0,
            status: *status,
            date: None,
            body: body.to_string(),
            departures: 0,
        })
        .collect();
    events.push(last);
    match next_step(&events) {
        Step::Done { outcome } => outcome.unwrap_err(),
        step => panic!("{step:?}"),
    }
}

fn gateway_timeout() -> Event {
    Event::Answered {
        action: "POST".to_owned(),
        received_at: 1.0,
        status: 504,
        date: None,
        body: "<html>".to_owned(),
        departures: 0,
    }
}

fn late() -> Event {
    failed_exchange("POST", 0, "deadline")
}

#[test]
fn a_change_or_a_message_without_an_answer_has_an_unknown_outcome() {
    let wanted = wanted(&config());
    let before = [token(), list(&[]), factory()];
    let (preview, _) = preview_of(&wanted, before.to_vec());
    for (last, cause) in [(late(), "deadline"), (gateway_timeout(), "HTTP 504")] {
        let expected = Text::new(id::LOGTO_NO_ANSWER)
            .with("url", &access().url)
            .with("cause", &cause);
        let applied = error_at_the_end(&before, last.clone(), |events| {
            apply(&access(), &wanted, &preview.state, events)
        });
        assert_eq!(applied, expected);
        let sent = error_at_the_end(&before[..1], last, |events| {
            send_test_message(&access(), &wanted, "+8613800138000", events)
        });
        assert_eq!(sent, expected);
    }
}

#[test]
fn a_stored_config_that_cannot_be_read_back_is_told_as_stored() {
    let wanted = wanted(&config());
    let before = [token(), list(&[]), factory()];
    let (preview, _) = preview_of(&wanted, before.to_vec());
    let answers = [&before[..], &[(200, json!({}))]].concat();
    let error = error_at_the_end(&answers, late(), |events| {
        apply(&access(), &wanted, &preview.state, events)
    });
    assert_eq!(error.id(), id::SETUP_NOT_READ_BACK);
}
