//! The boundary as JavaScript sees it: values in, values or Errors out. `wasm-pack test` runs these tests.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use connector_tencent_sms_wasm::wasm::{
    count_messages, examine, send_message, send_test_message, usage_key, validate_config,
};
use js_sys::{Array, Error, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const CONFIG: &str = r#"{
    "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
    "accessKeySecret": "ExampleSecretKey0000000000000000",
    "signName": "腾讯云",
    "sdkAppId": 1400006666,
    "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
}"#;
const DATA: &str =
    r#"{ "to": "8613800138000", "type": "SignIn", "payload": { "code": "116410" } }"#;

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// Returns the value at a dotted path.
fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| {
        Reflect::get(&value, &key.into()).unwrap()
    })
}

fn send(config: &str, data: &str, events: &str) -> Result<JsValue, JsValue> {
    send_message(js(config), js(data), js(events), 1_551_113_065_123.0, false)
}

/// Returns the issues of a config without references.
fn issues_of(config: JsValue) -> Array {
    let step = validate_config(config, js("[]"), None).unwrap();
    at(&step, "outcome").unchecked_into()
}

#[wasm_bindgen_test]
fn a_request_is_a_plain_object_for_fetch() {
    let step = send(CONFIG, DATA, "[]").unwrap();
    assert_eq!(at(&step, "kind"), "request");
    assert_eq!(at(&step, "timeoutMs"), 8000);
    assert_eq!(at(&step, "request.headers.X-TC-Timestamp"), "1551113065");
    assert!(at(&step, "request.headers").is_instance_of::<Object>());
    let body = at(&step, "request.body").as_string().unwrap();
    assert_eq!(at(&js(&body), "PhoneNumberSet.0"), "+8613800138000");
    let trace_id = at(&step, "request.headers.X-TC-TraceId");
    let another = send(CONFIG, DATA, "[]").unwrap();
    assert_ne!(trace_id, at(&another, "request.headers.X-TC-TraceId"));
}

#[wasm_bindgen_test]
fn an_accepted_message_gives_a_receipt() {
    let events = r#"[{ "action": "SendSms", "receivedAt": 1551113065100, "status": 200, "departures": 1, "body":
        "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"Ok\",\"SerialNo\":\"5000:1\"}]}}" }]"#;
    let step = send(CONFIG, DATA, events).unwrap();
    assert_eq!(
        text(&step),
        r#"{"kind":"done","outcome":{"receipt":{"serialNo":"5000:1"}}}"#
    );
}

#[wasm_bindgen_test]
fn a_refusal_arrives_as_a_real_error() {
    let events = r#"[{ "action": "SendSms", "receivedAt": 1551113065100, "status": 200, "departures": 1, "body":
        "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SecretIdNotFound\",\"Message\":\"m\"},\"RequestId\":\"a0aabda6-cf91-4f3e-a81f-9198114a2279\"}}" }]"#;
    let error: Error = send(CONFIG, DATA, events).unwrap_err().dyn_into().unwrap();
    assert_eq!(error.name(), "CoreError");
    assert_eq!(at(&error, "code"), "invalid_config");
    assert_eq!(
        at(&error, "data.tencentCode"),
        "AuthFailure.SecretIdNotFound"
    );
    let request_id = at(&error, "data.requestId");
    assert_eq!(request_id, "a0aabda6-cf91-4f3e-a81f-9198114a2279");
    assert_eq!(
        error.message(),
        at(&error, "data.errorDescription").as_string().unwrap()
    );
    assert_eq!(at(&error, "data.configPath"), "accessKeyId");
}

#[wasm_bindgen_test]
fn a_failed_request_arrives_as_a_real_error() {
    let error = send(
        CONFIG,
        DATA,
        r#"[{ "action": "SendSms", "failure": "ECONNRESET", "departures": 1 }]"#,
    )
    .unwrap_err();
    assert_eq!(at(&error, "code"), "general");
    let keys = Object::keys(at(&error, "data").unchecked_ref::<Object>());
    assert_eq!(text(&keys), r#"["errorDescription","reason"]"#);
    assert_eq!(at(&error, "data.reason"), "ECONNRESET");
    let line = at(&error, "operatorLine").as_string().unwrap();
    assert!(line.ends_with("may or may not have been sent"), "{line}");
}

#[wasm_bindgen_test]
fn a_bad_config_arrives_with_its_issues() {
    let error = send("{}", DATA, "[]").unwrap_err();
    assert_eq!(at(&error, "code"), "invalid_config");
    assert!(at(&error, "issues").is_undefined());
    // The Console's test is for the operator.
    let error = send_message(js("{}"), js(DATA), js("[]"), 1_551_113_065_123.0, true).unwrap_err();
    assert_eq!(text(&at(&error, "issues.0.path")), r#"["accessKeyId"]"#);
    let issues = issues_of(js("{}"));
    assert_eq!(text(&at(&error, "issues")), text(&issues));
}

#[wasm_bindgen_test]
fn paths_consist_of_texts_and_numbers_as_in_zod() {
    let config = CONFIG.replace("\"1110\"", "[1]");
    let issues = issues_of(js(&config));
    assert_eq!(issues.length(), 1);
    let path = at(&issues.get(0), "path");
    assert_eq!(text(&path), r#"["templates",0,"templateCode"]"#);
    assert_eq!(issues_of(js(CONFIG)).length(), 0);
}

#[wasm_bindgen_test]
fn values_that_are_not_json_are_refused() {
    let function = js_sys::Function::new_no_args("").into();
    for config in [
        JsValue::UNDEFINED,
        JsValue::NULL,
        function,
        JsValue::symbol(None),
    ] {
        let issues = issues_of(config.clone());
        assert_eq!(
            text(&issues),
            r#"[{"path":[],"message":"must be a JSON object"}]"#
        );
        let error = send_message(js(CONFIG), config, Array::new().into(), 0.0, false).unwrap_err();
        assert_eq!(at(&error, "code"), "invalid_request_parameters");
    }
}

#[wasm_bindgen_test]
fn a_count_makes_its_requests_at_once_and_returns_a_number() {
    let now = 1_551_113_065_123.0;
    let count = |events: &str| count_messages(js(CONFIG), Some(now), js(events), now);
    let step = count("[]").unwrap();
    assert_eq!(at(&step, "kind"), "requests");
    assert_eq!(at(&step, "requests.length"), 1);
    let action = at(&step, "requests.0.headers.X-TC-Action");
    assert_eq!(action, "SendStatusStatistics");
    let answer = r#"[{ "action": "SendSms", "receivedAt": 1551113065100, "status": 200, "departures": 1, "body":
        "{\"Response\":{\"SendStatusStatistics\":{\"RequestSuccessCount\":7}}}" }]"#;
    assert_eq!(
        text(&count(answer).unwrap()),
        r#"{"kind":"done","outcome":{"count":7}}"#
    );
    let refusal = r#"[{ "action": "SendSms", "receivedAt": 1551113065100, "status": 200, "departures": 1, "body":
        "{\"Response\":{\"Error\":{\"Code\":\"InternalError\"}}}" }]"#;
    assert_eq!(
        text(&count(refusal).unwrap()),
        r#"{"kind":"done","outcome":{}}"#,
        "a count that is not known"
    );
}

#[wasm_bindgen_test]
fn a_valid_config_has_a_key_for_the_cache_of_counts() {
    assert_eq!(usage_key(js(CONFIG)).unwrap().len(), 64);
    assert_eq!(usage_key(js("{}")), None);
}

#[wasm_bindgen_test]
fn a_report_has_findings_and_a_text() {
    let report = |config: &str| {
        let environment = js("{}");
        let step = examine(
            config.as_bytes().to_owned(),
            environment,
            false,
            js("[]"),
            0.0,
            false,
        )
        .unwrap();
        assert_eq!(at(&step, "kind"), "done");
        at(&step, "outcome")
    };
    let good = report(CONFIG);
    assert_eq!(at(&good, "isWrong"), false);
    assert_eq!(at(&good, "canSend"), true);
    assert_eq!(at(&good, "findings.0.state"), "ok");
    let bad = report("{}");
    assert_eq!(at(&bad, "isWrong"), true);
    assert_eq!(at(&bad, "canSend"), false);
    let path = at(&bad, "findings.0.path");
    assert_eq!(text(&path), r#"["accessKeyId"]"#);
    assert!(at(&bad, "text").as_string().unwrap().starts_with("ERROR"));
}

#[wasm_bindgen_test]
fn the_doctors_key_may_come_from_the_environment() {
    let config = CONFIG.replace("accessKey", "other");
    let environment = js(r#"{ "secretId": "id", "secretKey": "key" }"#);
    let step = send_test_message(
        config.into_bytes(),
        environment,
        "+8613800138000",
        js("[]"),
        1_551_113_065_123.0,
        false,
    );
    let authorization = at(&step.unwrap(), "request.headers.Authorization");
    let authorization = authorization.as_string().unwrap();
    assert!(authorization.starts_with("TC3-HMAC-SHA256 Credential=id/2019-02-25/"));
}

#[wasm_bindgen_test]
fn a_text_that_is_not_a_config_arrives_as_a_real_error() {
    let error = examine(b"{".to_vec(), js("{}"), true, js("[]"), 0.0, false).unwrap_err();
    assert_eq!(at(&error, "name"), "DoctorInputError");
    assert_eq!(at(&error, "message"), "is not JSON: look at line 1");
}
