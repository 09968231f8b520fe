//! References to environment variables and files.

use connector_tencent_sms_wasm::config::{Config, issues_on_this_machine};
use connector_tencent_sms_wasm::send::{Error, Memory};
use connector_tencent_sms_wasm::step::{Event, Step};
use connector_tencent_sms_wasm::text::{Id, id};
use serde_json::{Value, json};

use super::{NOW, Ran, SECRET_ID, SECRET_KEY, accepted, answered, config, refused, send, send_at};
use crate::support::crossing::crossing;

const TOKEN: &str = "da1e9d2ee9dda83506832d5ecb903b790132dfe340001";

fn referenced() -> Value {
    config(&json!({
        "accessKeyId": "env:TENCENTCLOUD_SECRET_ID",
        "accessKeySecret": " file:/run/secrets/tencent-key\n"
    }))
}

/// The shim's event after it read the two parts of a key.
fn key(secret_id: &str, secret_key: &str) -> Value {
    json!({ "read": [
        { "env": "TENCENTCLOUD_SECRET_ID", "text": secret_id },
        {
            "file": "/run/secrets/tencent-key",
            "realPath": "/run/secrets/..data/tencent-key",
            "text": secret_key
        },
    ] })
}

/// Returns the issues of a send, with their paths.
fn issues(ran: &Ran) -> Vec<(String, Id)> {
    let Err(Error::InvalidConfig(issues)) = &ran.result else {
        panic!("{:?}", ran.result);
    };
    issues
        .iter()
        .map(|issue| (issue.path.to_string(), issue.message.id()))
        .collect()
}

#[test]
fn a_reference_is_read_before_the_message_and_not_kept() {
    let mut memory = Memory::none();
    for (secret_id, around) in [
        (SECRET_ID, ""),
        ("AKIDotherotherotherotherotherotherEXAMPLE", "\n"),
    ] {
        let ran = send_at(
            NOW,
            &mut memory,
            &referenced(),
            |step, now| match step["kind"].as_str().unwrap() {
                "read" => (key(&[secret_id, around].concat(), SECRET_KEY), 0.0),
                _ => answered(step, now, 200, &accepted()),
            },
        );
        assert!(ran.result.is_ok());
        assert_eq!(
            ran.steps[0],
            json!({
                "kind": "read",
                "places": [
                    { "env": "TENCENTCLOUD_SECRET_ID" },
                    { "file": "/run/secrets/tencent-key" }
                ],
                "maxBytes": 4096
            })
        );
        assert_eq!(ran.steps.len(), 2);
        assert_eq!(ran.secret_ids(), [secret_id]);
    }
}

#[test]
fn a_key_that_is_written_in_the_config_needs_no_further_step() {
    let written = config(&json!({ "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY }));
    let ran = send(&written, |step, now| answered(step, now, 200, &accepted()));
    assert_eq!(ran.steps.len(), 1);
    assert_eq!(ran.secret_ids(), [SECRET_ID]);
    // The signature is the same as that of the same key behind references.
    let other = send(&referenced(), |step, now| match step["kind"].as_str() {
        Some("read") => (key(SECRET_ID, SECRET_KEY), 0.0),
        _ => answered(step, now, 200, &accepted()),
    });
    assert_eq!(ran.steps[0], other.steps[1]);
}

#[test]
fn nothing_is_sent_with_a_reference_that_leads_to_no_key() {
    let long = "A".repeat(4097);
    for (part, reading, expected) in [
        (0, json!({ "failure": "not set" }), id::REFERENCE_NOT_SET),
        (0, json!({ "text": "" }), id::REFERENCE_NOT_A_KEY),
        (0, json!({ "text": " \n" }), id::REFERENCE_NOT_A_KEY),
        (0, json!({ "text": SECRET_KEY }), id::REFERENCE_NO_SECRET_ID),
        (
            0,
            json!({ "text": format!("{SECRET_ID} {SECRET_KEY}") }),
            id::REFERENCE_NOT_A_KEY,
        ),
        (
            0,
            json!({ "text": format!("{SECRET_ID}\r\nX-TC-Token: 1") }),
            id::REFERENCE_NOT_A_KEY,
        ),
        (1, json!({ "failure": "ENOENT" }), id::REFERENCE_NO_FILE),
        (1, json!({ "failure": "ENOTDIR" }), id::REFERENCE_NO_FILE),
        (1, json!({ "failure": "EACCES" }), id::REFERENCE_UNREADABLE),
        (
            1,
            json!({ "failure": "not a file" }),
            id::REFERENCE_UNREADABLE,
        ),
        (1, json!({ "text": SECRET_KEY }), id::REFERENCE_LINK),
        (
            1,
            json!({ "text": SECRET_KEY, "realPath": "/etc/shadow" }),
            id::REFERENCE_LINK,
        ),
        (
            1,
            json!({ "text": SECRET_KEY, "realPath": "/run/secrets/database" }),
            id::REFERENCE_LINK,
        ),
        (
            1,
            json!({ "text": SECRET_KEY, "realPath": "/proc/self/environ" }),
            id::REFERENCE_LINK,
        ),
        (
            1,
            json!({ "text": long, "realPath": "/run/secrets/tencent-key" }),
            id::REFERENCE_NOT_A_KEY,
        ),
        (
            1,
            json!({ "text": "\u{fffd}\u{fffd}", "realPath": "/run/secrets/tencent-key" }),
            id::REFERENCE_NOT_A_KEY,
        ),
        (
            1,
            json!({ "text": SECRET_ID, "realPath": "/run/secrets/tencent-key" }),
            id::REFERENCE_SECRET_ID,
        ),
    ] {
        let mut event = key(SECRET_ID, SECRET_KEY);
        let read = event["read"][part].as_object_mut().unwrap();
        read.retain(|key, _| key == "env" || key == "file");
        read.extend(reading.as_object().unwrap().clone());
        let ran = send(&referenced(), |_, _| (event.clone(), 0.0));
        let path = ["accessKeyId", "accessKeySecret"][part];
        assert_eq!(issues(&ran), [(path.to_owned(), expected)], "{reading}");
        assert_eq!(ran.urls(), [""; 0]);
        // The line for the operator names the place, and not what it holds.
        let line = ran.result.unwrap_err().to_string();
        let place = [
            "env:TENCENTCLOUD_SECRET_ID",
            "file:/run/secrets/tencent-key",
        ][part];
        assert!(line.contains(place), "{line}");
        for secret in [SECRET_ID, SECRET_KEY, "shadow", "X-TC-Token"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

#[test]
fn var_run_is_usually_a_link_to_run() {
    for real_path in ["/run/secrets/tencent-id", "/var/run/secrets/tencent-id"] {
        let config = config(&json!({
            "accessKeyId": "file:/var/run/secrets/tencent-id", "accessKeySecret": SECRET_KEY
        }));
        let ran = send(&config, |step, now| match step["kind"].as_str() {
            Some("read") => {
                let file = "/var/run/secrets/tencent-id";
                let read = json!({ "file": file, "realPath": real_path, "text": SECRET_ID });
                (json!({ "read": [read] }), 0.0)
            }
            _ => answered(step, now, 200, &accepted()),
        });
        assert_eq!(ran.secret_ids(), [SECRET_ID]);
    }
}

#[test]
fn a_reference_for_the_token_leads_to_a_token_and_to_nothing_else() {
    let config = config(&json!({
        "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY, "securityToken": "env:TENCENTCLOUD_TOKEN"
    }));
    let with = |token: &str| {
        send(&config, |step, now| match step["kind"].as_str() {
            Some("read") => (
                json!({ "read": [{ "env": "TENCENTCLOUD_TOKEN", "text": token }] }),
                0.0,
            ),
            _ => answered(step, now, 200, &accepted()),
        })
    };
    let ran = with(TOKEN);
    assert_eq!(ran.steps[1]["request"]["headers"]["X-TC-Token"], TOKEN);
    // The token is sent in clear. A permanent SecretKey has 32 characters, and a temporary one 44.
    for text in [SECRET_KEY, SECRET_ID, &"a".repeat(44)] {
        let expected = ("securityToken".to_owned(), id::REFERENCE_NO_TOKEN);
        assert_eq!(issues(&with(text)), [expected], "{text}");
    }
}

#[test]
fn a_key_that_was_rotated_during_the_send_is_used() {
    let new = "AKIDnewnewnewnewnewnewnewnewnewnewEXAMPLE";
    for code in [
        "AuthFailure.SecretIdNotFound",
        "AuthFailure.SignatureFailure",
        "AuthFailure.TokenFailure",
    ] {
        // The last key that was read stays the same, or it is another one, which is accepted or not.
        for (keys, answers, expected) in [
            (
                vec![SECRET_ID, SECRET_ID],
                vec![refused(code)],
                vec![SECRET_ID],
            ),
            (
                vec![SECRET_ID, new],
                vec![refused(code), accepted()],
                vec![SECRET_ID, new],
            ),
            (
                vec![SECRET_ID, new, SECRET_ID],
                vec![refused(code), refused(code), refused(code)],
                vec![SECRET_ID, new, SECRET_ID],
            ),
            (
                vec![SECRET_ID, new, new],
                vec![refused(code), refused(code)],
                vec![SECRET_ID, new],
            ),
        ] {
            let is_sent = answers.last() == Some(&accepted());
            let (mut keys, mut answers) = (keys.into_iter(), answers.into_iter());
            let ran = send(&referenced(), |step, now| match step["kind"].as_str() {
                Some("read") => (key(keys.next().unwrap(), SECRET_KEY), 0.0),
                _ => answered(step, now, 200, &answers.next().unwrap()),
            });
            assert_eq!(ran.secret_ids(), expected, "{code}");
            assert_eq!(ran.result.is_ok(), is_sent);
        }
    }
    // Other refusals have nothing to do with the key, and a key in the config has no other value.
    let ran = send(&referenced(), |step, now| match step["kind"].as_str() {
        Some("read") => (key(SECRET_ID, SECRET_KEY), 0.0),
        _ => answered(
            step,
            now,
            200,
            &refused("LimitExceeded.PhoneNumberDailyLimit"),
        ),
    });
    assert_eq!(ran.steps.len(), 2);
    let written = config(&json!({ "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY }));
    let code = "AuthFailure.SecretIdNotFound";
    let ran = send(&written, |step, now| {
        answered(step, now, 200, &refused(code))
    });
    assert_eq!(ran.steps.len(), 1);
}

#[test]
fn references_are_checked_when_a_config_is_saved() {
    let mut both = referenced();
    both["overseas"] = json!({
        "accessKeyId": "env:TENCENT_SMS_ID", "accessKeySecret": SECRET_KEY, "signName": "Shop"
    });
    let mut events = Vec::new();
    let issues = loop {
        match issues_on_this_machine(&crossing(&both), &events, None) {
            Ok(issues) => break issues,
            Err(step) => {
                let Step::Read { places, .. } = *step else {
                    panic!("{step:?}");
                };
                let read: Vec<_> = places
                    .iter()
                    .map(|place| {
                        let mut reading = serde_json::to_value(place).unwrap();
                        reading["failure"] = json!("ENOENT");
                        reading
                    })
                    .collect();
                events.push(Event::read(&crossing(&json!({ "read": read }))).unwrap());
            }
        }
    };
    let found: Vec<_> = issues.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2);
    assert!(found[0].contains("accessKeyId") && found[0].contains("env:TENCENTCLOUD_SECRET_ID"));
    assert!(found[1].contains("overseas.accessKeyId") && found[1].contains("env:TENCENT_SMS_ID"));
    // A config without references is not read at all.
    let written = config(&json!({ "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY }));
    assert_eq!(
        issues_on_this_machine(&crossing(&written), &[], None).unwrap(),
        []
    );
}

#[test]
fn places_that_are_not_allowed_are_issues_of_the_config() {
    for (key, value) in [
        ("accessKeyId", "env:DB_URL"),
        ("accessKeySecret", "file:/etc/shadow"),
        ("securityToken", "env:HOME"),
    ] {
        let mut config =
            config(&json!({ "accessKeyId": SECRET_ID, "accessKeySecret": SECRET_KEY }));
        config[key] = json!(value);
        let issues = Config::parse(&crossing(&config)).unwrap_err();
        assert_eq!(issues.len(), 1);
        assert_eq!(issues[0].path.to_string(), key);
        assert_eq!(issues[0].message.id(), id::CONFIG_REFERENCE);
        config["overseas"] = json!({ key: value });
        let issues = Config::parse(&crossing(&config)).unwrap_err();
        let path = format!("overseas.{key}");
        assert!(issues.iter().any(|issue| issue.path.to_string() == path));
    }
    let twice = config(
        &json!({ "accessKeyId": "env:TENCENT_SMS_A", "accessKeySecret": "env:TENCENT_SMS_A" }),
    );
    let issues = Config::parse(&crossing(&twice)).unwrap_err();
    assert_eq!(issues[0].message.id(), id::CONFIG_EQUAL_KEYS);
}
