//! Temporary keys. `tests/host/temporary-keys.test.js` compares the requests with those of Tencent's SDK.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::{ConnectorErrorCode, UserMessage};
use connector_tencent_sms_wasm::send::{Error, Memory};
use connector_tencent_sms_wasm::text::id;
use serde_json::{Value, json};

use super::{
    NOW, Ran, SECRET_ID, SECRET_KEY, accepted, answered, config, failed, refused, send, send_at,
};
use crate::support::crossing::crossing;

const LIST: &str = "http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/";
const KEY: &str = "http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/SMS";
const SMS: &str = "https://sms.tencentcloudapi.com/";
const STS: &str = "https://sts.tencentcloudapi.com/";

const HOUR_MS: f64 = 60.0 * 60.0 * 1000.0;

fn machine() -> Value {
    config(&json!({ "credentials": "cvm-role" }))
}

/// The answer of the metadata service with a key that ends after some time.
fn key(secret_id: &str, now: f64, lasts_ms: f64) -> String {
    let ends_at = ((now + lasts_ms) / 1000.0) as u64;
    json!({
        "TmpSecretId": secret_id, "TmpSecretKey": SECRET_KEY, "Token": "token", "Code": "Success",
        "ExpiredTime": ends_at, "Expiration": "2019-02-25T22:44:25Z"
    })
    .to_string()
}

/// Answers as a machine with the role SMS, whose key lasts some hours, and as Tencent.
fn healthy(step: &Value, now: f64) -> (Value, f64) {
    match step["request"]["url"].as_str().unwrap() {
        LIST => answered(step, now, 200, "SMS"),
        KEY => answered(step, now, 200, &key(SECRET_ID, now, 6.0 * HOUR_MS)),
        SMS => answered(step, now, 200, &accepted()),
        url => panic!("{url}"),
    }
}

fn without_key(ran: &Ran) -> (String, String) {
    let Err(error @ Error::NoKey { cause, path, .. }) = &ran.result else {
        panic!("{:?}", ran.result);
    };
    assert_eq!(path.to_string(), "credentials");
    assert_eq!(error.code(), ConnectorErrorCode::General);
    assert_eq!(error.user_message(), UserMessage::TryLater);
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    (cause.id().name().to_owned(), error.reason().unwrap())
}

#[test]
fn a_machine_gets_the_key_of_its_role_once() {
    let mut memory = Memory::none();
    let ran = send_at(NOW, &mut memory, &machine(), healthy);
    assert!(ran.result.is_ok());
    assert_eq!(ran.urls(), [LIST, KEY, SMS]);
    let request = &ran.steps[0]["request"];
    assert_eq!(request["method"], "GET");
    assert_eq!(request["headers"], json!({}));
    assert_eq!(request.get("body"), None);
    assert_eq!(ran.steps[0]["isShared"], true);
    assert_eq!(ran.steps[2].get("isShared"), None);
    assert_eq!(ran.steps[2]["request"]["headers"]["X-TC-Token"], "token");
    assert_eq!(ran.secret_ids(), [SECRET_ID]);
    // The next messages use the same key.
    for hours in [1.0, 5.5, 5.9] {
        let ran = send_at(NOW + hours * HOUR_MS, &mut memory, &machine(), healthy);
        assert_eq!(ran.urls(), [SMS], "after {hours} h");
    }
    // Another source has a key of its own.
    let named = config(&json!({ "credentials": "cvm-role:SMS" }));
    assert_eq!(
        send_at(NOW, &mut memory, &named, healthy).urls(),
        [KEY, SMS]
    );
}

#[test]
fn a_key_is_renewed_before_its_end_and_used_until_then() {
    let mut memory = Memory::none();
    send_at(NOW, &mut memory, &machine(), healthy);
    // Four minutes before the end.
    let late = NOW + 6.0 * HOUR_MS - 4.0 * 60_000.0;
    for (after_ms, reply, expected) in [
        // One message tries, for a second at most, and the others do not wait for it.
        (0.0, Some("deadline"), vec![LIST, SMS]),
        (1_500.0, None, vec![SMS]),
        (29_000.0, None, vec![SMS]),
        (31_000.0, Some("ECONNREFUSED"), vec![LIST, SMS]),
        (62_000.0, Some("HTTP"), vec![LIST, SMS]),
    ] {
        let ran = send_at(
            late + after_ms,
            &mut memory,
            &machine(),
            |step, now| match (step["request"]["url"].as_str().unwrap(), reply) {
                (LIST, Some("HTTP")) => answered(step, now, 500, "<html>"),
                (LIST, Some(code)) => {
                    assert_eq!(step["timeoutMs"], 1000.0);
                    failed(step, code, if code == "deadline" { 1000.0 } else { 1.0 })
                }
                _ => answered(step, now, 200, &accepted()),
            },
        );
        assert!(ran.result.is_ok());
        assert_eq!(ran.urls(), expected, "{after_ms} ms later");
        assert_eq!(ran.secret_ids(), [SECRET_ID]);
    }
    // Then the renewal succeeds.
    let new = "AKIDnewnewnewnewnewnewnewnewnewnewEXAMPLE";
    let ran =
        send_at(
            late + 100_000.0,
            &mut memory,
            &machine(),
            |step, now| match step["request"]["url"].as_str().unwrap() {
                KEY => answered(step, now, 200, &key(new, now, 6.0 * HOUR_MS)),
                _ => healthy(step, now),
            },
        );
    assert_eq!(ran.urls(), [LIST, KEY, SMS]);
    assert_eq!(ran.secret_ids(), [new]);
    let ran = send_at(late + 200_000.0, &mut memory, &machine(), healthy);
    assert_eq!(ran.urls(), [SMS]);
    assert_eq!(ran.secret_ids(), [new]);
}

#[test]
fn a_key_that_has_ended_is_not_used() {
    let mut memory = Memory::none();
    send_at(NOW, &mut memory, &machine(), healthy);
    let ended = NOW + 6.0 * HOUR_MS;
    let ran = send_at(ended, &mut memory, &machine(), |step, _| {
        failed(step, "ECONNREFUSED", 1.0)
    });
    assert_eq!(ran.urls(), [LIST, LIST]);
    let expected = ("temporary.failed".to_owned(), "ECONNREFUSED".to_owned());
    assert_eq!(without_key(&ran), expected);
}

#[test]
fn a_key_that_tencent_refuses_is_replaced_once() {
    let mut memory = Memory::none();
    send_at(NOW, &mut memory, &machine(), healthy);
    let new = "AKIDnewnewnewnewnewnewnewnewnewnewEXAMPLE";
    let code = "AuthFailure.SecretIdNotFound";
    for (is_accepted, now) in [(true, NOW + HOUR_MS), (false, NOW + 2.0 * HOUR_MS)] {
        let mut answers = vec![
            refused(code),
            if is_accepted {
                accepted()
            } else {
                refused(code)
            },
        ]
        .into_iter();
        let ran = send_at(
            now,
            &mut memory,
            &machine(),
            |step, now| match step["request"]["url"].as_str().unwrap() {
                KEY => answered(step, now, 200, &key(new, now, 6.0 * HOUR_MS)),
                SMS => answered(step, now, 200, &answers.next().unwrap()),
                _ => healthy(step, now),
            },
        );
        assert_eq!(ran.urls(), [SMS, LIST, KEY, SMS]);
        assert_eq!(ran.result.is_ok(), is_accepted);
    }
}

#[test]
fn a_service_that_hangs_refuses_or_lies_is_an_error_within_the_deadline() {
    let secret = "not-a-SecretId-but-a-secret";
    let valid = key(SECRET_ID, NOW, HOUR_MS);
    let without = |field: &str| {
        let mut key: Value = serde_json::from_str(&valid).unwrap();
        key.as_object_mut().unwrap().remove(field);
        key.to_string()
    };
    let with = |field: &str, value: Value| {
        let mut key: Value = serde_json::from_str(&valid).unwrap();
        key[field] = value;
        key.to_string()
    };
    let other = "temporary.other-answer";
    for (at, status, body, expected) in [
        (LIST, 404, String::new(), "temporary.no-role"),
        (LIST, 200, String::new(), other),
        (LIST, 200, "../../user-data".to_owned(), other),
        (LIST, 200, "A\nB".to_owned(), other),
        (LIST, 200, "<html>sign in</html>".to_owned(), other),
        (LIST, 200, "@evil.example/".to_owned(), other),
        (LIST, 302, String::new(), "temporary.failed"),
        (LIST, 500, String::new(), "temporary.failed"),
        (KEY, 404, String::new(), "temporary.unknown-role"),
        (KEY, 403, String::new(), "temporary.failed"),
        (KEY, 200, String::new(), other),
        (KEY, 200, "{}".to_owned(), other),
        (KEY, 200, "[".repeat(1000), other),
        (KEY, 200, r#"{"Code":"Failed"}"#.to_owned(), other),
        (KEY, 200, with("Code", json!("success")), other),
        (KEY, 200, with("TmpSecretId", json!(secret)), other),
        (KEY, 200, with("TmpSecretKey", json!("")), other),
        (KEY, 200, with("Token", json!("a\r\nX-Header: 1")), other),
        (KEY, 200, with("Token", json!(7)), other),
        (KEY, 200, with("ExpiredTime", json!("soon")), other),
        (KEY, 200, with("ExpiredTime", json!(-1)), other),
        (KEY, 200, without("ExpiredTime"), other),
        (KEY, 200, without("Token"), other),
        (KEY, 200, key(SECRET_ID, NOW, -1000.0), "temporary.ended"),
        (KEY, 200, key(SECRET_ID, NOW, 0.0), "temporary.ended"),
        (KEY, 200, with("ExpiredTime", json!(0)), "temporary.ended"),
    ] {
        let ran = send(&machine(), |step, now| {
            let url = step["request"]["url"].as_str().unwrap();
            assert!(url.starts_with(LIST), "{url}");
            match url == at {
                true => answered(step, now, status, &body),
                false => healthy(step, now),
            }
        });
        assert_eq!(without_key(&ran).0, expected, "{status} {body}");
        let line = ran.result.unwrap_err().to_string();
        for text in [
            secret,
            SECRET_ID,
            SECRET_KEY,
            "user-data",
            "evil",
            "X-Header",
        ] {
            assert!(!line.contains(text), "{line}");
        }
    }
    for seconds in [1.0, 2.0, 8.0, 60.0] {
        let mut config = machine();
        config["timeoutSeconds"] = json!(seconds);
        let ran = send(&config, |step, _| {
            failed(step, "deadline", step["timeoutMs"].as_f64().unwrap())
        });
        assert_eq!(
            without_key(&ran),
            ("temporary.failed".to_owned(), "timeout".to_owned())
        );
        let took_ms = ran.ended_at - NOW;
        assert!(
            took_ms <= seconds * 1000.0 && took_ms <= 5000.0,
            "{took_ms}"
        );
    }
}

#[test]
fn the_time_for_the_key_is_taken_from_the_time_for_the_message() {
    let ran = send(&machine(), |step, now| {
        let (event, _) = healthy(step, now);
        (event, 2000.0)
    });
    assert!(ran.result.is_ok());
    assert_eq!(ran.steps[2]["timeoutMs"], 4000.0);
}

#[test]
fn the_end_of_a_key_is_in_tencents_time() {
    // This machine's clock is an hour slow.
    for (lasts_ms, urls) in [(HOUR_MS + 6.0 * 60_000.0, vec![SMS]), (HOUR_MS, vec![])] {
        let mut memory = Memory::none();
        let reply = |step: &Value, now: f64| {
            let body = match step["request"]["url"].as_str().unwrap() {
                LIST => "SMS".to_owned(),
                KEY => key(SECRET_ID, now, lasts_ms),
                _ => accepted(),
            };
            let (mut event, took_ms) = answered(step, now, 200, &body);
            event["date"] = json!((now + HOUR_MS) as u64);
            (event, took_ms)
        };
        let ran = send_at(NOW, &mut memory, &machine(), reply);
        assert_eq!(ran.result.is_ok(), !urls.is_empty());
        if ran.result.is_ok() {
            assert_eq!(
                send_at(NOW + 1000.0, &mut memory, &machine(), reply).urls(),
                urls
            );
        }
    }
}

/// Answers as a pod with an identity.
fn pod(step: &Value, now: f64) -> (Value, f64) {
    let env = |name: &str, text: &str| json!({ "env": name, "text": text });
    match (
        step["kind"].as_str().unwrap(),
        step["places"].as_array().map(Vec::len),
    ) {
        ("read", Some(4)) => (
            json!({ "read": [
                env("TKE_REGION", "ap-guangzhou"),
                env("TKE_PROVIDER_ID", "cls-1234"),
                env("TKE_ROLE_ARN", "qcs::cam::uin/100001:roleName/SMS"),
                env("TKE_WEB_IDENTITY_TOKEN_FILE", "/var/run/secrets/cloud.tencent.com/serviceaccount/token"),
            ] }),
            0.0,
        ),
        ("read", _) => {
            let file = "/var/run/secrets/cloud.tencent.com/serviceaccount/token";
            let real = "/run/secrets/cloud.tencent.com/serviceaccount/..2019/token";
            let read =
                json!({ "file": file, "realPath": real, "text": "header.claims.signature\n" });
            (json!({ "read": [read] }), 0.0)
        }
        _ => match step["request"]["url"].as_str().unwrap() {
            STS => {
                let credentials = json!({
                    "TmpSecretId": SECRET_ID, "TmpSecretKey": SECRET_KEY, "Token": "token"
                });
                let ends_at = ((now + 2.0 * HOUR_MS) / 1000.0) as u64;
                let body = json!({ "Response": {
                    "Credentials": credentials, "ExpiredTime": ends_at, "RequestId": ""
                } });
                answered(step, now, 200, &body.to_string())
            }
            _ => answered(step, now, 200, &accepted()),
        },
    }
}

#[test]
fn a_pod_gets_the_key_of_its_role_once() {
    let mut memory = Memory::none();
    let config = config(&json!({ "credentials": "tke-oidc" }));
    let ran = send_at(NOW, &mut memory, &config, pod);
    assert!(ran.result.is_ok());
    assert_eq!(ran.urls(), [STS, SMS]);
    assert_eq!(ran.steps[2]["isShared"], true);
    let request = &ran.steps[2]["request"];
    assert_eq!(request["headers"]["Authorization"], "SKIP");
    let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["WebIdentityToken"], "header.claims.signature");
    assert_eq!(ran.secret_ids(), [SECRET_ID]);
    assert_eq!(
        send_at(NOW + HOUR_MS, &mut memory, &config, pod).urls(),
        [SMS]
    );
}

#[test]
fn the_error_of_a_pod_without_an_identity_names_what_is_missing() {
    let config = config(&json!({ "credentials": "tke-oidc" }));
    for (index, name) in [
        "TKE_REGION",
        "TKE_PROVIDER_ID",
        "TKE_ROLE_ARN",
        "TKE_WEB_IDENTITY_TOKEN_FILE",
    ]
    .into_iter()
    .enumerate()
    {
        for is_set in [false, true] {
            let ran = send(&config, |step, now| {
                let (mut event, took_ms) = pod(step, now);
                let is_first = step["places"].as_array().map(Vec::len) == Some(4);
                if let Some(reading) = event.get_mut("read").filter(|_| is_first) {
                    reading[index] = match is_set {
                        true => json!({ "env": name, "text": " " }),
                        false => json!({ "env": name, "failure": "not set" }),
                    };
                }
                (event, took_ms)
            });
            let expected = ("temporary.no-pod".to_owned(), name.to_owned());
            assert_eq!(without_key(&ran), expected);
        }
    }
    let ran = send(&config, |step, now| {
        let (mut event, took_ms) = pod(step, now);
        if let Some(file) = event["read"][0]["file"].as_str() {
            event = json!({ "read": [{ "file": file, "failure": "EACCES" }] });
        }
        (event, took_ms)
    });
    let file = "TKE_WEB_IDENTITY_TOKEN_FILE".to_owned();
    assert_eq!(without_key(&ran), ("temporary.no-pod".to_owned(), file));
}

#[test]
fn sts_is_quoted_by_its_code() {
    let config = config(&json!({ "credentials": "tke-oidc" }));
    for (body, expected) in [
        (
            refused("AuthFailure.AccessKeyIllegal"),
            ("temporary.refused", "AuthFailure.AccessKeyIllegal"),
        ),
        (
            refused("138 0013 8000"),
            ("temporary.other-answer", "other answer"),
        ),
        (
            "<html>".to_owned(),
            ("temporary.other-answer", "other answer"),
        ),
        (
            json!({ "Response": {} }).to_string(),
            ("temporary.other-answer", "other answer"),
        ),
    ] {
        let ran = send(&config, |step, now| match step["request"]["url"].as_str() {
            Some(STS) => answered(step, now, 200, &body),
            _ => pod(step, now),
        });
        let (cause, reason) = without_key(&ran);
        assert_eq!((cause.as_str(), reason.as_str()), expected);
    }
}

#[test]
fn overseas_can_have_a_source_of_its_own() {
    let mut both = machine();
    both["overseas"] = json!({ "credentials": "cvm-role:SMS", "signName": "Shop" });
    let parsed = Config::parse(&crossing(&both)).unwrap();
    assert_eq!(parsed.mainland.credentials.shown(), "cvm-role");
    assert_eq!(parsed.overseas.credentials.shown(), "cvm-role:SMS");
    both["overseas"] = json!({ "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY });
    let parsed = Config::parse(&crossing(&both)).unwrap();
    assert_eq!(parsed.overseas.credentials.identity(), SECRET_ID);
}

#[test]
fn a_source_replaces_the_key() {
    for (account, path, expected) in [
        (
            json!({ "credentials": "cvm" }),
            "credentials",
            id::CONFIG_CREDENTIALS,
        ),
        (
            json!({ "credentials": "cvm-role:a/b" }),
            "credentials",
            id::CONFIG_CREDENTIALS,
        ),
        (
            json!({ "credentials": true }),
            "credentials",
            id::CONFIG_TEXT,
        ),
        (
            json!({ "credentials": "cvm-role", "accessKeyId": SECRET_ID }),
            "credentials",
            id::CONFIG_KEY_OR_CREDENTIALS,
        ),
        (
            json!({ "credentials": "cvm-role", "securityToken": "token" }),
            "credentials",
            id::CONFIG_KEY_OR_CREDENTIALS,
        ),
        (
            json!({ "accessKeyId": SECRET_ID }),
            "accessKeySecret",
            id::CONFIG_REQUIRED,
        ),
    ] {
        let issues = Config::parse(&crossing(&config(&account))).unwrap_err();
        let found: Vec<_> = issues
            .iter()
            .map(|issue| (issue.path.to_string(), issue.message.id()))
            .collect();
        assert_eq!(found, [(path.to_owned(), expected)], "{account}");
    }
    assert!(Config::parse(&crossing(&config(&json!({ "credentials": " tke-oidc " })))).is_ok());
}
