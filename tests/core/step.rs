//! Events as the shim writes them, and what may be printed of a request.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Memory, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Event, SeenFailure, StoreAction, TraceId};
use serde_json::{Value, json};

use crate::support::crossing::crossing;

fn read(event: &Value) -> Option<Event> {
    Event::read(&crossing(event))
}

fn without(event: &Value, key: &str) -> Value {
    let mut event = event.clone();
    event.as_object_mut().unwrap().remove(key).unwrap();
    event
}

#[test]
fn a_start_and_a_wait_are_read() {
    let Some(Event::Started { at }) = read(&json!({ "startedAt": 1_551_113_065_123_u64 })) else {
        panic!("no start");
    };
    assert_eq!(at, 1_551_113_065_123.0);
    let Some(Event::Waited { waited_ms }) = read(&json!({ "waitedMs": 250 })) else {
        panic!("no wait");
    };
    assert_eq!(waited_ms, 250.0);
}

#[test]
fn a_reply_of_the_store_is_read() {
    for (action, expected) in [
        ("take", StoreAction::Take),
        ("giveBack", StoreAction::GiveBack),
        ("look", StoreAction::Look),
        ("reset", StoreAction::Reset),
    ] {
        for (reply, numbers) in [
            (json!([0]), Some(vec![0])),
            (
                json!([1_700_000_000_000_001_u64, 0]),
                Some(vec![1_700_000_000_000_001, 0]),
            ),
            (json!([-1]), None),
            (json!(["0"]), None),
            (json!(null), None),
        ] {
            let event = json!({ "store": action, "reply": reply });
            match read(&event) {
                Some(Event::Stored { action, reply }) => {
                    assert_eq!((action, reply), (expected, numbers), "{event}");
                }
                _ => panic!("no reply: {event}"),
            }
        }
    }
    assert!(read(&json!({ "store": "flush" })).is_none());
}

#[test]
fn an_answer_is_read_with_or_without_a_date() {
    let event = json!({
        "action": "SendSms", "receivedAt": 1000, "status": 200, "date": 2000, "body": "{}",
        "departures": 1
    });
    for (event, expected) in [
        (event.clone(), Some(2000.0)),
        (without(&event, "date"), None),
    ] {
        let Some(Event::Answered {
            action,
            received_at,
            status,
            date,
            body,
            departures,
        }) = read(&event)
        else {
            panic!("no answer: {event}");
        };
        assert_eq!((action.as_str(), body.as_str()), ("SendSms", "{}"));
        assert_eq!((received_at, status, date), (1000.0, 200, expected));
        assert_eq!(departures, 1);
    }
    for key in ["action", "receivedAt", "status", "body", "departures"] {
        assert!(read(&without(&event, key)).is_none(), "without {key}");
    }
}

#[test]
fn a_failure_is_read_with_all_that_its_error_names() {
    let event = json!({
        "action": "SendSms", "failure": "ECONNREFUSED", "syscall": "connect",
        "hostname": "proxy.example", "port": 3128, "proxyStatus": 407, "departures": 2
    });
    let failure_of = |event: &Value| match read(event) {
        Some(Event::Failed {
            action,
            failure,
            departures,
        }) => {
            assert_eq!((action.as_str(), departures), ("SendSms", 2));
            failure
        }
        _ => panic!("no failure: {event}"),
    };
    let whole = SeenFailure {
        code: "ECONNREFUSED".to_owned(),
        syscall: Some("connect".to_owned()),
        hostname: Some("proxy.example".to_owned()),
        port: Some(3128),
        proxy_status: Some(407),
    };
    assert!(failure_of(&event) == whole);
    let bare = SeenFailure {
        code: whole.code,
        syscall: None,
        hostname: None,
        port: None,
        proxy_status: None,
    };
    let event = json!({ "action": "SendSms", "failure": "ECONNREFUSED", "departures": 2 });
    assert!(failure_of(&event) == bare);
    for key in ["action", "departures"] {
        assert!(read(&without(&event, key)).is_none(), "without {key}");
    }
}

#[test]
fn other_values_are_no_events() {
    for event in [
        json!({}),
        json!(null),
        json!([]),
        json!({ "startedAt": "now" }),
    ] {
        assert!(read(&event).is_none(), "{event}");
    }
}

#[test]
fn debug_output_of_a_request_holds_nothing_secret_or_personal() {
    let config = json!({
        "accessKeyId": "canary-id", "accessKeySecret": "canary-key", "securityToken": "canary-token",
        "signName": "腾讯云", "sdkAppId": 1400006666,
        "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
    });
    let config = Config::parse(&crossing(&config)).unwrap();
    let data = json!({ "to": "8613800138000", "type": "", "payload": { "code": "canary" } });
    let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
    let entropy = || Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    };
    let memory = &mut Memory::none();
    let step = next_step(&config, &message, &[], 1e12, memory, &entropy).unwrap();
    let shown = format!("{step:?}");
    assert!(
        shown.contains("https://sms.tencentcloudapi.com/"),
        "{shown}"
    );
    assert!(shown.contains("SendSms"), "{shown}");
    for secret in ["canary", "13800138000", "TC3-HMAC-SHA256"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
