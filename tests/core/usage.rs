//! Counting messages: the hours in the requests, the number of requests, the deadline, and the answers.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::credentials::TemporaryKeys;
use connector_tencent_sms_wasm::step::{ClockOffsets, Entropy, Event, Step, TraceId};
use connector_tencent_sms_wasm::usage::{Usage, cache_key, next_step};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::crossing::crossing;
use crate::support::failed_exchange::failed_exchange;

const HOUR_MS: f64 = 3_600_000.0;
const LONGEST_SPAN_HOURS: i64 = 32 * 24;

/// 2024-06-15T08:09:10Z, which is 16:09:10 in Beijing.
const NOW: f64 = 1_718_438_950_000.0;

fn config() -> Value {
    json!({
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
        "accessKeySecret": "ExampleSecretKey0000000000000000",
        "signName": "腾讯云",
        "sdkAppId": 1400006666,
        "templates": [{ "usageType": "Generic", "templateCode": "1110" }]
    })
}

fn with(changes: &Value) -> Value {
    let mut config = config();
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    config
}

/// Parses a config as it crosses the boundary.
fn parsed(config: &Value) -> Config {
    Config::parse(&crossing(config)).unwrap()
}

/// Returns the next step of a count that began just now.
fn step_at(
    now: f64,
    config: &Value,
    since: impl Into<Option<f64>>,
    events: &[Event],
) -> Step<Usage> {
    step_of_count_from(now, now, config, since, events)
}

fn step_of_count_from(
    began_at: f64,
    now: f64,
    config: &Value,
    since: impl Into<Option<f64>>,
    events: &[Event],
) -> Step<Usage> {
    let entropy = Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    };
    let offsets = ClockOffsets::none();
    let config = parsed(config);
    let events = [&[Event::Started { at: began_at }], events].concat();
    next_step(
        &config,
        since.into(),
        &events,
        now,
        &offsets,
        &TemporaryKeys::none(),
        &|| entropy,
    )
}

fn is_unknown(step: &Step<Usage>) -> bool {
    matches!(
        step,
        Step::Done {
            outcome: Usage { count: None }
        }
    )
}

fn answered(body: &str) -> Event {
    Event::Answered {
        action: "SendStatusStatistics".to_owned(),
        received_at: NOW,
        status: 200,
        date: None,
        body: body.to_owned(),
        departures: 1,
    }
}

fn counted(count: u64) -> Event {
    let counts = json!({ "FeeCount": 9, "RequestCount": 8, "RequestSuccessCount": count });
    answered(&json!({ "Response": { "SendStatusStatistics": counts } }).to_string())
}

/// The question in a request.
#[derive(Clone, Debug)]
struct Question {
    application: String,
    secret_id: String,
    host: String,
    /// Hours since 1970 in Beijing.
    begin: i64,
    end: i64,
}

/// Returns the days since 1970-01-01, by Howard Hinnant's `days_from_civil`.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Parses `YYYYMMDDHH` into hours since 1970.
fn hour(text: &str) -> i64 {
    assert_eq!(text.len(), 10, "{text}");
    let number = |range: std::ops::Range<usize>| text.get(range).unwrap().parse::<i64>().unwrap();
    days_from_civil(number(0..4), number(4..6), number(6..8)) * 24 + number(8..10)
}

/// Returns the hour in Beijing, which is eight hours ahead.
fn beijing_hour(millis: f64) -> i64 {
    (millis / HOUR_MS).floor() as i64 + 8
}

fn questions(step: &Value) -> Vec<Question> {
    let requests = step["requests"].as_array().unwrap();
    requests.iter().map(question).collect()
}

fn question(request: &Value) -> Question {
    assert_eq!(request["headers"]["X-TC-Action"], "SendStatusStatistics");
    let body: Value = serde_json::from_str(request["body"].as_str().unwrap()).unwrap();
    assert_eq!((&body["Limit"], &body["Offset"]), (&json!(0), &json!(0)));
    let authorization = request["headers"]["Authorization"].as_str().unwrap();
    let credential = authorization.split("Credential=").nth(1).unwrap();
    Question {
        application: body["SmsSdkAppId"].as_str().unwrap().to_owned(),
        secret_id: credential.split('/').next().unwrap().to_owned(),
        host: request["url"].as_str().unwrap().to_owned(),
        begin: hour(body["BeginTime"].as_str().unwrap()),
        end: hour(body["EndTime"].as_str().unwrap()),
    }
}

/// Returns the questions of a whole count, batch by batch, and its result. The answers take no time.
fn asked(now: f64, config: &Value, since: f64, count: u64) -> (Vec<Vec<Question>>, u64) {
    let mut events = Vec::new();
    let mut batches: Vec<Vec<Question>> = Vec::new();
    for _ in 0..500 {
        let step = step_at(now, config, since, &events);
        if let Step::Done { outcome } = step {
            return (batches, outcome.count.unwrap());
        }
        let step = serde_json::to_value(step).unwrap();
        match step["kind"].as_str().unwrap() {
            "wait" => {
                let waited_ms = step["ms"].as_f64().unwrap();
                assert_eq!(waited_ms, 1000.0, "ten questions a second");
                events.push(Event::Waited { waited_ms });
            }
            "requests" => {
                let rested = matches!(events.last(), None | Some(Event::Waited { .. }));
                assert!(rested, "there was no pause before the batch");
                let batch = questions(&step);
                assert!((1..=10).contains(&batch.len()), "{} at once", batch.len());
                for _ in &batch {
                    let answer = match counted(count) {
                        Event::Answered {
                            status, date, body, ..
                        } => Event::Answered {
                            action: "SendStatusStatistics".to_owned(),
                            received_at: now,
                            status,
                            date,
                            body,
                            departures: 1,
                        },
                        other => other,
                    };
                    events.push(answer);
                }
                batches.push(batch);
            }
            kind => panic!("{kind}"),
        }
    }
    panic!("the count does not end");
}

#[test]
fn the_helpers_of_these_tests_calculate_hours_correctly() {
    // The values come from GNU date: TZ=Asia/Shanghai date -d @1718438950 +%Y%m%d%H; @1709222400; @0.
    for (seconds, text) in [
        (1_718_438_950.0, "2024061516"),
        (1_709_222_400.0, "2024030100"),
        (0.0, "1970010108"),
    ] {
        assert_eq!(hour(text), beijing_hour(seconds * 1000.0), "{text}");
    }
}

proptest! {
    #[test]
    fn every_hour_is_asked_for_once(
        now in 1.0e12..4.0e12_f64,
        hours in 0.0..30_000.0_f64,
        minutes in 0.0..60.0_f64,
    ) {
        let since = now - hours * HOUR_MS - minutes * 60_000.0;
        let (batches, _) = asked(now, &config(), since, 1);
        let mut next = beijing_hour(since);
        for Question { begin, end, .. } in batches.concat() {
            prop_assert_eq!(begin, next, "an hour is missing or counted twice");
            prop_assert!(end >= begin);
            prop_assert!(end - begin < LONGEST_SPAN_HOURS, "{} hours", end - begin + 1);
            next = end + 1;
        }
        prop_assert_eq!(next, beijing_hour(now) + 1, "the last hour is not the current one");
    }

    #[test]
    fn without_a_date_one_question_covers_the_longest_allowed_span(now in NOW..NOW + 1e10) {
        let step = serde_json::to_value(step_at(now, &config(), None, &[])).unwrap();
        let asked = questions(&step);
        prop_assert_eq!(asked.len(), 1);
        prop_assert_eq!(asked[0].end, beijing_hour(now));
        prop_assert_eq!(asked[0].end - asked[0].begin + 1, LONGEST_SPAN_HOURS);
    }

    #[test]
    fn the_count_is_the_sum_of_all_answers(days in 0.0..1000.0_f64, count in 0..1_000_000_u64) {
        let since = NOW - days * 24.0 * HOUR_MS;
        let (batches, sum) = asked(NOW, &config(), since, count);
        prop_assert_eq!(sum, count * u64::try_from(batches.concat().len()).unwrap());
    }

    #[test]
    fn an_answer_without_a_count_has_no_result(body in ".{0,80}") {
        let step = step_at(NOW, &config(), NOW, &[answered(&body)]);
        prop_assert!(is_unknown(&step), "{step:?}");
    }

    #[test]
    fn any_date_since_then_ends_in_questions(since in any::<f64>(), now in 0.0..8.0e15_f64) {
        let step = step_at(now, &config(), since, &[]);
        let asks = matches!(step, Step::Requests { .. });
        prop_assert!(asks);
    }
}

/// Random inputs once found that a clock far beyond the year 9999 broke a count.
#[test]
fn a_clock_beyond_the_year_9999_ends_in_questions() {
    let step = step_at(6_097_222_176_426_715.0, &config(), 0.0, &[]);
    assert!(matches!(step, Step::Requests { .. }), "{step:?}");
}

#[test]
fn the_questions_about_a_long_time_come_ten_at_a_time() {
    let (batches, _) = asked(NOW, &config(), NOW - 24.0 * 32.0 * 25.0 * HOUR_MS, 1);
    let sizes: Vec<_> = batches.iter().map(Vec::len).collect();
    assert_eq!(sizes, [10, 10, 6]);
}

#[test]
fn a_date_in_the_future_is_one_question() {
    for since in [NOW + 1.0, NOW + 1e9, f64::INFINITY] {
        let (batches, sum) = asked(NOW, &config(), since, 7);
        assert_eq!(batches.concat().len(), 1);
        assert_eq!(batches[0][0].begin, beijing_hour(NOW));
        assert_eq!(sum, 7);
    }
}

/// An hour that begins during the request needs no further request.
#[test]
fn an_hour_that_begins_meanwhile_is_not_counted() {
    let before = (NOW / HOUR_MS).ceil() * HOUR_MS - 1.0;
    let event = Event::Answered {
        action: "SendStatusStatistics".to_owned(),
        received_at: before + 500.0,
        status: 200,
        date: None,
        body: json!({ "Response": { "SendStatusStatistics": { "RequestSuccessCount": 3 } } })
            .to_string(),
        departures: 1,
    };
    // The span ends with the current hour and has the maximum length.
    let since = before - (LONGEST_SPAN_HOURS - 1) as f64 * HOUR_MS;
    let step = step_of_count_from(before, before + 500.0, &config(), since, &[event]);
    assert!(
        matches!(
            step,
            Step::Done {
                outcome: Usage { count: Some(3) }
            }
        ),
        "{step:?}"
    );
}

#[test]
fn each_application_is_counted_once() {
    let applications = |overseas: Value| {
        let (batches, sum) = asked(NOW, &with(&json!({ "overseas": overseas })), NOW, 5);
        let asked = batches.concat();
        assert_eq!(sum, 5 * u64::try_from(asked.len()).unwrap());
        asked
    };
    let shared = applications(json!({ "senderId": "LOGTO", "region": "ap-singapore" }));
    assert_eq!(shared.len(), 1);

    let another_application = applications(json!({ "sdkAppId": "2400006666" }));
    let ids: Vec<_> = another_application
        .iter()
        .map(|each| &each.application)
        .collect();
    assert_eq!(ids, ["1400006666", "2400006666"]);

    let another_account = applications(json!({
        "sdkAppId": "2400006666",
        "accessKeyId": "AKIDOVERSEAS",
        "accessKeySecret": "OtherSecretKey",
        "endpoint": "http://127.0.0.1:4180"
    }));
    let [mainland, overseas] = &another_account[..] else {
        panic!("{another_account:?}");
    };
    assert_eq!(mainland.secret_id, "AKIDEXAMPLE0000000000000000000000000");
    assert_eq!(mainland.host, "https://sms.tencentcloudapi.com/");
    assert_eq!(overseas.secret_id, "AKIDOVERSEAS");
    assert_eq!(overseas.host, "http://127.0.0.1:4180/");
}

#[test]
fn each_side_uses_its_own_region() {
    let config = with(&json!({ "overseas": { "sdkAppId": 1, "region": "ap-singapore" } }));
    let step = serde_json::to_value(step_at(NOW, &config, NOW, &[])).unwrap();
    let regions: Vec<_> = step["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|request| request["headers"]["X-TC-Region"].as_str().unwrap())
        .collect();
    assert_eq!(regions, ["ap-guangzhou", "ap-singapore"]);
}

#[test]
fn a_failed_question_leaves_the_count_unknown() {
    let refusal =
        r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"no"}}}"#;
    let failure = failed_exchange("SendStatusStatistics", 1, "ECONNRESET");
    let other = r#"{"Response":{"SendStatusStatistics":{"RequestSuccessCount":null}}}"#;
    for event in [
        answered(refusal),
        failure,
        answered(other),
        answered(r#"{"Response":{}}"#),
        answered(r#"{"Response":{"SendStatusStatistics":[]}}"#),
        answered("<html>"),
        answered(""),
    ] {
        // The failure may be any one of several answers.
        for events in [
            vec![event.clone()],
            vec![counted(1), event.clone()],
            vec![event, counted(1)],
        ] {
            let step = step_at(NOW, &config(), NOW - 4e9, &events);
            assert!(is_unknown(&step), "{events:?}: {step:?}");
        }
    }
}

/// Logto waits three seconds. Each request gets the rest of two and a half seconds.
#[test]
fn every_request_ends_at_the_deadline() {
    let since = NOW - 24.0 * 32.0 * 25.0 * HOUR_MS;
    let timeout = |elapsed: f64, events: &[Event]| {
        let step = step_of_count_from(NOW, NOW + elapsed, &config(), since, events);
        serde_json::to_value(step).unwrap()["timeoutMs"].clone()
    };
    assert_eq!(timeout(0.0, &[]), 2500.0);
    let mut events: Vec<_> = (0..10).map(|_| counted(1)).collect();
    events.push(Event::Waited { waited_ms: 1000.0 });
    assert_eq!(timeout(1600.0, &events), 900.0);
    for too_late in [2500.0, 9000.0] {
        let step = step_of_count_from(NOW, NOW + too_late, &config(), since, &events);
        assert!(is_unknown(&step), "{step:?}");
    }
    // The clock was set back during the count.
    assert_eq!(timeout(-9000.0, &events), 2500.0);
}

/// A pause that leaves no time for another question would be useless.
#[test]
fn no_pause_lasts_beyond_the_deadline() {
    let since = NOW - 24.0 * 32.0 * 25.0 * HOUR_MS;
    let events: Vec<_> = (0..10).map(|_| counted(1)).collect();
    match step_of_count_from(NOW, NOW + 2000.0, &config(), since, &events) {
        Step::Wait { ms } => assert!(2000.0 + ms < 2500.0, "waits until {}", 2000.0 + ms),
        step => assert!(is_unknown(&step), "{step:?}"),
    }
}

#[test]
fn the_corrected_clock_is_used() {
    let entropy = Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    };
    let mut offsets = ClockOffsets::none();
    offsets.correct("sms.tencentcloudapi.com", Some(2.0 * HOUR_MS));
    let config = parsed(&config());
    let step = next_step(
        &config,
        Some(NOW),
        &[],
        NOW,
        &offsets,
        &TemporaryKeys::none(),
        &|| entropy,
    );
    let step = serde_json::to_value(step).unwrap();
    let [Question { begin, end, .. }] = questions(&step)[..] else {
        panic!("{step}");
    };
    assert_eq!((begin, end), (beijing_hour(NOW), beijing_hour(NOW) + 2));
    let timestamp = step["requests"][0]["headers"]["X-TC-Timestamp"]
        .as_str()
        .unwrap();
    assert_eq!(timestamp, "1718446150");
}

#[test]
fn configs_that_count_the_same_applications_have_the_same_cache_key() {
    let cache_key_of = |config: &Value| cache_key(&parsed(config));
    let plain = cache_key_of(&config());
    for same in [
        json!({ "accessKeySecret": "AnotherSecretKey" }),
        json!({ "signName": "另一个" }),
        json!({ "sdkAppId": " 1400006666 " }),
        json!({ "endpoint": "sms.tencentcloudapi.com" }),
        json!({ "templates": [{ "usageType": "Generic", "templateCode": "2" }] }),
        json!({ "timeoutSeconds": 3 }),
        json!({ "overseas": { "senderId": "LOGTO" } }),
    ] {
        assert_eq!(cache_key_of(&with(&same)), plain, "{same}");
    }
    let mut cache_keys = vec![plain];
    for other in [
        json!({ "accessKeyId": "AKIDOTHER" }),
        json!({ "sdkAppId": "1400006667" }),
        json!({ "endpoint": "http://127.0.0.1:4180" }),
        json!({ "overseas": { "sdkAppId": "2400006666" } }),
        json!({ "overseas": {
            "sdkAppId": "2400006666", "accessKeyId": "AKIDOTHER", "accessKeySecret": "k"
        } }),
        json!({ "sdkAppId": "2400006666", "overseas": { "sdkAppId": "1400006666" } }),
    ] {
        let cache_key = cache_key_of(&with(&other));
        assert!(!cache_keys.contains(&cache_key), "{other}");
        cache_keys.push(cache_key);
    }
    for cache_key in cache_keys {
        for secret in ["AKID", "Secret", "1400006666"] {
            assert!(!cache_key.contains(secret), "{cache_key}");
        }
    }
}
