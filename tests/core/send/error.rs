//! The parts of an error that the boundary hands to the shim.

use connector_tencent_sms_wasm::tencent::{Refusal, all_error_codes};

use super::*;

const REQUEST_ID: &str = "a0aabda6-cf91-4f3e-a81f-9198114a2279";

/// An error that Tencent's refusal of a template causes, and the same error where the host's client had begun
/// to send the request more than once.
fn refused_and_repeated() -> [Error; 2] {
    let error = after(refused("FailedOperation.TemplateIncorrectOrUnapproved")).unwrap_err();
    [error.clone(), Error::Repeated(Box::new(error))]
}

fn number_not_allowed() -> Error {
    let mut config = config();
    config["allowedCallingCodes"] = json!(["852"]);
    step(&config, &[]).unwrap_err()
}

#[test]
fn a_refusal_is_named_by_its_code_and_its_request_id() {
    for error in refused_and_repeated() {
        let refusal = error.refusal().unwrap();
        let code = "FailedOperation.TemplateIncorrectOrUnapproved";
        assert_eq!(refusal.tencent_code(), code);
        assert_eq!(
            serde_json::to_value(refusal.request_id()).unwrap(),
            REQUEST_ID
        );
    }
    let without_id = json!({ "Response": { "Error": { "Code": "InternalError" } } });
    let error = after(answered(200, &without_id.to_string())).unwrap_err();
    assert_eq!(error.refusal().and_then(Refusal::request_id), None);
}

#[test]
fn an_error_that_is_no_refusal_of_tencents_has_none() {
    for error in [
        number_not_allowed(),
        after(answered(502, "<html>")).unwrap_err(),
        after(failed("ECONNRESET")).unwrap_err(),
    ] {
        assert_eq!(error.refusal(), None, "{error}");
    }
}

#[test]
fn the_place_in_the_config_is_named_once_as_a_path_and_once_as_an_issue() {
    for error in refused_and_repeated() {
        let path = error.config_path().unwrap().to_string();
        assert_eq!(path, "templates[0].templateCode");
        let [issue] = &error.issues()[..] else {
            panic!("one issue expected: {error}");
        };
        assert_eq!(issue.path.to_string(), path);
    }
}

#[test]
fn an_error_that_no_change_of_the_config_fixes_names_no_place() {
    for error in [
        number_not_allowed(),
        after(refused("LimitExceeded.PhoneNumberDailyLimit")).unwrap_err(),
        after(failed("ECONNRESET")).unwrap_err(),
    ] {
        assert_eq!(error.config_path(), None, "{error}");
        assert_eq!(error.issues(), [], "{error}");
    }
}

#[test]
fn an_invalid_config_is_an_error_with_all_of_its_issues() {
    let issues = Config::parse(&crossing(&json!({}))).unwrap_err();
    assert_eq!(issues.len(), 5);
    let error = Error::InvalidConfig(issues.clone());
    assert_eq!(error.issues(), issues);
    assert_eq!(error.user_message(), UserMessage::NotSetUp);
}

#[test]
fn the_user_may_try_again_exactly_where_nothing_was_sent() {
    for (event, expected) in [
        (failed("ECONNREFUSED"), UserMessage::TryLater),
        (failed("CERT_HAS_EXPIRED"), UserMessage::TryLater),
        (failed("ECONNRESET"), UserMessage::Unknown),
        (failed_after(1, "ECONNREFUSED"), UserMessage::Unknown),
        (answered(502, "<html>"), UserMessage::Unknown),
    ] {
        // The third attempt is the last.
        let events = [event.clone(), waited(), event.clone(), waited(), event];
        let error = step(&config(), &events).unwrap_err();
        assert_eq!(error.user_message(), expected, "{error}");
    }
}

#[test]
fn the_audit_log_gets_the_cause_of_an_error_without_a_code_of_tencents() {
    for (event, expected) in [
        (failed("ECONNRESET"), Some("ECONNRESET")),
        (failed("deadline"), Some("timeout")),
        (answered(502, "<html>"), Some("HTTP status 502")),
        (
            answered(200, r#"{ "Response": { "SendStatusSet": [] } }"#),
            Some("HTTP status 200"),
        ),
        (refused("LimitExceeded.PhoneNumberDailyLimit"), None),
    ] {
        let error = after(event).unwrap_err();
        assert_eq!(error.reason().as_deref(), expected, "{error}");
        let repeated = Error::Repeated(Box::new(error));
        assert_eq!(repeated.reason().as_deref(), expected, "{repeated}");
    }
    assert_eq!(number_not_allowed().reason(), None);
}

#[test]
fn an_error_that_names_a_key_is_an_issue_of_that_key() {
    let [refused_template, _] = refused_and_repeated();
    let mut mainland_only = config();
    mainland_only["templates"] =
        json!([{ "usageType": "Generic", "templateCode": { "china": 1110 } }]);
    for (error, path) in [
        (refused_template, "templates[0].templateCode"),
        (
            step_to("12025550123", &mainland_only, &[]).unwrap_err(),
            "templates[0].templateCode.overseas",
        ),
        (
            after(refused("UnauthorizedOperation.SmsSdkAppIdVerifyFail")).unwrap_err(),
            "sdkAppId",
        ),
    ] {
        let [issue] = &error.issues()[..] else {
            panic!("one issue expected: {error}");
        };
        assert_eq!(issue.path.to_string(), path);
        // The Console shows the path itself, in front of the message.
        let line = error.to_string();
        let line = line.split(" [").next().unwrap();
        assert_eq!(issue.message.to_string(), format!("does not work: {line}"));
    }
}

#[test]
fn an_error_that_names_no_key_is_no_issue() {
    let not_an_object = Config::parse(&crossing(&json!([]))).unwrap_err();
    for error in [
        number_not_allowed(),
        after(refused("LimitExceeded.PhoneNumberDailyLimit")).unwrap_err(),
        after(failed("ECONNRESET")).unwrap_err(),
        Error::InvalidConfig(not_an_object),
        Error::Trapped,
    ] {
        assert_eq!(error.issues(), [], "{error}");
    }
}

#[test]
fn a_refusal_that_leaves_the_outcome_open_says_so() {
    for row in all_error_codes() {
        if let Err(error) = after(refused(row.tencent_code)) {
            let says_so = error.to_string().contains("may or may not have been sent");
            let is_open = row.user_message == UserMessage::Unknown;
            assert_eq!(says_so, is_open, "{error}");
        }
    }
}
