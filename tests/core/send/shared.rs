//! The limits of a config with the store `redis`: the commands for the store, and what its replies decide.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Error, Memory, Sent, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Event, Step, StoreAction, StoreCommand, TraceId};
use serde_json::{Value, json};

use super::{NOW, NUMBER, answered, config, failed};
use crate::support::crossing::crossing;

fn limits() -> Value {
    json!({ "store": "redis", "perNumber": "1/1h", "perIp": "20/1h", "total": "7/1s" })
}

/// A process with a config.
struct Process {
    config: Config,
    memory: Memory,
    data: Value,
}

impl Process {
    fn with(changes: &Value) -> Self {
        let mut config = config();
        for (key, value) in changes.as_object().unwrap() {
            config[key] = value.clone();
        }
        Self {
            config: Config::parse(&crossing(&config)).unwrap(),
            memory: Memory::none(),
            data: json!({ "to": NUMBER, "type": "SignIn", "payload": { "code": "116410" } }),
        }
    }

    fn new(limits: &Value) -> Self {
        Self::with(&json!({ "limits": limits }))
    }

    fn step(&mut self, events: &[Event]) -> Result<Step<Sent>, Error> {
        let message = Message::parse(&crossing(&self.data), self.config.bare_numbers).unwrap();
        let entropy = Entropy {
            trace_id: TraceId::from_bytes([7; 16]),
            jitter: 0.0,
        };
        let events = [&[Event::Started { at: NOW }], events].concat();
        let memory = &mut self.memory;
        next_step(&self.config, &message, &events, NOW, memory, &|| entropy)
    }

    /// Returns the command of a step that must be for the store.
    fn command(&mut self, events: &[Event]) -> StoreCommand {
        match self.step(events) {
            Ok(Step::Store { command }) => command,
            step => panic!("{step:?}"),
        }
    }

    /// Returns the kind of step, or the limit that refuses the message.
    fn kind(&mut self, events: &[Event]) -> &'static str {
        match self.step(events) {
            Ok(Step::Request { .. }) => "request",
            Ok(Step::Store { command }) => match command.action {
                StoreAction::Take => "take",
                StoreAction::GiveBack => "giveBack",
                StoreAction::Look | StoreAction::Reset => "other",
            },
            Ok(Step::Done { .. }) => "sent",
            Err(Error::LimitReached { limit, .. }) => limit.key(),
            Err(Error::Api { .. }) => "failed",
            step => panic!("{step:?}"),
        }
    }
}

fn took(reply: Option<&[u64]>) -> Event {
    Event::Stored {
        action: StoreAction::Take,
        reply: reply.map(<[u64]>::to_vec),
    }
}

fn gave_back() -> Event {
    Event::Stored {
        action: StoreAction::GiveBack,
        reply: None,
    }
}

fn refused(code: &str) -> Event {
    let body = json!({ "Response": { "Error": { "Code": code } } });
    answered(200, &body.to_string())
}

#[test]
fn a_command_takes_all_places_of_a_message_with_the_times_of_its_limits() {
    let mut process = Process::new(&limits());
    process.data["ip"] = "203.0.113.7".into();
    let command = process.command(&[]);
    assert_eq!(command.action, StoreAction::Take);
    // 20/1h, 1/1h and 7/1s: a seventh of a second is rounded up to whole microseconds.
    assert_eq!(
        command.times,
        [
            180_000_000,
            3_600_000_000,
            3_600_000_000,
            3_600_000_000,
            142_858,
            1_000_006
        ]
    );
    assert_eq!(command.keys.len(), 4);
    // Without an address, there is one key less.
    process.data.as_object_mut().unwrap().remove("ip");
    let without_address = process.command(&[]);
    assert_eq!(without_address.keys, command.keys[1..]);
}

/// The keys, computed with Python's `hmac`:
///
/// ```python
/// import hmac
/// mac = lambda key, text: hmac.digest(key, text, 'sha256')
/// key = mac(b'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE', b'connector-tencent-sms-wasm limits')
/// print(mac(key, b'1400006666')[:6].hex())
/// print(mac(key, b'1400006666 perNumber 1/1h 8613800138000')[:12].hex())
/// print(mac(key, b'1400006666 total 7/1s ')[:12].hex())
/// ```
#[test]
fn keys_are_keyed_hashes_in_one_hash_slot() {
    let mut process = Process::with(&json!({
        "accessKeySecret": "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "sdkAppId": "1400006666",
        "limits": limits()
    }));
    let command = process.command(&[]);
    assert_eq!(
        command.keys,
        [
            "tencent-sms:{0ac127a2e697}8cf9013007c7f0f4d771e1c3",
            "tencent-sms:{0ac127a2e697}5f9f154a7b362e2da1f54af3",
            "tencent-sms:{0ac127a2e697}clock"
        ]
    );
}

#[test]
fn keys_differ_by_secret_key_application_limit_and_number() {
    let keys = |changes: &Value, number: &str| {
        let mut process = Process::with(changes);
        process.data["to"] = number.into();
        process.command(&[]).keys.swap_remove(0)
    };
    let limits = json!({ "limits": { "store": "redis", "perNumber": "5/1h" } });
    let with = |key: &str, value: &str| {
        let mut changes = limits.clone();
        changes[key] = value.into();
        changes
    };
    let other_limit = json!({ "limits": { "store": "redis", "perNumber": "6/1h" } });
    let other_kind = json!({ "limits": { "store": "redis", "perRange": "5/1h" } });
    let mut all = vec![
        keys(&limits, NUMBER),
        keys(&limits, "8613800138001"),
        keys(&with("sdkAppId", "1400007777"), NUMBER),
        keys(&with("accessKeySecret", "AnotherExampleSecretKey"), NUMBER),
        keys(&other_limit, NUMBER),
        keys(&other_kind, NUMBER),
    ];
    assert_eq!(keys(&limits, NUMBER), all[0]);
    // The name of the key is no part of it: the same number by another spelling of the same limit.
    let same_limit = json!({ "limits": { "store": "redis", "perNumber": " 5 / 60m" } });
    assert_eq!(keys(&same_limit, "+8613800138000"), all[0]);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6);
}

#[test]
fn the_store_decides() {
    let mut process = Process::new(&limits());
    for _ in 0..3 {
        assert_eq!(process.kind(&[took(Some(&[0]))]), "request");
    }
    assert_eq!(process.kind(&[took(Some(&[1]))]), "perNumber");
    assert_eq!(process.kind(&[took(Some(&[2]))]), "total");
}

#[test]
fn the_process_counts_for_itself_while_the_store_gives_no_valid_reply() {
    let no_replies: [Option<&[u64]>; 5] = [
        None,
        Some(&[]),
        Some(&[3]),
        Some(&[0, 0]),
        Some(&[u64::MAX]),
    ];
    for reply in no_replies {
        let mut process = Process::new(&limits());
        assert_eq!(process.kind(&[took(reply)]), "request", "{reply:?}");
        assert_eq!(process.kind(&[took(reply)]), "perNumber", "{reply:?}");
    }
}

#[test]
fn a_message_that_certainly_was_not_sent_gives_its_places_back_where_it_took_them() {
    let refusal = refused("FailedOperation.SignatureIncorrectOrUnapproved");
    let mut process = Process::new(&limits());
    let taken = process.command(&[]);
    let command = process.command(&[took(Some(&[0])), refusal.clone()]);
    assert_eq!(command.action, StoreAction::GiveBack);
    assert_eq!((command.keys, command.times), (taken.keys, taken.times));
    let over = [took(Some(&[0])), refusal.clone(), gave_back()];
    assert_eq!(process.kind(&over), "failed");
    // Nothing was given back to the memory, where nothing was taken.
    assert_eq!(process.kind(&[took(None)]), "request");
    assert_eq!(process.kind(&[took(None)]), "perNumber");

    // The place was taken in memory.
    assert_eq!(process.kind(&[took(None), refusal]), "failed");
    assert_eq!(process.kind(&[took(None)]), "request");
    assert_eq!(process.kind(&[took(None)]), "perNumber");
}

#[test]
fn a_message_that_may_be_sent_keeps_its_places() {
    let mut process = Process::new(&limits());
    for code in ["InternalError.Timeout", "NotYet.Known"] {
        assert_eq!(process.kind(&[took(Some(&[0])), refused(code)]), "failed");
    }
}

#[test]
fn a_send_that_gave_its_places_back_makes_no_other_attempt() {
    let mut process = Process::new(&limits());
    let failure = failed("ECONNREFUSED");
    let once = [took(Some(&[0])), failure.clone()];
    assert_eq!(process.kind(&once), "request");
    let three_times = [
        took(Some(&[0])),
        failure.clone(),
        failure.clone(),
        failure.clone(),
    ];
    assert_eq!(process.kind(&three_times), "giveBack");
    // The decision stands even if a random wait would now leave time for another attempt.
    assert_eq!(
        process.kind(&[took(Some(&[0])), failure, gave_back()]),
        "failed"
    );
}

#[test]
fn with_the_mode_monitor_a_refused_message_is_sent_and_gives_nothing_back() {
    let mut limits = limits();
    limits["mode"] = "monitor".into();
    let mut process = Process::new(&limits);
    assert_eq!(process.kind(&[took(Some(&[1]))]), "request");
    let refusal = refused("FailedOperation.SignatureIncorrectOrUnapproved");
    assert_eq!(process.kind(&[took(Some(&[1])), refusal]), "failed");
    let accepted = answered(
        200,
        r#"{"Response":{"SendStatusSet":[{"Code":"Ok","SerialNo":"1"}]}}"#,
    );
    match process.step(&[took(Some(&[1])), accepted]) {
        Ok(Step::Done { outcome }) => {
            let line = outcome.warnings[0].to_string();
            assert!(line.ends_with("1 (perNumber: 1)"), "{line}");
        }
        step => panic!("{step:?}"),
    }
}

#[test]
fn messages_that_no_limit_counts_need_no_store() {
    let mut exempt = limits();
    exempt["exempt"] = json!(["+8613800138000"]);
    for limits in [
        json!({ "store": "redis" }),
        exempt,
        json!({ "perNumber": "1/1h" }),
    ] {
        assert_eq!(Process::new(&limits).kind(&[]), "request", "{limits}");
    }
    // Without an address, the only limit counts nothing.
    let per_ip = json!({ "store": "redis", "perIp": "1/1h" });
    assert_eq!(Process::new(&per_ip).kind(&[]), "request");
}

#[test]
fn the_time_of_the_store_counts_against_the_deadline() {
    let mut process = Process::with(&json!({ "timeoutSeconds": 1, "limits": limits() }));
    let message = Message::parse(&crossing(&process.data), process.config.bare_numbers).unwrap();
    let entropy = || Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.0,
    };
    let events = [Event::Started { at: NOW }, took(Some(&[0]))];
    let later = NOW + 100.0;
    let (config, memory) = (&process.config, &mut process.memory);
    match next_step(config, &message, &events, later, memory, &entropy) {
        Ok(Step::Request { timeout_ms, .. }) => assert_eq!(timeout_ms, 900.0),
        step => panic!("{step:?}"),
    }
}

#[test]
fn a_secret_key_outside_of_the_config_makes_the_same_keys() {
    let secret_key = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    let in_config =
        Process::with(&json!({ "accessKeySecret": secret_key, "limits": limits() })).command(&[]);
    let mut process = Process::with(&json!({
        "accessKeySecret": "env:TENCENTCLOUD_SECRET_KEY", "limits": limits()
    }));
    let Ok(Step::Read { places, .. }) = process.step(&[]) else {
        panic!("the SecretKey is not read");
    };
    let reading = json!({ "read": [{ "env": "TENCENTCLOUD_SECRET_KEY", "text": secret_key }] });
    let read = Event::read(&crossing(&reading)).unwrap();
    assert!(read.readings_of(&places).is_some());
    assert_eq!(process.command(std::slice::from_ref(&read)), in_config);
    assert_eq!(process.kind(&[read.clone(), took(Some(&[0]))]), "request");
    assert_eq!(process.kind(&[read.clone(), took(Some(&[1]))]), "perNumber");
    // The places are given back by the names under which they were taken, even if the secret was rotated.
    let rotated = json!({ "read": [{ "env": "TENCENTCLOUD_SECRET_KEY", "text": "another" }] });
    let rotated = Event::read(&crossing(&rotated)).unwrap();
    let refusal = refused("FailedOperation.SignatureIncorrectOrUnapproved");
    let given_back = process.command(&[read, took(Some(&[0])), rotated, refusal]);
    assert_eq!(given_back.action, StoreAction::GiveBack);
    assert_eq!(given_back.keys, in_config.keys);
}

#[test]
fn temporary_keys_are_no_part_of_the_names() {
    let mut process = Process::with(&json!({
        "accessKeyId": null, "accessKeySecret": null, "credentials": "cvm-role", "limits": limits()
    }));
    assert_eq!(process.command(&[]).keys.len(), 3);
}
