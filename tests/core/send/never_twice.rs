//! The promise of the connector, over random courses of a send: a message is never sent twice, and every
//! send ends in time.

use std::cell::Cell;

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Memory, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Event, Step, StoreAction, TraceId};
use proptest::prelude::*;
use serde_json::json;

use crate::support::any::cases;
use crate::support::crossing::crossing;
use crate::support::failed_exchange::failed_exchange;

/// The outcome of one request.
#[derive(Clone, Debug)]
struct Outcome {
    takes_ms: f64,
    /// True if Tencent may have accepted the message.
    may_be_sent: bool,
    seen: Seen,
}

/// The part of an outcome that the shim sees.
#[derive(Clone, Debug)]
enum Seen {
    /// The body, and the date in UNIX milliseconds.
    Answer(String, Option<f64>),
    /// The code, and how often the request is known to have left.
    Failure(&'static str, u64),
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let status =
        |code: &str| json!({ "Response": { "SendStatusSet": [{ "Code": code }] } }).to_string();
    let refusal = |code: &str| json!({ "Response": { "Error": { "Code": code } } }).to_string();
    let date = prop::sample::select(vec![
        None,
        // Ten minutes after 10^12, 10^12 itself, and a date that is too far off to be believed.
        Some(1_000_000_600_000.0),
        Some(1_000_000_000_000.0),
        Some(0.0),
    ]);
    let seen = prop_oneof![
        Just((true, Seen::Answer(status("Ok"), None))),
        Just((true, Seen::Answer("<html>".to_owned(), None))),
        Just((true, Seen::Answer(refusal("InternalError.Timeout"), None))),
        Just((
            false,
            Seen::Answer(refusal("LimitExceeded.DailyLimit"), None)
        )),
        Just((false, Seen::Answer(refusal("RequestLimitExceeded"), None))),
        Just((
            false,
            Seen::Answer(status("LimitExceeded.GlobalSmsSendingRateLimit"), None)
        )),
        date.prop_map(move |date| (
            false,
            Seen::Answer(refusal("AuthFailure.SignatureExpire"), date)
        )),
        prop::sample::select(vec!["ECONNREFUSED", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT"])
            .prop_map(|code| (false, Seen::Failure(code, 0))),
        prop::sample::select(vec!["CERT_HAS_EXPIRED", "EAI_AGAIN", "no fetch"])
            .prop_map(|code| (false, Seen::Failure(code, 0))),
        // The client's channels need not show that a request leaves.
        (
            prop::sample::select(vec!["deadline", "ECONNRESET", "Error"]),
            0..3_u64
        )
            .prop_map(|(code, departures)| (true, Seen::Failure(code, departures))),
        // A wrapper around fetch tried again, so the last error says nothing about the first request.
        (
            prop::sample::select(vec!["ECONNREFUSED", "CERT_HAS_EXPIRED"]),
            1..3_u64
        )
            .prop_map(|(code, departures)| (true, Seen::Failure(code, departures))),
    ];
    (0.0..4000.0_f64, seen).prop_map(|(takes_ms, (may_be_sent, seen))| Outcome {
        takes_ms,
        may_be_sent,
        seen,
    })
}

#[test]
fn a_message_is_never_sent_twice_and_every_send_ends_in_time() {
    let retried = Cell::new(0);
    let courses = (
        prop::collection::vec(any_outcome(), 4),
        0.0..1.0_f64,
        1.0..60.0_f64,
        // The reply of the store to the first command, if the limits are counted there.
        prop::option::of(prop::option::of(0..3_u64)),
    );
    proptest!(cases(1000), |((outcomes, jitter, timeout, store) in courses)| {
        let config = Config::parse(&crossing(&json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [{ "usageType": "Generic", "templateCode": 1 }],
            "timeoutSeconds": timeout,
            "limits": { "total": "5/1h", "store": if store.is_some() { "redis" } else { "memory" } }
        }))).unwrap();
        let data = json!({ "to": "8613800138000", "type": "", "payload": { "code": "1" } });
        let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();

        let began_at = 1e12;
        let deadline = began_at + timeout * 1000.0;
        let mut now = began_at;
        let mut events = vec![Event::Started { at: began_at }];
        let mut perhaps_sent = 0;
        let mut requests = 0;
        let mut has_place = store.is_none();
        let mut memory = Memory::none();
        loop {
            match next_step(&config, &message, &events, now, &mut memory, &|| Entropy { trace_id: TraceId::from_bytes([0; 16]), jitter }) {
                Ok(Step::Request { timeout_ms, .. }) => {
                    prop_assert_eq!(perhaps_sent, 0, "sent again: {:?}", events);
                    prop_assert!(has_place, "sent without a place: {:?}", events);
                    prop_assert!(now + timeout_ms <= deadline + 1.0);
                    let outcome = &outcomes[requests];
                    requests += 1;
                    prop_assert!(requests <= 3);
                    // The shim ends an exchange at its limit, as it knows it.
                    now += outcome.takes_ms.min(timeout_ms);
                    let in_time = outcome.takes_ms < timeout_ms;
                    perhaps_sent += usize::from(outcome.may_be_sent || !in_time);
                    events.push(match &outcome.seen {
                        Seen::Answer(body, date) if in_time => Event::Answered {
                            action: "SendSms".to_owned(),
                            received_at: now,
                            status: 200,
                            date: *date,
                            body: body.clone(),
                            departures: 1,
                        },
                        Seen::Failure(code, departures) if in_time => {
                            failed_exchange("SendSms", *departures, code)
                        }
                        _ => failed_exchange("SendSms", 1, "deadline"),
                    });
                }
                Ok(Step::Wait { ms }) => {
                    prop_assert!(now + ms <= deadline);
                    now += ms;
                    events.push(Event::Waited { waited_ms: ms });
                }
                Ok(Step::Store { command }) => {
                    let reply = store.unwrap().map(|reply| vec![reply]);
                    has_place = command.action == StoreAction::Take && reply != Some(vec![1]);
                    events.push(Event::Stored { action: command.action, reply });
                }
                Ok(Step::Requests { .. } | Step::ExamineStore { .. }) => panic!("a send is one request at a time"),
                Ok(Step::Read { .. }) => panic!("the key is in the config"),
                Ok(Step::Done { .. }) | Err(_) => break,
            }
            prop_assert!(now <= deadline + 1.0);
        }
        retried.set(retried.get() + usize::from(requests > 1));
    });
    assert!(
        retried.get() > 200,
        "only {} of 1000 sends were tried again",
        retried.get()
    );
}
