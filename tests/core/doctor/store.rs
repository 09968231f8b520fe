//! The check of the Redis with shared counts.

use connector_tencent_sms_wasm::doctor::{Check, Finding, State, examine};
use connector_tencent_sms_wasm::step::{
    Clock, Entropy, Event, Step, StoreAction, StoreExamination, TraceId,
};
use connector_tencent_sms_wasm::text::id;
use serde_json::{Value, json};

use crate::support::crossing::crossing;
use crate::support::failed_exchange::failed_exchange;

const CLOCK: Clock = Clock {
    now: 1.7e12,
    offset: 0.0,
};

fn entropy() -> Entropy {
    Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.0,
    }
}

fn config(limits: &Value) -> Value {
    json!({
        "accessKeyId": "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        "accessKeySecret": "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "signName": "腾讯云",
        "sdkAppId": "1400006666", "templates": [{ "usageType": "Generic", "templateCode": "1110" }],
        "limits": limits
    })
}

/// Examines a config while Tencent cannot be reached, and returns the findings about the store.
fn findings(limits: &Value, examination: Option<StoreExamination>) -> Vec<Finding> {
    let mut events = vec![Event::Started { at: CLOCK.now }];
    for _ in 0..50 {
        match examine(&crossing(&config(limits)), true, &events, CLOCK, &entropy) {
            Step::Done { outcome } => {
                let findings = outcome.findings.into_iter();
                return findings
                    .filter(|finding| finding.check == Check::Store)
                    .collect();
            }
            Step::Request { request, .. } => {
                events.push(failed_exchange(&request.action, 0, "ECONNREFUSED"));
            }
            Step::ExamineStore { command } => {
                assert_eq!(command.action, StoreAction::Take);
                let examination = examination.clone().unwrap();
                events.push(Event::StoreExamined(examination));
            }
            step => panic!("{step:?}"),
        }
    }
    panic!("the examination does not end");
}

fn with_info(info: &str, round_trip_us: u64) -> Option<StoreExamination> {
    Some(StoreExamination {
        failure: None,
        info: Some(info.to_owned()),
        round_trip_us: Some(round_trip_us),
    })
}

fn failed(code: &str) -> Option<StoreExamination> {
    Some(StoreExamination {
        failure: Some(code.to_owned()),
        info: None,
        round_trip_us: None,
    })
}

fn redis() -> Value {
    json!({ "store": "redis", "total": "20000/1d" })
}

#[test]
fn the_store_is_examined_only_if_the_config_has_one() {
    assert_eq!(findings(&json!({ "total": "20000/1d" }), None), []);
}

#[test]
fn each_state_of_a_server_is_a_finding() {
    // The fields are those of `INFO` of Redis 7.0.15 and Valkey 9.1.2.
    for (info, round_trip_us, state, expected) in [
        (
            "# Server\r\nredis_version:7.0.15\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\n",
            90,
            State::Ok,
            id::FINDING_STORE_OK,
        ),
        (
            "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:9.1.2\r\n",
            20_000,
            State::Ok,
            id::FINDING_STORE_OK,
        ),
        (
            "redis_version:7.0.15\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n",
            90,
            State::Ok,
            id::FINDING_STORE_OK,
        ),
        (
            "redis_version:7.0.15\r\nmaxmemory:1000000\r\nmaxmemory_policy:allkeys-lru\r\n",
            90,
            State::Warning,
            id::FINDING_STORE_EVICTS,
        ),
        (
            "redis_version:7.0.15\r\nmaxmemory:1000000\r\nmaxmemory_policy:volatile-ttl\r\n",
            90,
            State::Warning,
            id::FINDING_STORE_EVICTS,
        ),
        (
            "redis_version:5.0.14\r\n",
            90,
            State::Warning,
            id::FINDING_STORE_OLD,
        ),
        (
            "redis_version:7.0.15\r\n",
            20_001,
            State::Warning,
            id::FINDING_STORE_SLOW,
        ),
        ("", 90, State::Unknown, id::UNKNOWN),
    ] {
        let found = findings(&redis(), with_info(info, round_trip_us));
        assert_eq!(found.len(), 1, "{info}");
        assert_eq!(
            (found[0].state, found[0].what.id()),
            (state, expected),
            "{info}"
        );
        assert_eq!(found[0].path.as_ref().unwrap().to_string(), "limits.store");
    }
}

#[test]
fn a_server_can_have_several_findings() {
    let info = "redis_version:5.0.14\r\nmaxmemory:1\r\nmaxmemory_policy:allkeys-lfu\r\n";
    assert_eq!(findings(&redis(), with_info(info, 50_000)).len(), 3);
}

#[test]
fn a_store_that_fails_is_wrong_but_one_that_is_not_meant_for_this_place_is_unknown() {
    for (code, state, advice) in [
        ("ECONNREFUSED", State::Wrong, id::FINDING_STORE_FAILED_DO),
        ("WRONGPASS", State::Wrong, id::FINDING_STORE_FAILED_DO),
        ("wrong-url", State::Wrong, id::FINDING_STORE_FAILED_DO),
        ("late", State::Wrong, id::FINDING_STORE_FAILED_DO),
        ("NOPERM", State::Wrong, id::FINDING_STORE_RIGHTS_DO),
        ("no-url", State::Unknown, id::STORE_NOT_FROM_HERE_DO),
        ("no-package", State::Unknown, id::STORE_NOT_FROM_HERE_DO),
    ] {
        let found = findings(&redis(), failed(code));
        assert_eq!(found.len(), 1, "{code}");
        assert_eq!(found[0].state, state, "{code}");
        assert_eq!(found[0].advice.as_ref().unwrap().id(), advice, "{code}");
    }
}
