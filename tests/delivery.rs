//! One send, step by step: what goes out, and what each answer means.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::delivery::{Attempt, Step, next_step};
use connector_tencent_sms_wasm::error::{ConnectorErrorCode, Error};
use connector_tencent_sms_wasm::message::Message;
use connector_tencent_sms_wasm::send_sms::TraceId;
use serde_json::{Value, json};

const CODE: &str = "116410";
const NUMBER: &str = "8613800138000";

fn config() -> Value {
    json!({
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
        "accessKeySecret": "ExampleSecretKey0000000000000000",
        "signName": "腾讯云",
        "sdkAppId": 1400006666,
        "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
    })
}

fn step(config: &Value, attempts: &[Attempt]) -> Result<Step, Error> {
    step_to(NUMBER, config, attempts)
}

fn step_to(number: &str, config: &Value, attempts: &[Attempt]) -> Result<Step, Error> {
    let config = Config::parse(config).unwrap();
    let data = json!({
        "to": number,
        "type": "SignIn",
        "payload": { "code": CODE, "locale": "zh-CN", "uiLocales": "zh-CN en" }
    });
    let message = Message::parse(&data, config.bare_numbers)?;
    let trace_id = TraceId::from_random_bytes([7; 16]);
    next_step(&config, &message, attempts, 1_551_113_065_123.0, trace_id)
}

fn answered(status: u16, body: &str) -> Attempt {
    Attempt::Answered {
        status,
        body: body.to_owned(),
    }
}

fn after(attempt: Attempt) -> Result<Step, Error> {
    step(&config(), &[attempt])
}

/// The first step, as the shim gets it.
fn request(config: &Value) -> Value {
    serde_json::to_value(step(config, &[]).unwrap()).unwrap()
}

#[test]
fn the_first_step_is_a_signed_request() {
    let step = request(&config());
    assert_eq!(step["kind"], "request");
    assert_eq!(step["timeoutMs"], 8000);
    let request = &step["request"];
    assert_eq!(request["url"], "https://sms.tencentcloudapi.com/");
    assert_eq!(request["method"], "POST");
    let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "PhoneNumberSet": ["+8613800138000"],
            "SmsSdkAppId": "1400006666",
            "TemplateId": "1110",
            "SignName": "腾讯云",
            "TemplateParamSet": [CODE]
        })
    );
    let mut headers = request["headers"].clone();
    let authorization = headers.as_object_mut().unwrap().remove("Authorization");
    assert!(authorization.unwrap().as_str().unwrap().starts_with(
        "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0000000000000000000000000/2019-02-25/sms/tc3_request, \
         SignedHeaders=content-type;host, Signature="
    ));
    assert_eq!(
        headers,
        json!({
            "Content-Type": "application/json",
            "X-TC-Action": "SendSms",
            "X-TC-Version": "2021-01-11",
            "X-TC-Timestamp": "1551113065",
            "X-TC-Region": "ap-guangzhou",
            "X-TC-TraceId": "07070707-0707-4707-8707-070707070707"
        })
    );
}

#[test]
fn optional_keys_reach_the_request() {
    let mut config = config();
    config["region"] = json!("ap-singapore");
    config["endpoint"] = json!("sms.intl.tencentcloudapi.com");
    config["securityToken"] = json!("token");
    config["timeoutSeconds"] = json!(2.5);
    config["templates"][0]["templateParams"] = json!(["{{code}}", 10, "{{locale}}"]);
    let step = request(&config);
    assert_eq!(step["timeoutMs"], 2500);
    let request = &step["request"];
    assert_eq!(request["url"], "https://sms.intl.tencentcloudapi.com/");
    assert_eq!(request["headers"]["X-TC-Region"], "ap-singapore");
    assert_eq!(request["headers"]["X-TC-Token"], "token");
    let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["TemplateParamSet"], json!([CODE, "10", "zh-CN"]));
}

/// One configuration, two numbers with the same digits after the calling code.
#[test]
fn mainland_and_overseas_numbers_go_by_different_routes() {
    let mut config = config();
    config["templates"] =
        json!([{ "usageType": "Generic", "templateCode": { "china": 1110, "overseas": 2220 } }]);
    config["overseas"] = json!({
        "sdkAppId": "2400006666", "region": "ap-singapore", "senderId": "SHOP",
        "endpoint": "sms.intl.tencentcloudapi.com",
        "accessKeyId": "AKIDother", "accessKeySecret": "other"
    });
    let sent = |number| {
        let step = step_to(number, &config, &[]).unwrap();
        let step = serde_json::to_value(step).unwrap();
        let body: Value = serde_json::from_str(step["request"]["body"].as_str().unwrap()).unwrap();
        (step["request"].clone(), body)
    };

    let (request, body) = sent("8618624017194");
    assert_eq!(request["url"], "https://sms.tencentcloudapi.com/");
    assert_eq!(request["headers"]["X-TC-Region"], "ap-guangzhou");
    assert_eq!(
        body,
        json!({
            "PhoneNumberSet": ["+8618624017194"], "SmsSdkAppId": "1400006666",
            "TemplateId": "1110", "SignName": "腾讯云", "TemplateParamSet": [CODE]
        })
    );

    let (request, body) = sent("18624017194");
    assert_eq!(request["url"], "https://sms.intl.tencentcloudapi.com/");
    assert_eq!(request["headers"]["X-TC-Region"], "ap-singapore");
    let authorization = request["headers"]["Authorization"].as_str().unwrap();
    assert!(authorization.contains("Credential=AKIDother/"));
    assert_eq!(
        body,
        json!({
            "PhoneNumberSet": ["+18624017194"], "SmsSdkAppId": "2400006666",
            "TemplateId": "2220", "SenderId": "SHOP", "TemplateParamSet": [CODE]
        })
    );
}

#[test]
fn a_side_without_a_template_is_refused_before_anything_is_sent() {
    let mut config = config();
    config["templates"] = json!([{ "usageType": "Generic", "templateCode": { "china": 1110 } }]);
    let error = step_to("18624017194", &config, &[]).unwrap_err();
    assert_eq!(error.code(), ConnectorErrorCode::TemplateNotFound);
    assert!(
        error
            .to_string()
            .contains("templates[0].templateCode.overseas"),
        "{error}"
    );
    assert!(step_to("8618624017194", &config, &[]).is_ok());
}

#[test]
fn a_number_that_is_not_allowed_is_refused_before_anything_is_sent() {
    let mut config = config();
    config["allowedCallingCodes"] = json!(["86", "852"]);
    let error = step_to("18624017194", &config, &[]).unwrap_err();
    assert_eq!(error, Error::NumberNotAllowed);
    assert_eq!(error.code(), ConnectorErrorCode::InvalidRequestParameters);
    assert!(step_to("85291234567", &config, &[]).is_ok());
}

#[test]
fn a_message_that_went_to_another_number_is_told() {
    for (number, differs) in [("+8613800138000", false), ("+8613800138001", true)] {
        let body = json!({ "Response": { "SendStatusSet": [
            { "SerialNo": "5000:1", "PhoneNumber": number, "Code": "Ok" }
        ]}});
        let Step::Sent { receipt } = after(answered(200, &body.to_string())).unwrap() else {
            panic!("not sent");
        };
        assert_eq!(receipt.phone_number_differs, differs);
        assert_eq!(receipt.warning().is_some(), differs);
        assert!(!receipt.warning().unwrap_or_default().contains("1380013800"));
    }
}

/// The success answer of Tencent's documents.
#[test]
fn ok_for_the_number_ends_the_send() {
    let body = r#"{"Response":{"SendStatusSet":[{"SerialNo":"5000:1045710669157053657849499619",
        "PhoneNumber":"+8613800138000","Fee":1,"SessionContext":"test","Code":"Ok",
        "Message":"send success","IsoCode":"CN"}],
        "RequestId":"a0aabda6-cf91-4f3e-a81f-9198114a2279"}}"#;
    let sent = serde_json::to_value(after(answered(200, body)).unwrap()).unwrap();
    assert_eq!(
        sent,
        json!({ "kind": "sent", "receipt": {
            "requestId": "a0aabda6-cf91-4f3e-a81f-9198114a2279",
            "serialNo": "5000:1045710669157053657849499619"
        }})
    );
}

#[test]
fn a_refusal_is_told_by_its_code_wherever_it_stands() {
    for (code, expected) in [
        (
            "AuthFailure.SignatureFailure",
            ConnectorErrorCode::InvalidConfig,
        ),
        (
            "LimitExceeded.PhoneNumberDailyLimit",
            ConnectorErrorCode::RateLimitExceeded,
        ),
        (
            "LimitExceeded.AppDailyLimit",
            ConnectorErrorCode::UsageLimitExceeded,
        ),
        (
            "FailedOperation.TemplateUnapprovedOrNotExist",
            ConnectorErrorCode::TemplateNotFound,
        ),
        (
            "InvalidParameterValue.IncorrectPhoneNumber",
            ConnectorErrorCode::InvalidRequestParameters,
        ),
        (
            "MissingParameter",
            ConnectorErrorCode::InsufficientRequestParameters,
        ),
        // Misspelt in Tencent's own example.
        (
            "FailedOperation.TemplateParamSetNotMatchApprovedTemplat",
            ConnectorErrorCode::InvalidConfig,
        ),
        ("InternalError.Timeout", ConnectorErrorCode::General),
        ("BrandNew.Code", ConnectorErrorCode::General),
    ] {
        let id = "a0aabda6-cf91-4f3e-a81f-9198114a2279";
        let error = json!({ "Response": {
            "Error": { "Code": code, "Message": format!("{NUMBER} {CODE}") }, "RequestId": id
        }});
        let status = json!({ "Response": {
            "SendStatusSet": [{ "SerialNo": "", "PhoneNumber": NUMBER, "Fee": 0,
                "SessionContext": "", "Code": code, "Message": CODE, "IsoCode": "" }],
            "RequestId": id
        }});
        for body in [error, status] {
            let error = after(answered(200, &body.to_string())).unwrap_err();
            assert_eq!(error.code(), expected, "{code}");
            let line = error.to_string();
            assert!(line.contains(code) && line.contains(id), "{line}");
            assert_holds_nothing_personal(&error);
        }
    }
}

#[test]
fn an_answer_that_is_not_tencents_is_no_success() {
    for (body, problem) in [
        ("", "is empty"),
        (" \n", "is empty"),
        ("<html>502 Bad Gateway</html>", "is not JSON"),
        ("{\"Response\":", "is not JSON"),
        ("null", "is JSON of another shape"),
        ("[]", "is JSON of another shape"),
        ("{}", "is JSON of another shape"),
        ("{\"Response\":null}", "is JSON of another shape"),
        (
            "{\"Response\":{\"SendStatusSet\":\"Ok\"}}",
            "is JSON of another shape",
        ),
        (
            "{\"Response\":{\"SendStatusSet\":[{\"Code\":1}]}}",
            "is JSON of another shape",
        ),
        (
            "{\"Response\":{\"Error\":{\"Message\":\"x\"}}}",
            "is JSON of another shape",
        ),
        ("{\"Response\":{}}", "holds neither Error nor SendStatusSet"),
        (
            "{\"Response\":{\"SendStatusSet\":[]}}",
            "holds an empty SendStatusSet",
        ),
        (
            "{\"Response\":{\"Error\":{\"Code\":\"\"}}}",
            "holds a code of another form",
        ),
        (
            "{\"Response\":{\"Error\":{\"Code\":\"116410\"}}}",
            "holds a code of another form",
        ),
    ] {
        for status in [200, 502] {
            let error = after(answered(status, body)).unwrap_err();
            assert_eq!(error, Error::InvalidResponse { status, problem }, "{body}");
            assert_eq!(error.code(), ConnectorErrorCode::InvalidResponse);
            assert_holds_nothing_personal(&error);
        }
    }
    let deep = format!("{{\"Response\":{}", "[".repeat(100_000));
    let error = after(answered(200, &deep)).unwrap_err();
    assert_eq!(error.code(), ConnectorErrorCode::InvalidResponse);
}

#[test]
fn a_request_id_that_is_no_uuid_is_not_passed_on() {
    for request_id in [NUMBER, CODE, "a0aabda6-cf91-4f3e-a81f-9198114a227g", ""] {
        let body = json!({ "Response": {
            "Error": { "Code": "InternalError", "Message": "" }, "RequestId": request_id
        }});
        let error = after(answered(200, &body.to_string())).unwrap_err();
        assert!(!error.to_string().contains("RequestId"), "{error}");
        assert_holds_nothing_personal(&error);
    }
}

#[test]
fn without_an_answer_the_send_ends_and_the_operator_learns_why() {
    for (failure, expected) in [
        ("ECONNREFUSED", "refused the connection"),
        ("ENOTFOUND", "no address"),
        ("UND_ERR_CONNECT_TIMEOUT", "No connection"),
        ("TimeoutError", "may or may not have been sent"),
        ("ECONNRESET", "may or may not have been sent"),
        ("UND_ERR_SOCKET", "may or may not have been sent"),
        ("116410", "may or may not have been sent"),
    ] {
        let error = after(Attempt::Failed {
            failure: failure.to_owned(),
        })
        .unwrap_err();
        assert_eq!(error.code(), ConnectorErrorCode::General);
        assert!(error.to_string().contains(expected), "{failure}: {error}");
        assert_holds_nothing_personal(&error);
    }
}

fn assert_holds_nothing_personal(error: &Error) {
    let shown = format!("{error} {error:?} {}", error.description());
    for secret in [CODE, NUMBER, "ExampleSecretKey", "AKIDEXAMPLE"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
