//! The counts of a number in the store, as the command `limits` shows them.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::limits::Kind;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{CountsOfNumber, counts_of};
use connector_tencent_sms_wasm::step::{Event, Step, StoreAction, StoreCommand};
use connector_tencent_sms_wasm::text::{Id, id};
use serde_json::{Value, json};

use super::{NUMBER, config};
use crate::support::crossing::crossing;

/// 1, 5 and 100 messages in an hour.
fn limits() -> Value {
    json!({ "store": "redis", "perNumber": "1/1h", "perRange": "5/1h", "total": "100/1h" })
}

fn step(limits: &Value, reset: Option<Kind>, events: &[Event]) -> Step<CountsOfNumber> {
    let mut config = config();
    config["limits"] = limits.clone();
    let config = Config::parse(&crossing(&config)).unwrap();
    let data = json!({ "to": NUMBER, "type": "", "payload": {} });
    let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
    counts_of(&config, &message, reset, events)
}

fn command(reset: Option<Kind>, events: &[Event]) -> StoreCommand {
    match step(&limits(), reset, events) {
        Step::Store { command } => command,
        step => panic!("{step:?}"),
    }
}

fn outcome(limits: &Value, events: &[Event]) -> CountsOfNumber {
    match step(limits, None, events) {
        Step::Done { outcome } => outcome,
        step => panic!("{step:?}"),
    }
}

fn replied(action: StoreAction, reply: Option<Vec<u64>>) -> Event {
    Event::Stored { action, reply }
}

#[test]
fn the_places_of_one_limit_are_freed_before_all_are_read() {
    let all = command(None, &[]);
    assert_eq!((all.action, all.keys.len()), (StoreAction::Look, 4));
    for (kind, index) in [(Kind::Number, 0), (Kind::Range, 1), (Kind::Total, 2)] {
        let reset = command(Some(kind), &[]);
        assert_eq!(reset.action, StoreAction::Reset);
        assert_eq!(reset.keys, [all.keys[index].clone(), all.keys[3].clone()]);
    }
    let after = [replied(StoreAction::Reset, Some(vec![0]))];
    assert_eq!(command(Some(Kind::Number), &after), all);
}

#[test]
fn each_limit_has_a_line() {
    let now = 1_700_000_000_000_000;
    let second = 1_000_000;
    // The one place of the number is free in half an hour. The range has taken three of five places, of which
    // one is nearly free. The total has none that are taken.
    let times = vec![now, now + 1800 * second, now + 1441 * second, now - 5];
    let outcome = outcome(&limits(), &[replied(StoreAction::Look, Some(times))]);
    assert!(outcome.is_known);
    let lines: Vec<_> = outcome.lines.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "perNumber 1/1h: 1 of 1 places taken; all free in 1800 s",
            "perRange 5/1h: 3 of 5 places taken; all free in 1441 s",
            "total 100/1h: 0 of 100 places taken; all free in 0 s",
        ]
    );
}

#[test]
fn counts_that_are_not_known_have_a_line_with_the_reason() {
    let reason = |limits: &Value, events: &[Event]| -> Id {
        let outcome = outcome(limits, events);
        assert!(!outcome.is_known);
        outcome.lines[0].id()
    };
    assert_eq!(
        reason(&json!({ "total": "1/1h" }), &[]),
        id::COUNTS_IN_MEMORY
    );
    assert_eq!(reason(&json!({ "store": "redis" }), &[]), id::COUNTS_NONE);
    let failed = [replied(StoreAction::Look, None)];
    assert_eq!(reason(&limits(), &failed), id::COUNTS_UNKNOWN);
}
