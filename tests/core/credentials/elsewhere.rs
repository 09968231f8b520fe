//! Keys that are not in the config, in the doctor and in the count of messages.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::credentials::TemporaryKeys;
use connector_tencent_sms_wasm::doctor::{
    Environment, Report, examine, read_input, send_test_message, show_last_messages,
};
use connector_tencent_sms_wasm::step::{Clock, ClockOffsets, Entropy, Event, Step, TraceId};
use connector_tencent_sms_wasm::usage::{self, Usage};
use serde_json::{Value, json};

use super::{NOW, SECRET_ID, SECRET_KEY, accepted, answered, config, refused};
use crate::support::crossing::crossing;

fn entropy() -> Entropy {
    Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    }
}

const CLOCK: Clock = Clock {
    now: NOW,
    offset: 0.0,
};

/// Runs a task to its end. Returns its outcome, and the URL of each request.
fn run<Outcome>(
    task: impl Fn(&[Event]) -> Step<Outcome>,
    mut reply: impl FnMut(&Value) -> Value,
) -> (Outcome, Vec<String>) {
    let mut events = vec![Event::Started { at: NOW }];
    let mut urls = Vec::new();
    for _ in 0..100 {
        let step = match task(&events) {
            Step::Done { outcome } => return (outcome, urls),
            step => serde_json::to_value(step.map(|_| ())).unwrap(),
        };
        let single = [step["request"].clone()];
        let requests = step["requests"]
            .as_array()
            .map_or(&single[..], |requests| &requests[..]);
        for request in requests {
            urls.extend(request["url"].as_str().map(str::to_owned));
            let event = match step["kind"].as_str().unwrap() {
                "wait" => json!({ "waitedMs": 1 }),
                _ => reply(&json!({ "places": step["places"], "request": request })),
            };
            events.push(Event::read(&crossing(&event)).unwrap());
        }
    }
    panic!("it does not end: {urls:?}");
}

fn referenced() -> Value {
    config(&json!({ "accessKeyId": "env:TENCENT_SMS_ID", "accessKeySecret": SECRET_KEY }))
}

fn machine() -> Value {
    config(&json!({ "credentials": "cvm-role:SMS" }))
}

/// Answers as a server with this SecretId, and as Tencent.
fn healthy(step: &Value, secret_id: &str) -> Value {
    if step["places"].is_array() {
        return json!({ "read": [{ "env": "TENCENT_SMS_ID", "text": secret_id }] });
    }
    let url = step["request"]["url"].as_str().unwrap();
    let body = match step["request"]["action"].as_str().unwrap() {
        _ if url.starts_with("http://metadata") => json!({
            "TmpSecretId": SECRET_ID, "TmpSecretKey": SECRET_KEY, "Token": "token",
            "ExpiredTime": 1_551_120_000_u64, "Code": "Success"
        })
        .to_string(),
        "SendSms" => accepted(),
        "SendStatusStatistics" => {
            let counted = json!({ "FeeCount": 7, "RequestCount": 7, "RequestSuccessCount": 7 });
            json!({ "Response": { "SendStatusStatistics": counted, "RequestId": "" } }).to_string()
        }
        _ => refused("InternalError"),
    };
    let authorization = step["request"]["headers"]["Authorization"]
        .as_str()
        .unwrap_or_default();
    assert!(
        url.starts_with("http:") || authorization.contains(secret_id),
        "{authorization}"
    );
    answered(step, NOW, 200, &body).0
}

fn findings(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings
        .map(|finding| {
            let finding = serde_json::to_value(finding).unwrap();
            format!(
                "{} {} {}",
                finding["check"], finding["state"], finding["finding"]["id"]
            )
            .replace('"', "")
        })
        .collect()
}

#[test]
fn the_doctor_takes_the_key_from_where_it_runs() {
    for (config, expected) in [
        (referenced(), "key ok finding.key.read"),
        (machine(), "key ok finding.key.temporary"),
    ] {
        let value = crossing(&config);
        let examined = |online| {
            run(
                |events| examine(&value, online, events, CLOCK, &entropy),
                |step| healthy(step, SECRET_ID),
            )
        };
        let (report, urls) = examined(true);
        assert!(
            findings(&report).contains(&expected.to_owned()),
            "{:?}",
            findings(&report)
        );
        let of_metadata = urls.iter().filter(|url| url.starts_with("http:")).count();
        assert_eq!(
            of_metadata,
            usize::from(config.get("credentials").is_some())
        );
        assert!(urls.iter().any(|url| url.starts_with("https://sms")));
        // Offline, places on this machine are read and nothing is requested.
        let (report, urls) = examined(false);
        assert_eq!(urls, [""; 0]);
        let is_found = findings(&report).contains(&expected.to_owned());
        assert_eq!(is_found, config.get("credentials").is_none());
    }
}

#[test]
fn the_doctor_says_what_it_could_not_see_from_there() {
    let unseen = |config: &Value, reply: fn(&Value) -> Value| {
        let value = crossing(config);
        let (report, urls) = run(
            |events| examine(&value, true, events, CLOCK, &entropy),
            reply,
        );
        assert!(urls.iter().all(|url| url.starts_with("http:")), "{urls:?}");
        let text = report.to_text(false);
        assert!(!text.contains(SECRET_KEY), "{text}");
        (findings(&report), text)
    };
    let absent = |_: &Value| json!({ "read": [{ "env": "TENCENT_SMS_ID", "failure": "not set" }] });
    let (found, text) = unseen(&referenced(), absent);
    assert!(
        found.contains(&"key unknown unknown".to_owned()),
        "{found:?}"
    );
    assert!(
        text.contains("env:TENCENT_SMS_ID") && text.contains("accessKeyId"),
        "{text}"
    );
    assert!(text.contains("run it where Logto runs"), "{text}");
    // A text that is no SecretId is none in Logto's environment either.
    let wrong = |_: &Value| json!({ "read": [{ "env": "TENCENT_SMS_ID", "text": SECRET_KEY }] });
    let (found, _) = unseen(&referenced(), wrong);
    assert!(
        found.contains(&"key wrong reference.no-secret-id".to_owned()),
        "{found:?}"
    );
    let no_service = |step: &Value| super::failed(step, "ENOTFOUND", 0.0).0;
    let (found, text) = unseen(&machine(), no_service);
    assert!(
        found.contains(&"key unknown unknown".to_owned()),
        "{found:?}"
    );
    assert!(
        text.contains("metadata.tencentyun.com") && text.contains("ENOTFOUND"),
        "{text}"
    );
}

#[test]
fn the_doctor_sends_and_follows_messages_with_the_same_key() {
    for config in [referenced(), machine()] {
        let value = crossing(&config);
        let (report, urls) = run(
            |events| send_test_message(&value, "+8613800138000", events, CLOCK, &entropy),
            |step| healthy(step, SECRET_ID),
        );
        let found = findings(&report);
        assert!(
            found
                .iter()
                .any(|finding| finding.starts_with("message ok")),
            "{found:?}"
        );
        assert!(
            found
                .iter()
                .any(|finding| finding.starts_with("delivery unknown")),
            "{found:?}"
        );
        assert!(urls.len() >= 2);
        let (report, _) = run(
            |events| show_last_messages(&value, "+8613800138000", events, CLOCK, &entropy),
            |step| healthy(step, SECRET_ID),
        );
        assert!(
            findings(&report)
                .iter()
                .any(|finding| finding.starts_with("delivery unknown"))
        );
    }
}

#[test]
fn the_doctor_adds_no_key_of_the_environment_to_a_config_with_a_source() {
    let environment = Environment {
        secret_id: Some(SECRET_ID.to_owned()),
        secret_key: Some(SECRET_KEY.to_owned()),
        token: None,
    };
    let read = read_input(machine().to_string().as_bytes(), environment).unwrap();
    assert!(Config::parse(&read).is_ok());
    assert!(read.get("accessKeyId").is_none());
}

#[test]
fn messages_are_counted_with_the_same_key() {
    let keys = TemporaryKeys::none();
    let mut both = machine();
    both["overseas"] = json!({
        "accessKeyId": "env:TENCENT_SMS_ID", "accessKeySecret": SECRET_KEY, "sdkAppId": 2
    });
    let counted = |config: &Value| {
        let config = Config::parse(&crossing(config)).unwrap();
        let offsets = ClockOffsets::none();
        run(
            |events| usage::next_step(&config, None, events, NOW, &offsets, &keys, &entropy),
            |step| healthy(step, SECRET_ID),
        )
    };
    for (config, count, requests) in [(referenced(), 7, 1), (machine(), 7, 2), (both, 14, 2)] {
        let (usage, urls) = counted(&config);
        assert_eq!(usage, Usage { count: Some(count) });
        assert_eq!(urls.len(), requests, "{urls:?}");
    }
    // The cache of counts distinguishes sources, without a secret.
    let cache_key = |config: &Value| usage::cache_key(&Config::parse(&crossing(config)).unwrap());
    let mut named = machine();
    named["credentials"] = json!("cvm-role:Other");
    let cache_keys = [
        cache_key(&referenced()),
        cache_key(&machine()),
        cache_key(&named),
    ];
    assert_ne!(cache_keys[0], cache_keys[1]);
    assert_ne!(cache_keys[1], cache_keys[2]);
    // Without a key there is no count, and no error.
    let config = Config::parse(&crossing(&referenced())).unwrap();
    let (usage, urls) = run(
        |events| {
            usage::next_step(
                &config,
                None,
                events,
                NOW,
                &ClockOffsets::none(),
                &keys,
                &entropy,
            )
        },
        |_| json!({ "read": [{ "env": "TENCENT_SMS_ID", "failure": "not set" }] }),
    );
    assert_eq!((usage, urls), (Usage { count: None }, Vec::new()));
}
