//! The doctor's checks of Logto's side. The settings have the shapes that a Logto 1.42 answered.

use connector_tencent_sms_wasm::doctor::{LogtoState, examine_with_logto, read_input, read_logto};
use connector_tencent_sms_wasm::logto::management_api::Access;

use super::*;

/// The settings of a new Logto, with these changes to its sign-in experience.
fn settings(connector_id: Option<&str>, changes: &Value) -> Value {
    let mut experience = json!({
        "tenantId": "default", "id": "default",
        "languageInfo": { "autoDetect": true, "fallbackLanguage": "en" },
        "signIn": { "methods": [
            { "identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true }
        ] },
        "signUp": { "identifiers": ["username"], "password": true, "verify": false },
        "mfa": { "factors": [], "policy": "UserControlled" },
        "verificationCodePolicy": {}, "forgotPasswordMethods": []
    });
    for (key, value) in changes.as_object().unwrap() {
        experience[key] = value.clone();
    }
    let connectors: Vec<_> = connector_id
        .map(|id| json!({ "id": "us8019liqzch", "connectorId": id, "type": "Sms", "config": config() }))
        .into_iter()
        .collect();
    json!({ "connectors": connectors, "signInExperience": experience, "customPhrases": [
        { "tenantId": "default", "id": "mkql9w1s6pofi6b38e5i5", "languageTag": "fr", "translation": {} },
        { "tenantId": "default", "id": "i13qxh61q5uz3fgw8e2gq", "languageTag": "ja", "translation": {} }
    ] })
}

fn state(settings: &Value) -> LogtoState {
    LogtoState::read(settings.to_string().as_bytes()).unwrap()
}

/// The ids of the findings that need no config.
fn found(settings: &Value) -> Vec<Id> {
    let findings = state(settings).examine();
    assert!(findings.iter().all(|finding| finding.check == Check::Logto));
    findings.iter().map(|finding| finding.what.id()).collect()
}

/// The findings about Logto's languages, for a config without a call of Tencent's API.
fn languages(templates: &Value, changes: &Value) -> Vec<String> {
    let settings = settings(Some("tencent-cloud-sms"), changes);
    let value = crossing(&with(&json!({ "templates": templates })));
    let clock = Clock {
        now: NOW,
        offset: 0.0,
    };
    let entropy = || Entropy {
        trace_id: TraceId::from_bytes([0; 16]),
        jitter: 0.0,
    };
    let step = examine_with_logto(&value, Some(&state(&settings)), false, &[], clock, &entropy);
    let Step::Done { outcome } = step else {
        panic!("{step:?}");
    };
    let findings = outcome.findings.iter();
    findings
        .filter(|finding| finding.what.id() == id::HOST_LANGUAGES)
        .map(|finding| finding.what.to_string())
        .collect()
}

#[test]
fn the_sms_connector_must_be_this_one() {
    for (connector, expected) in [
        (Some("tencent-cloud-sms"), id::HOST_CONNECTOR),
        (
            Some("twilio-short-message-service"),
            id::HOST_OTHER_CONNECTOR,
        ),
        (None, id::HOST_NO_CONNECTOR),
    ] {
        assert_eq!(found(&settings(connector, &json!({})))[0], expected);
    }
}

#[test]
fn something_must_send_codes() {
    let phone = |code: bool| {
        json!({ "signIn": { "methods": [
            { "identifier": "phone", "password": true, "verificationCode": code, "isPasswordPrimary": true }
        ] } })
    };
    for (changes, expected) in [
        (json!({}), id::HOST_NO_CODES),
        (phone(true), id::HOST_SIGN_IN),
        (phone(false), id::HOST_NO_CODES),
        (
            json!({ "signUp": { "identifiers": ["phone"], "password": false, "verify": true } }),
            id::HOST_OTHER_CODES,
        ),
        (
            json!({ "signUp": {
                "identifiers": ["email"], "password": true, "verify": true,
                "secondaryIdentifiers": [{ "identifier": "phone", "verify": true }]
            } }),
            id::HOST_OTHER_CODES,
        ),
        (
            json!({ "forgotPasswordMethods": ["PhoneVerificationCode"] }),
            id::HOST_OTHER_CODES,
        ),
        (
            json!({ "forgotPasswordMethods": ["EmailVerificationCode"] }),
            id::HOST_NO_CODES,
        ),
        (
            json!({ "mfa": { "factors": ["Totp", "PhoneVerificationCode"], "policy": "UserControlled" } }),
            id::HOST_OTHER_CODES,
        ),
    ] {
        assert_eq!(found(&settings(None, &changes))[1], expected, "{changes}");
    }
}

#[test]
fn each_language_of_the_page_needs_a_template() {
    let entry =
        |locale: &str| json!({ "usageType": "Generic", "templateCode": "1", "locale": locale });
    let any = json!({ "usageType": "Generic", "templateCode": "1" });
    let text = |list: &str| {
        vec![format!(
            "languages of the sign-in page without a template of their own: {list}"
        )]
    };
    // Templates without languages serve every reader alike.
    assert_eq!(languages(&json!([any]), &json!({})), Vec::<String>::new());
    assert_eq!(
        languages(&json!([any, entry("de")]), &json!({})),
        text("fr, ja")
    );
    assert_eq!(
        languages(&json!([any, entry("fr")]), &json!({})),
        text("ja")
    );
    assert_eq!(
        languages(&json!([entry("fr"), entry("ja")]), &json!({})),
        text("en")
    );
    let fixed = json!({ "languageInfo": { "autoDetect": false, "fallbackLanguage": "de" } });
    assert_eq!(languages(&json!([entry("fr")]), &fixed), text("de"));
    assert_eq!(
        languages(&json!([any, entry("fr")]), &fixed),
        Vec::<String>::new()
    );
}

#[test]
fn the_settings_are_read_with_three_calls_and_contain_the_config() {
    let access = Access {
        url: "https://auth.example.com".to_owned(),
        authorization: String::new(),
    };
    let settings = settings(Some("tencent-cloud-sms"), &json!({}));
    let email = json!({ "id": "x", "connectorId": "simple-mail-transfer-protocol", "type": "Email", "config": {} });
    let connectors = json!([email, settings["connectors"][0]]);
    let bodies = [
        json!({ "access_token": "x" }),
        connectors,
        settings["signInExperience"].clone(),
        settings["customPhrases"].clone(),
    ];
    let mut events = vec![Event::Started { at: NOW }];
    let mut urls = Vec::new();
    for body in bodies {
        let Step::Request { request, .. } = read_logto(&access, &events) else {
            panic!("the task ended early");
        };
        urls.push(request.url);
        events.push(Event::Answered {
            action: request.action.to_owned(),
            received_at: NOW,
            status: 200,
            date: None,
            body: body.to_string(),
            departures: 0,
        });
    }
    let Step::Done { outcome } = read_logto(&access, &events) else {
        panic!("the task goes on");
    };
    assert_eq!(
        urls[1..],
        ["connectors", "sign-in-exp", "custom-phrases"]
            .map(|path| format!("https://auth.example.com/api/{path}"))
    );
    let content = outcome.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&content).unwrap(), settings);
    assert_eq!(
        read_input(content.as_bytes(), Default::default()),
        Ok(crossing(&config()))
    );
    assert!(LogtoState::read(config().to_string().as_bytes()).is_none());
}
