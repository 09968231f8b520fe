//! One send, step by step: what goes out, and what each answer means.

mod any_message;
mod counts;
mod error;
mod never_twice;
mod shared;
mod spending;
mod template;

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::logto::{ConnectorErrorCode, UserMessage};
use connector_tencent_sms_wasm::send::{Error, Memory, Sent, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Event, Step, TraceId};
use connector_tencent_sms_wasm::tencent::{ApiError, ErrorCode, Retry, all_error_codes};
use connector_tencent_sms_wasm::text::{Text, id};
use serde_json::{Value, json};

use crate::support::crossing::crossing;
use crate::support::failed_exchange::failed_exchange;
use crate::support::http_date::millis;

const CODE: &str = "116410";
const NUMBER: &str = "8613800138000";

/// The time of Tencent's published sample, 2019-02-25T16:44:25Z, in milliseconds.
const NOW: f64 = 1_551_113_065_123.0;

fn config() -> Value {
    json!({
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
        "accessKeySecret": "ExampleSecretKey0000000000000000",
        "signName": "腾讯云",
        "sdkAppId": 1400006666,
        "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
    })
}

fn step(config: &Value, events: &[Event]) -> Result<Step<Sent>, Error> {
    step_to(NUMBER, config, events)
}

fn step_to(number: &str, config: &Value, events: &[Event]) -> Result<Step<Sent>, Error> {
    step_at(NOW, &mut Memory::none(), number, config, events)
}

fn step_at(
    now: f64,
    memory: &mut Memory,
    number: &str,
    config: &Value,
    events: &[Event],
) -> Result<Step<Sent>, Error> {
    let config = Config::parse(&crossing(config)).unwrap();
    let data = json!({
        "to": number,
        "type": "SignIn",
        "payload": { "code": CODE, "locale": "zh-CN", "uiLocales": "zh-CN en" }
    });
    let message = Message::parse(&crossing(&data), config.bare_numbers)?;
    let entropy = Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    };
    let events = [&[Event::Started { at: NOW }], events].concat();
    next_step(&config, &message, &events, now, memory, &|| entropy)
}

fn answered(status: u16, body: &str) -> Event {
    answered_on(None, status, body)
}

fn answered_on(date: Option<&str>, status: u16, body: &str) -> Event {
    Event::Answered {
        action: "SendSms".to_owned(),
        received_at: NOW,
        status,
        date: date.and_then(millis),
        body: body.to_owned(),
        departures: 1,
    }
}

fn refused(code: &str) -> Event {
    answered(200, &refusal(code))
}

fn refusal(code: &str) -> String {
    let id = "a0aabda6-cf91-4f3e-a81f-9198114a2279";
    json!({ "Response": { "Error": { "Code": code, "Message": "" }, "RequestId": id } }).to_string()
}

fn failed(code: &str) -> Event {
    failed_after(0, code)
}

fn failed_after(departures: u64, code: &str) -> Event {
    failed_exchange("SendSms", departures, code)
}

fn waited() -> Event {
    Event::Waited { waited_ms: 1.0 }
}

fn after(event: Event) -> Result<Step<Sent>, Error> {
    step(&config(), &[event])
}

/// The first step, as the shim gets it.
fn request(config: &Value) -> Value {
    serde_json::to_value(step(config, &[]).unwrap()).unwrap()
}

#[test]
fn the_first_step_is_a_signed_request() {
    let step = request(&config());
    assert_eq!(step["kind"], "request");
    assert_eq!(step["timeoutMs"], 8000.0);
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
    assert_eq!(step["timeoutMs"], 2500.0);
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
    let error = step_to("12025550123", &config, &[]).unwrap_err();
    assert_eq!(error, Error::NumberNotAllowed);
    // The sign-in page shows the sentence for the end user only with this code.
    assert_eq!(error.code(), ConnectorErrorCode::General);
    assert_eq!(error.user_message(), UserMessage::CountryRefused);
    assert!(step_to("85291234567", &config, &[]).is_ok());
}

#[test]
fn a_bare_mainland_number_is_explained_wherever_it_is_refused() {
    let good = config();
    let mut mainland_only = config();
    mainland_only["templates"] =
        json!([{ "usageType": "Generic", "templateCode": { "china": 1110 } }]);
    let mut allowed = config();
    allowed["allowedCallingCodes"] = "86".into();
    let explains = |to: &str, config: &Value, events: &[Event]| {
        let Err(error) = step_to(to, config, events) else {
            panic!("{to} is sent");
        };
        let line = error.to_string();
        assert!(!line.contains(to), "{line}");
        let is_explained = matches!(error, Error::BareNumber(_));
        assert_eq!(line.contains("bareNumbersAreMainland"), is_explained);
        is_explained
    };
    for (to, expected) in [
        ("13800138000", true),
        ("18624017194", true),
        ("+13800138000", false),
        ("12025550123", false),
        ("85291234567", false),
    ] {
        assert_eq!(explains(to, &mainland_only, &[]), expected, "{to}");
        assert_eq!(explains(to, &allowed, &[]), expected, "{to}");
        for (code, depends_on_side) in [
            (
                "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone",
                true,
            ),
            ("InvalidParameterValue.IncorrectPhoneNumber", true),
            ("FailedOperation.PhoneNumberParseFail", true),
            ("UnsupportedOperation.UnsupportedRegion", true),
            ("LimitExceeded.AppCountryOrRegionInBlacklist", true),
            ("LimitExceeded.PhoneNumberDailyLimit", false),
            ("AuthFailure.SecretIdNotFound", false),
        ] {
            let is_explained = explains(to, &good, &[refused(code)]);
            assert_eq!(is_explained, expected && depends_on_side, "{to} {code}");
        }
    }
    // The explanation changes neither the code nor the place.
    let error = step_to("13800138000", &mainland_only, &[]).unwrap_err();
    assert_eq!(error.code(), ConnectorErrorCode::TemplateNotFound);
    let path = error.config_path().map(ToString::to_string);
    assert_eq!(path.as_deref(), Some("templates[0].templateCode.overseas"));
    let error = step_to("13800138000", &allowed, &[]).unwrap_err();
    assert_eq!(error.code(), ConnectorErrorCode::General);
    // With the switch on, the number is a mainland number.
    mainland_only["bareNumbersAreMainland"] = true.into();
    assert!(step_to("13800138000", &mainland_only, &[]).is_ok());
}

#[test]
fn a_message_that_went_to_another_number_is_reported() {
    for (number, differs) in [("+8613800138000", false), ("+8613800138001", true)] {
        let body = json!({ "Response": { "SendStatusSet": [
            { "SerialNo": "5000:1", "PhoneNumber": number, "Code": "Ok" }
        ]}});
        let Step::Done {
            outcome: Sent { receipt, .. },
        } = after(answered(200, &body.to_string())).unwrap()
        else {
            panic!("not sent");
        };
        assert_eq!(receipt.phone_number_differs, differs);
        let warning = receipt.warning().map(|warning| warning.id());
        let expected = differs.then_some(id::SEND_ACCEPTED_FOR_ANOTHER_NUMBER);
        assert_eq!(warning, expected);
    }
}

/// JavaScript writes a lone surrogate as an escape, and Tencent's own texts may contain one.
#[test]
fn a_lone_surrogate_does_not_make_an_accepted_message_unknown() {
    for key in ["Message", "SessionContext", "IsoCode", "Other"] {
        let body = format!(
            r#"{{"Response":{{"SendStatusSet":[{{"{key}":"\ud800","SerialNo":"5000:1","Code":"Ok"}}]}}}}"#
        );
        let step = after(answered(200, &body)).unwrap();
        assert!(matches!(step, Step::Done { .. }), "{key}");
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
        json!({ "kind": "done", "outcome": {
            "receipt": {
                "requestId": "a0aabda6-cf91-4f3e-a81f-9198114a2279",
                "serialNo": "5000:1045710669157053657849499619"
            }
        } })
    );
}

#[test]
fn a_refusal_is_recognised_by_its_code_wherever_it_stands() {
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
        ("", id::ANSWER_EMPTY),
        (" \n", id::ANSWER_EMPTY),
        ("<html>502 Bad Gateway</html>", id::ANSWER_NOT_JSON),
        ("{\"Response\":", id::ANSWER_NOT_JSON),
        ("null", id::ANSWER_OTHER_SHAPE),
        ("[]", id::ANSWER_OTHER_SHAPE),
        ("{}", id::ANSWER_OTHER_SHAPE),
        ("{\"Response\":null}", id::ANSWER_OTHER_SHAPE),
        (
            "{\"Response\":{\"SendStatusSet\":\"Ok\"}}",
            id::ANSWER_OTHER_SHAPE,
        ),
        (
            "{\"Response\":{\"SendStatusSet\":[{\"Code\":1}]}}",
            id::ANSWER_OTHER_SHAPE,
        ),
        (
            "{\"Response\":{\"Error\":{\"Message\":\"x\"}}}",
            id::ANSWER_OTHER_SHAPE,
        ),
        ("{\"Response\":{}}", id::ANSWER_NO_STATUS),
        (
            "{\"Response\":{\"SendStatusSet\":[]}}",
            id::ANSWER_EMPTY_STATUS,
        ),
        (
            "{\"Response\":{\"Error\":{\"Code\":\"\"}}}",
            id::ANSWER_OTHER_CODE,
        ),
        (
            "{\"Response\":{\"Error\":{\"Code\":\"116410\"}}}",
            id::ANSWER_OTHER_CODE,
        ),
    ] {
        for status in [200, 502] {
            let error = after(answered(status, body)).unwrap_err();
            let Error::Api {
                error: api_error, ..
            } = &error
            else {
                panic!("{body}: {error:?}");
            };
            assert_eq!(*api_error, ApiError::Unclear { status, problem }, "{body}");
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
        assert!(!error.to_string().contains("(RequestId"), "{error}");
        assert_holds_nothing_personal(&error);
    }
}

#[test]
fn without_an_answer_the_operator_learns_why_and_whether_something_was_sent() {
    let unsent = id::SEND_NOTHING_SENT;
    let unknown = id::SEND_PERHAPS_SENT;
    for (code, departures, cause, outcome) in [
        ("ECONNREFUSED", 0, id::FAILURE_CONNECTION_REFUSED, unsent),
        ("ENOTFOUND", 0, id::FAILURE_NAME_NOT_RESOLVED, unsent),
        ("too many sends", 0, id::FAILURE_TOO_MANY_SENDS, unsent),
        (
            "CERT_HAS_EXPIRED",
            0,
            id::FAILURE_CERTIFICATE_REFUSED,
            unsent,
        ),
        ("deadline", 0, id::FAILURE_NOT_ANSWERED_IN_TIME, unknown),
        ("deadline", 1, id::FAILURE_NOT_ANSWERED_IN_TIME, unknown),
        ("ECONNRESET", 1, id::FAILURE_CONNECTION_BROKEN, unknown),
        ("116410", 1, id::FAILURE_OTHER, unknown),
    ] {
        // The third failure is the last.
        let event = failed_after(departures, code);
        let events = [event.clone(), waited(), event.clone(), waited(), event];
        let error = step(&config(), &events).unwrap_err();
        assert_eq!(error.code(), ConnectorErrorCode::General);
        let expected = Text::new(id::SEND_FAILED)
            .with_text("cause", Text::new(cause))
            .with_text("outcome", Text::new(outcome));
        assert_eq!(error.line(), expected, "{code}");
        assert_holds_nothing_personal(&error);
    }
}

#[test]
fn what_may_have_been_sent_is_not_sent_again() {
    for event in [
        failed("deadline"),
        failed("ECONNRESET"),
        failed("UND_ERR_SOCKET"),
        failed("TypeError"),
        // An error that comes before a connection, after a request that left: a wrapper tried twice.
        failed_after(1, "ECONNREFUSED"),
        failed_after(2, "ENOTFOUND"),
        answered(502, "<html>"),
        answered(200, ""),
        refused("InternalError.Timeout"),
        refused("InternalError.SendAndRecvFail"),
        refused("ServiceUnavailable"),
        refused("Unheard.Of"),
    ] {
        let error = after(event.clone()).unwrap_err();
        assert_eq!(
            error.user_message(),
            UserMessage::Unknown,
            "{event:?}: {error}"
        );
    }
}

#[test]
fn what_the_operator_or_the_user_must_mend_is_not_tried_again() {
    for code in [
        "AuthFailure.SecretIdNotFound",
        "FailedOperation.SignatureIncorrectOrUnapproved",
        "LimitExceeded.PhoneNumberThirtySecondLimit",
        "FailedOperation.InsufficientBalanceInSmsPackage",
    ] {
        assert!(after(refused(code)).is_err(), "{code}");
    }
}

#[test]
fn what_was_certainly_not_sent_is_tried_three_times_with_waits_between() {
    for event in [
        failed("ECONNREFUSED"),
        failed("ENOTFOUND"),
        failed("UND_ERR_CONNECT_TIMEOUT"),
        failed("CERT_HAS_EXPIRED"),
        refused("RequestLimitExceeded"),
        refused("RequestLimitExceeded.UinLimitExceeded"),
        refused("InternalError.SigVerificationFail"),
    ] {
        let mut events = vec![event.clone()];
        // Half of 500 ms, and of 1000 ms.
        for expected in [250.0, 500.0] {
            let Step::Wait { ms } = step(&config(), &events).unwrap() else {
                panic!("no wait after {events:?}");
            };
            assert_eq!(ms, expected);
            events.push(waited());
            let next = step(&config(), &events).unwrap();
            assert!(matches!(next, Step::Request { .. }), "{next:?}");
            events.push(event.clone());
        }
        assert!(step(&config(), &events).is_err(), "{events:?}");
    }
}

#[test]
fn after_a_connect_failure_another_access_point_is_tried_and_signed_for() {
    let host_after = |config: &Value, events: &[Event]| {
        let step = serde_json::to_value(step(config, events).unwrap()).unwrap();
        step["request"]["url"].as_str().unwrap().to_owned()
    };
    let refused_once = [failed("ECONNREFUSED"), waited()];
    let url = host_after(&config(), &refused_once);
    assert_eq!(url, "https://sms.ap-guangzhou.tencentcloudapi.com/");
    // Tencent answered: the host is not the trouble.
    let busy_once = [refused("RequestLimitExceeded"), waited()];
    assert_eq!(
        host_after(&config(), &busy_once),
        "https://sms.tencentcloudapi.com/"
    );
    let mut chosen = config();
    chosen["endpoint"] = json!("sms.ap-beijing.tencentcloudapi.com");
    let url = host_after(&chosen, &refused_once);
    assert_eq!(url, "https://sms.ap-beijing.tencentcloudapi.com/");
}

#[test]
fn an_attempt_that_cannot_end_in_time_is_not_begun() {
    let event = [failed("ECONNREFUSED")];
    let at = |elapsed: f64| {
        step_at(
            NOW + elapsed,
            &mut Memory::none(),
            NUMBER,
            &config(),
            &event,
        )
    };
    // 250 ms of waiting and 200 ms at least for the attempt.
    assert!(matches!(at(7550.0), Ok(Step::Wait { .. })));
    assert!(at(7551.0).is_err());
    assert!(at(1e9).is_err());
    // A clock that was set back does not lengthen the send.
    let events = [failed("ECONNREFUSED"), waited()];
    let earlier = step_at(NOW - 1e9, &mut Memory::none(), NUMBER, &config(), &events);
    let Step::Request { timeout_ms, .. } = earlier.unwrap() else {
        panic!("no request");
    };
    assert_eq!(timeout_ms, 8000.0);
}

const TEN_MINUTES_LATER: &str = "Mon, 25 Feb 2019 16:54:25 GMT";

#[test]
fn a_wrong_clock_is_corrected_once_and_for_later_sends() {
    for code in [
        "AuthFailure.SignatureExpire",
        "InternalError.RequestTimeException",
    ] {
        let expired = answered_on(Some(TEN_MINUTES_LATER), 200, &refusal(code));
        let retried = serde_json::to_value(after(expired.clone()).unwrap()).unwrap();
        assert_eq!(retried["kind"], "request");
        assert_eq!(
            retried["request"]["headers"]["X-TC-Timestamp"],
            "1551113665"
        );

        let mut memory = Memory::none();
        let mut step_with = |events: &[Event]| {
            let step = step_at(NOW, &mut memory, NUMBER, &config(), events).unwrap();
            serde_json::to_value(step).unwrap()["request"]["headers"]["X-TC-Timestamp"].clone()
        };
        assert_eq!(step_with(std::slice::from_ref(&expired)), "1551113665");
        // Another send begins with what this one learnt.
        assert_eq!(step_with(&[]), "1551113665");

        let error = step(&config(), &[expired.clone(), expired]).unwrap_err();
        assert!(
            error.to_string().contains("AuthFailure.SignatureExpire")
                || error.to_string().contains("RequestTimeException"),
            "{error}"
        );
    }
}

#[test]
fn a_clock_that_cannot_be_corrected_is_reported_to_the_operator() {
    for date in [None, Some("Thu, 01 Jan 1970 00:00:00 GMT"), Some("no date")] {
        let expired = answered_on(date, 200, &refusal("AuthFailure.SignatureExpire"));
        let error = after(expired).unwrap_err();
        assert_eq!(error.code(), ConnectorErrorCode::General);
        assert!(
            error.to_string().contains("AuthFailure.SignatureExpire")
                || error.to_string().contains("RequestTimeException"),
            "{error}"
        );
    }
}

/// One host's clock says nothing about another's, and an offset that proves wrong is forgotten.
#[test]
fn a_clock_correction_is_for_its_host_alone_and_no_longer_than_it_is_right() {
    let mut memory = Memory::none();
    let mut other = config();
    other["endpoint"] = json!("sms.intl.tencentcloudapi.com");
    let mut timestamp = |config: &Value, events: &[Event]| {
        let step = step_at(NOW, &mut memory, NUMBER, config, events);
        let step = serde_json::to_value(step.ok()?).unwrap();
        Some(step["request"]["headers"]["X-TC-Timestamp"].clone())
    };
    let expired = |date| answered_on(date, 200, &refusal("AuthFailure.SignatureExpire"));
    let corrected = timestamp(&config(), &[expired(Some(TEN_MINUTES_LATER))]);
    assert_eq!(corrected, Some(json!("1551113665")));
    assert_eq!(timestamp(&other, &[]), Some(json!("1551113065")));
    // Refused, and without a date: nothing is known any more.
    assert_eq!(timestamp(&config(), &[expired(None)]), None);
    assert_eq!(timestamp(&config(), &[]), Some(json!("1551113065")));
}

#[test]
fn what_the_host_repeated_is_never_tried_again_and_said() {
    let repeated = |event: Event| match event {
        Event::Answered {
            action,
            received_at,
            status,
            date,
            body,
            ..
        } => Event::Answered {
            action,
            received_at,
            status,
            date,
            body,
            departures: 2,
        },
        other => other,
    };
    for event in [
        repeated(refused("RequestLimitExceeded")),
        repeated(refused("LimitExceeded.PhoneNumberDailyLimit")),
        repeated(answered_on(
            Some(TEN_MINUTES_LATER),
            200,
            &refusal("AuthFailure.SignatureExpire"),
        )),
        repeated(answered(503, "")),
        failed_after(2, "repeated"),
        failed_after(2, "ECONNREFUSED"),
    ] {
        let error = after(event).unwrap_err();
        assert_eq!(error.user_message(), UserMessage::Unknown, "{error}");
        assert_eq!(error.line().id(), id::SEND_REPEATED, "{error}");
    }
    let ok = r#"{"Response":{"SendStatusSet":[{"Code":"Ok"}]}}"#;
    let warnings = |event: Event| {
        let Step::Done { outcome } = after(event).unwrap() else {
            panic!("not sent");
        };
        outcome.warnings
    };
    assert_eq!(warnings(answered(200, ok)).len(), 0);
    let warnings = warnings(repeated(answered(200, ok)));
    let ids: Vec<_> = warnings.iter().map(Text::id).collect();
    assert_eq!(ids, [id::SEND_ACCEPTED_REPEATED]);
}

/// Only an answer that complains about the clock is asked for the time.
#[test]
fn no_other_answer_changes_the_clock() {
    let busy = answered_on(
        Some(TEN_MINUTES_LATER),
        200,
        &refusal("RequestLimitExceeded"),
    );
    let step = step(&config(), &[busy, waited()]).unwrap();
    let step = serde_json::to_value(step).unwrap();
    assert_eq!(step["request"]["headers"]["X-TC-Timestamp"], "1551113065");
}

#[test]
fn what_happened_is_not_shown_word_for_word() {
    let shown = format!("{:?}", [answered(200, NUMBER), failed(CODE), waited()]);
    assert_eq!(
        shown,
        "[Answered(SendSms, 200), Failed(SendSms), Waited(1)]"
    );
}

#[test]
fn a_refusal_that_the_config_can_mend_names_the_key() {
    let mut config = config();
    config["templates"] = json!([
        { "usageType": "Generic", "templateCode": { "china": 1110, "overseas": 2220 } },
        { "usageType": "SignIn", "templateCode": 3330 }
    ]);
    config["overseas"] = json!({ "sdkAppId": "2400006666" });
    let path_after = |number: &str, code: &str| {
        let error = step_to(number, &config, &[refused(code)]).unwrap_err();
        let [issue] = &error.issues()[..] else {
            panic!("one issue expected for {code}");
        };
        assert!(issue.to_string().contains(code), "{issue}");
        issue.path.to_string()
    };
    for (code, mainland, overseas) in [
        ("AuthFailure.SecretIdNotFound", "accessKeyId", "accessKeyId"),
        (
            "AuthFailure.SignatureFailure",
            "accessKeySecret",
            "accessKeySecret",
        ),
        ("AuthFailure.TokenFailure", "securityToken", "securityToken"),
        ("UnsupportedRegion", "region", "region"),
        ("NoSuchProduct", "endpoint", "endpoint"),
        (
            "InvalidParameterValue.SdkAppIdNotExist",
            "sdkAppId",
            "overseas.sdkAppId",
        ),
        (
            "FailedOperation.SignatureIncorrectOrUnapproved",
            "signName",
            "overseas.signName",
        ),
        (
            "FailedOperation.TemplateIncorrectOrUnapproved",
            "templates[1].templateCode",
            "templates[1].templateCode",
        ),
        (
            "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
            "templates[1].templateParams",
            "templates[1].templateParams",
        ),
    ] {
        assert_eq!(path_after("8618624017194", code), mainland);
        assert_eq!(path_after("18624017194", code), overseas);
    }
}

/// Codes after which the documents do not say that nothing was sent. Source: the error pages of SendSms,
/// <https://cloud.tencent.com/document/api/382/55981> and <https://cloud.tencent.com/document/product/382/59177>.
const PERHAPS_SENT: [&str; 16] = [
    "FailedOperation",
    "FailedOperation.OtherError",
    "FailedOperation.ParametersOtherError",
    "InternalError",
    "InternalError.ConstructUserDataFail",
    "InternalError.JsonParseFail",
    "InternalError.OtherError",
    "InternalError.ParseBackendResponseFail",
    "InternalError.SendAndRecvFail",
    "InternalError.Timeout",
    "InternalError.UnknownError",
    "ResourceInUse",
    "ResourceInsufficient",
    "ResourceUnavailable",
    "ResponseSizeLimitExceeded",
    "ServiceUnavailable",
];

/// Codes that say that nothing was sent, and that pass without anyone's help.
const PASSING: [&str; 7] = [
    "InternalError.SigFieldMissing",
    "InternalError.SigVerificationFail",
    "LimitExceeded.GlobalSmsSendingRateLimit",
    "RequestLimitExceeded",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
];

#[test]
fn the_table_retries_what_the_documents_allow_and_nothing_else() {
    let codes_where = |is_meant: fn(&ErrorCode) -> bool| -> Vec<_> {
        all_error_codes()
            .filter(|row| is_meant(row))
            .map(|row| row.tencent_code)
            .collect()
    };
    let perhaps_sent = codes_where(|row| row.user_message == UserMessage::Unknown);
    assert_eq!(perhaps_sent, PERHAPS_SENT);
    assert_eq!(codes_where(|row| row.retry == Retry::AfterDelay), PASSING);
    let by_clock = codes_where(|row| row.retry == Retry::WithCorrectedClock);
    assert_eq!(
        by_clock,
        [
            "AuthFailure.SignatureExpire",
            "InternalError.RequestTimeException"
        ]
    );
}

/// Every row of the table decides the outcome, both as the error of the whole answer and as the
/// status of one number.
#[test]
fn every_code_that_is_known_does_what_its_row_says() {
    for row in all_error_codes() {
        let code = row.tencent_code;
        let status = json!({ "Response": { "SendStatusSet": [{ "Code": code }] } }).to_string();
        for body in [refusal(code), status] {
            match after(answered(200, &body)) {
                Ok(Step::Wait { .. }) => assert_eq!(row.retry, Retry::AfterDelay, "{code}"),
                Ok(step) => panic!("{code}: {step:?}"),
                Err(error) => {
                    assert_ne!(row.retry, Retry::AfterDelay, "{code}");
                    assert_eq!(error.code(), row.connector_error_code, "{code}");
                    assert_eq!(error.user_message(), row.user_message, "{code}");
                    assert!(
                        error.to_string().contains(&row.advice().to_string()),
                        "{error}"
                    );
                    let has_issue = row.parameter.is_some();
                    assert_eq!(error.issues().len(), usize::from(has_issue), "{code}");
                    assert_holds_nothing_personal(&error);
                }
            }
        }
    }
}

fn assert_holds_nothing_personal(error: &Error) {
    let shown = format!("{error} {error:?} {}", error.user_message().sentence(None));
    for secret in [CODE, NUMBER, "ExampleSecretKey", "AKIDEXAMPLE"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
