//! The time for a text grows in proportion to its length: ten times the text takes about ten times the time.
//!
//! Each kind of text that comes from a config, a message, Tencent's answers or the doctor's file is made with
//! 10, 100 and 1,000 kB. `cargo test --test core growth -- --nocapture` shows the times.

#![allow(clippy::print_stdout, reason = "it shows what it measured")]

use std::fs;
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use connector_tencent_sms_wasm::config::{Config, cache, issues_at_save};
use connector_tencent_sms_wasm::doctor::{
    Environment, Report, examine, read_input, send_test_message,
};
use connector_tencent_sms_wasm::json;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::logto::management_api::Access;
use connector_tencent_sms_wasm::send::{self, Error, Memory};
use connector_tencent_sms_wasm::setup::{Outcome, Wanted, preview};
use connector_tencent_sms_wasm::step::{Clock, Entropy, Event, Step, TraceId};
use connector_tencent_sms_wasm::usage;
use serde_json::{Value, json};

const KB: usize = 1000;
const LENGTHS: [usize; 3] = [10 * KB, 100 * KB, 1000 * KB];

/// Ten times the text takes 10 times as long if the work is linear, 100 times as long if it is quadratic.
const MOST_GROWTH: f64 = 30.0;

/// A shorter time would depend more on the clock than on the work.
const SHORTEST_TIME: Duration = Duration::from_micros(50);

/// The name of a kind of text, and the work on such a text of a given length.
type Kind = (&'static str, fn(usize) -> Box<dyn Fn()>);

#[test]
fn work_grows_in_proportion_to_the_text() {
    let mut grown_too_much = Vec::new();
    for (name, work_on) in KINDS {
        let works = LENGTHS.map(work_on);
        for pair in works.windows(2) {
            let (short, long) = times_of(&pair[0], &pair[1]);
            let times = format!("{name}: {short:.1?}, {long:.1?}");
            println!("{times}");
            if growth(short, long) > MOST_GROWTH {
                // A longer text would take minutes.
                grown_too_much.push(times);
                break;
            }
        }
    }
    assert!(grown_too_much.is_empty(), "{grown_too_much:#?}");
}

/// The best of three runs, because nothing makes a run shorter; fewer, if they suffice or take long.
fn times_of(short_work: &dyn Fn(), long_work: &dyn Fn()) -> (Duration, Duration) {
    let (mut short, mut long) = (Duration::MAX, Duration::MAX);
    for _ in 0..3 {
        short = short.min(time_of(short_work));
        long = long.min(time_of(long_work));
        if growth(short, long) <= MOST_GROWTH || long > Duration::from_secs(2) {
            break;
        }
    }
    (short, long)
}

fn time_of(work: &dyn Fn()) -> Duration {
    let (began_at, used_before) = (Instant::now(), processor_time());
    work();
    let used = processor_time()
        .zip(used_before)
        .map(|(used, before)| used - before);
    used.unwrap_or(began_at.elapsed()).max(SHORTEST_TIME)
}

/// Returns the processor time of this thread, which other processes do not lengthen. Only Linux reports it.
fn processor_time() -> Option<Duration> {
    // The kernel updates the number when a thread yields.
    thread::yield_now();
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = statistics.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

fn growth(short: Duration, long: Duration) -> f64 {
    long.as_secs_f64() / short.as_secs_f64()
}

const KINDS: &[Kind] = &[
    // Values of a config.
    ("accessKeyId", |n| config("accessKeyId", "a".repeat(n))),
    ("accessKeyId of white space", |n| {
        config("accessKeyId", " ".repeat(n))
    }),
    ("accessKeySecret", |n| {
        config("accessKeySecret", "a".repeat(n))
    }),
    ("securityToken", |n| config("securityToken", "a".repeat(n))),
    ("signName", |n| config("signName", "a".repeat(n))),
    ("sdkAppId of digits", |n| config("sdkAppId", "1".repeat(n))),
    ("sdkAppId as a number", |n| {
        raw_config("sdkAppId", &"1".repeat(n))
    }),
    ("region", |n| {
        config("region", format!("ap-{}", "a-".repeat(n / 2)))
    }),
    ("endpoint of labels", |n| {
        config(
            "endpoint",
            format!("{}tencentcloudapi.com", "a.".repeat(n / 2)),
        )
    }),
    ("endpoint of digits", |n| {
        config("endpoint", format!("http://[::1]:{}", "0".repeat(n)))
    }),
    ("timeoutSeconds of zeros", |n| {
        config("timeoutSeconds", format!("{}8", "0".repeat(n)))
    }),
    ("timeoutSeconds as a number", |n| {
        raw_config("timeoutSeconds", &format!("8.{}", "1".repeat(n)))
    }),
    ("allowedCallingCodes", |n| {
        config("allowedCallingCodes", "852,".repeat(n / 4))
    }),
    ("allowedCallingCodes of commas", |n| {
        config("allowedCallingCodes", ",".repeat(n))
    }),
    ("allowedCallingCodes of digits", |n| {
        config("allowedCallingCodes", "1".repeat(n))
    }),
    ("allowedCallingCodes as an array", |n| {
        config("allowedCallingCodes", vec![852; n / 4])
    }),
    ("allowedCallingCodes of blocked codes", |n| {
        config("allowedCallingCodes", "!852,".repeat(n / 5))
    }),
    ("limits of digits", |n| {
        limits(json!({ "perIp": format!("{}/1h", "1".repeat(n)) }))
    }),
    ("limits of white space", |n| {
        limits(json!({ "total": format!("20{}/1h", " ".repeat(n)) }))
    }),
    ("limits of many calling codes", |n| {
        let codes = (0..n / 20).map(|i| (format!("{}", 1_000_000 + i), json!("20/1h")));
        limits(json!({ "perCallingCode": Value::Object(codes.collect()) }))
    }),
    ("many numbers that are exempt", |n| {
        limits(json!({ "total": "20/1h", "exempt": vec!["+8613800138001"; n / 17] }))
    }),
    ("arrays in each other", |n| {
        raw_config("signName", &format!("{}{}", "[".repeat(n), "]".repeat(n)))
    }),
    ("objects in overseas", |n| {
        config("overseas", vec![json!({}); n / 3])
    }),
    // Keys of a config.
    ("keys at the top", |n| {
        raw_config("comment", &format!("1,{}\"x\":1", keys(n)))
    }),
    ("keys in overseas", |n| {
        raw_config("overseas", &format!("{{{}\"x\":1}}", keys(n)))
    }),
    ("keys in an entry", |n| {
        raw_config("templates", &format!("[{{{}\"x\":1}}]", keys(n)))
    }),
    ("keys in templateCode", |n| {
        template("templateCode", &format!("{{{}\"x\":1}}", keys(n)))
    }),
    ("the same key", |n| {
        raw_config(
            "comment",
            &format!("1{}", ",\"region\":\"\"".repeat(n / 12)),
        )
    }),
    ("a long key", |n| {
        raw_config("comment", &format!("1,\"{}\":1", "k".repeat(n)))
    }),
    ("a key of control characters", |n| {
        raw_config("comment", &format!("1,\"{}\":1", "\\u001b".repeat(n / 6)))
    }),
    // Entries of templates.
    ("entries for one usage type", |n| {
        entries(n, |_| json!({ "usageType": "A", "templateCode": 1 }))
    }),
    ("entries for different usage types", |n| {
        entries(
            n,
            |i| json!({ "usageType": i.to_string(), "templateCode": i }),
        )
    }),
    ("entries for different languages", |n| {
        entries(
            n,
            |i| json!({ "usageType": "SignIn", "templateCode": i, "locale": format!("en-{i}") }),
        )
    }),
    ("entries for both sides", |n| {
        entries(
            n,
            |i| json!({ "usageType": "A", "templateCode": { "china": i } }),
        )
    }),
    ("entries that are no objects", |n| {
        config("templates", vec![0; n / 2])
    }),
    ("entries for Generic without a code", |n| {
        entries(
            n,
            |_| json!({ "usageType": "Generic", "templateCode": "<code>" }),
        )
    }),
    ("a long usageType", |n| {
        entries(
            n,
            |_| json!({ "usageType": "a".repeat(n), "templateCode": 1 }),
        )
    }),
    ("a long templateCode", |n| {
        template("templateCode", &"1".repeat(n))
    }),
    ("a long locale", |n| {
        template("locale", &format!("\"en{}\"", "-abcdefg".repeat(n / 8)))
    }),
    // Texts that resemble something known.
    ("invisible characters around a value", |n| {
        config("region", "\u{200b}".repeat(n / 3))
    }),
    ("invisible characters inside a value", |n| {
        config("accessKeySecret", format!("a{}b", "\u{200b}".repeat(n / 3)))
    }),
    ("brackets around signName", |n| {
        config("signName", format!("{}a", "【 ".repeat(n / 4)))
    }),
    ("misspelt keys", |n| {
        let keys = |i| format!("\"allowed-Calling_Cods{}\":1,", " ".repeat(i % 9));
        let keys: String = (0..n / 30).map(keys).collect();
        raw_config("comment", &format!("1,{keys}\"x\":1"))
    }),
    ("keys with the length of a known one", |n| {
        raw_config(
            "comment",
            &format!("1{}", ",\"allovedCellingKodes\":1".repeat(n / 24)),
        )
    }),
    ("a key of separators", |n| {
        raw_config("comment", &format!("1,\"r{}egion\":1", "_".repeat(n)))
    }),
    ("misspelt usage types", |n| {
        entries(
            n,
            |_| json!({ "usageType": "UserPermisionValidatio", "templateCode": 1 }),
        )
    }),
    ("misspelt languages", |n| {
        entries(
            n,
            |_| json!({ "usageType": "A", "templateCode": 1, "locale": "chinese" }),
        )
    }),
    ("a language with underscores", |n| {
        template("locale", &format!("\"en{}\"", "_a".repeat(n / 2)))
    }),
    ("misspelt {{names}}", |n| {
        param(&"{{code}}{{application.customDatas}}".repeat(n / 35))
    }),
    ("other notations", |n| param(&"{1}%s${cod}".repeat(n / 11))),
    // Texts of templateParams, and the payload that fills them.
    ("templateParams of {", |n| {
        param(&format!("{}{{{{code}}}}", "{".repeat(n)))
    }),
    ("templateParams of {{ in front of a space", |n| {
        param(&"{{ ".repeat(n / 3))
    }),
    ("templateParams of {{ in front of spaces", |n| {
        param(&format!("{{{{{}", " ".repeat(n)))
    }),
    ("templateParams of {{ in front of letters", |n| {
        param(&format!("{{{{{}", "a".repeat(n)))
    }),
    ("templateParams of {{ in front of a long path", |n| {
        param(&format!("{{{{{}}}}}", "code.".repeat(n / 5)))
    }),
    ("templateParams of {{code}", |n| {
        param(&"{{code}".repeat(n / 7))
    }),
    ("templateParams of {{code}}", |n| {
        param(&"{{code}}".repeat(n / 8))
    }),
    ("templateParams of {{unknown}}", |n| {
        param(&"{{unknown}}".repeat(n / 11))
    }),
    ("templateParams of {{user.name}}", |n| {
        param(&"{{user.name}}".repeat(n / 13))
    }),
    ("templateParams of }", |n| {
        param(&format!("{{{{code{}", "}".repeat(n)))
    }),
    ("templateParams of {}", |n| param(&"{}".repeat(n / 2))),
    ("many templateParams", |n| {
        template(
            "templateParams",
            &json!(vec!["{{code}}"; n / 11]).to_string(),
        )
    }),
    ("names that a long payload lacks", |n| {
        let payload = format!("{{{}\"x\":1}}", keys(n));
        filled(&"{{unknown}}".repeat(n / 11), &payload)
    }),
    ("names that a long payload has", |n| {
        let names = |i| format!("{{{{k{i}}}}}");
        let payload = format!("{{{}\"x\":1}}", keys(n));
        filled(&(0..n / 11).map(names).collect::<String>(), &payload)
    }),
    ("names that a long part of the payload has", |n| {
        let names = |i| format!("{{{{user.k{i}}}}}");
        let payload = format!("{{\"user\":{{{}\"x\":1}}}}", keys(n));
        filled(&(0..n / 16).map(names).collect::<String>(), &payload)
    }),
    ("lone surrogates", |n| {
        let text = "\\ud800".repeat(n / 6);
        filled("{{code}}", &format!(r#"{{ "code": "{text}" }}"#))
    }),
    ("a long text in many places", |n| {
        let payload = json!({ "code": "1".repeat(n) }).to_string();
        filled(&"{{code}}".repeat(n / 8), &payload)
    }),
    ("a long array in many places", |n| {
        let payload = json!({ "code": vec![1; n / 2] }).to_string();
        filled(&"{{code}}".repeat(n / 8), &payload)
    }),
    ("arrays of the payload in each other", |n| {
        let nested = format!(
            "{}\"{}\"{}",
            "[".repeat(100),
            "a".repeat(n),
            "]".repeat(100)
        );
        filled("{{code}}", &format!("{{\"code\":{nested}}}"))
    }),
    // Other texts of a message.
    ("to", |n| message("to", "1".repeat(n))),
    ("to after 86", |n| {
        message("to", format!("86{}", "1".repeat(n)))
    }),
    ("type", |n| message("type", "a".repeat(n))),
    ("ip", |n| message("ip", "1".repeat(n))),
    ("ip of colons", |n| message("ip", ":".repeat(n))),
    ("ip of brackets", |n| message("ip", "[".repeat(n))),
    ("payload without a code", |n| {
        message("payload", json!({ "text": "a".repeat(n) }))
    }),
    ("payload with a long code", |n| {
        message("payload", json!({ "code": "a".repeat(n) }))
    }),
    ("payload with a long locale", |n| {
        message("payload", json!({ "code": 1, "locale": language(n) }))
    }),
    ("a long locale for many languages", |n| {
        let entry =
            |i| json!({ "usageType": "SignIn", "templateCode": i, "locale": format!("en-a{i}") });
        let templates: Vec<_> = (0..n / 60).map(entry).collect();
        let payload = json!({ "code": 1, "locale": language(n) });
        work_of_send(
            with("templates", &with_generic(templates)),
            data("payload", payload),
        )
    }),
    // Answers of Tencent's.
    ("an answer of white space", |n| answer(" ".repeat(n))),
    ("an answer of byte order marks", |n| {
        answer("\u{feff}".repeat(n / 3))
    }),
    ("an answer of brackets", |n| answer("[".repeat(n))),
    ("an answer of escapes", |n| {
        answer(format!("\"{}\"", "\\u4e2d\\n".repeat(n / 8)))
    }),
    ("an answer that is cut off", |n| {
        answer(format!("{{\"Response\":{{\"A\":\"{}", "a".repeat(n)))
    }),
    ("Response many times", |n| {
        answer(format!("{{{}\"x\":1}}", "\"Response\":{},".repeat(n / 14)))
    }),
    ("RequestId of hyphens", |n| {
        response(json!({ "RequestId": "-".repeat(n) }))
    }),
    ("Code", |n| {
        response(json!({ "Error": { "Code": "A.".repeat(n / 2) } }))
    }),
    ("SendStatusSet", |n| {
        response(json!({ "SendStatusSet": vec![json!({ "Code": "Ok" }); n / 14] }))
    }),
    ("SerialNo", |n| {
        let status = json!({ "Code": "Ok", "SerialNo": "\u{202e}".repeat(n / 3) });
        response(json!({ "SendStatusSet": [status] }))
    }),
    ("many fields", |n| {
        answer(format!("{{\"Response\":{{{}\"x\":1}}}}", keys(n)))
    }),
    // Answers to the doctor's questions.
    ("signatures", |n| {
        signatures("a", vec![signature("a", ""); n / 100])
    }),
    ("a signature's ID of zeros", |n| {
        signatures(&format!("{}7", "0".repeat(n)), vec![signature("a", ""); 90])
    }),
    ("a long signature", |n| {
        signatures("a", vec![signature(&"\u{202e}".repeat(n / 12), "")])
    }),
    ("a long reply", |n| {
        signatures("a", vec![signature("a", &"\u{202e}".repeat(n / 12))])
    }),
    ("templates", |n| {
        let list = vec![template_status("{1}"); n / 360];
        doctors(json!({}), "DescribeTemplateStatusSet", list)
    }),
    ("a template's variables", |n| {
        let list = vec![template_status(&"{1}".repeat(n / 12))];
        doctors(json!({}), "DescribeTemplateStatusSet", list)
    }),
    ("a template's braces", |n| {
        let list = vec![template_status(&"{".repeat(n / 4))];
        doctors(json!({}), "DescribeTemplateStatusSet", list)
    }),
    ("template IDs that are looked up", |n| {
        let entry = |i| json!({ "usageType": "A", "templateCode": i });
        let templates = with_generic((0..n / 40).map(entry).collect());
        let list = vec![template_status("{1}"); 100];
        doctors(
            json!({ "templates": templates }),
            "DescribeTemplateStatusSet",
            list,
        )
    }),
    ("packages", |n| {
        let package = json!({
            "PackageAmount": 1, "CurrentUsage": 1, "PackageEffectiveTime": 1, "PackageExpiredTime": 1
        });
        doctors(
            json!({}),
            "SmsPackagesStatisticsSet",
            vec![package; n / 360],
        )
    }),
    ("a carrier's report", |n| {
        let description = "\u{1b}".repeat(n / 24);
        let report = json!({ "SerialNo": "1", "ReportStatus": "FAIL", "Description": description });
        doctors(json!({}), "PullSmsSendStatusSet", vec![report])
    }),
    // The doctor's file.
    ("a file that is no JSON", |n| {
        input(format!("{}x", "\n".repeat(n)))
    }),
    ("a list of connectors", |n| {
        input(json!(vec![json!({ "connectorId": "a" }); n / 20]).to_string())
    }),
    // The configs that the set-up compares.
    ("a stored config of unknown keys", |n| {
        let keys = (0..n / 10).map(|i| (format!("k{i}"), json!(1)));
        compared(&Value::Object(keys.collect()))
    }),
    ("a stored config of many templates", |n| {
        compared(&json!({ "templates": vec![json!({ "usageType": "A", "note": 1 }); n / 30] }))
    }),
];

/// Returns the fields `"k0":1,"k1":1,…` with about the given length.
fn keys(length: usize) -> String {
    (0..length / 10).map(|i| format!("\"k{i}\":1,")).collect()
}

fn language(length: usize) -> String {
    format!("en{}", "-abcdefg".repeat(length / 8))
}

/// Returns a good config as JSON, with one key replaced by a JSON text.
fn with_text(key: &str, value: &str) -> String {
    let mut config = json!({
        "accessKeyId": "AKIDEXAMPLE", "accessKeySecret": "ExampleSecretKey", "signName": "腾讯云",
        "sdkAppId": "1400006666", "templates": [{ "usageType": "Generic", "templateCode": "1111" }]
    });
    config[key] = "REPLACED".into();
    config.to_string().replace("\"REPLACED\"", value)
}

fn with(key: &str, value: &Value) -> String {
    with_text(key, &value.to_string())
}

fn data(key: &str, value: impl Into<Value>) -> String {
    let mut data =
        json!({ "to": "8613800138000", "type": "SignIn", "payload": { "code": "116410" } });
    data[key] = value.into();
    data.to_string()
}

fn good_data() -> String {
    data("type", "SignIn")
}

fn config(key: &str, value: impl Into<Value>) -> Box<dyn Fn()> {
    work_of_send(with(key, &value.into()), good_data())
}

fn limits(limits: Value) -> Box<dyn Fn()> {
    config("limits", limits)
}

fn raw_config(key: &str, value: &str) -> Box<dyn Fn()> {
    work_of_send(with_text(key, value), good_data())
}

/// Returns the work on a config with one entry, which has the given JSON at a key.
fn template(key: &str, value: &str) -> Box<dyn Fn()> {
    let mut entry = json!({ "usageType": "Generic", "templateCode": "1111" });
    entry[key] = "REPLACED".into();
    let templates = json!([entry]).to_string();
    raw_config("templates", &templates.replace("\"REPLACED\"", value))
}

fn with_generic(mut templates: Vec<Value>) -> Value {
    templates.push(json!({ "usageType": "Generic", "templateCode": "1111" }));
    templates.into()
}

/// Returns the work on a config with entries of a given total length.
fn entries(length: usize, entry: impl Fn(usize) -> Value) -> Box<dyn Fn()> {
    let count = length / entry(length).to_string().len().min(length);
    config("templates", with_generic((0..count).map(entry).collect()))
}

fn param(text: &str) -> Box<dyn Fn()> {
    filled(text, r#"{ "code": "116410", "user": { "name": "李雷" } }"#)
}

fn filled(param: &str, payload: &str) -> Box<dyn Fn()> {
    let template = json!({ "usageType": "Generic", "templateCode": 1, "templateParams": [param] });
    let data = data("payload", "REPLACED").replace("\"REPLACED\"", payload);
    work_of_send(with("templates", &json!([template])), data)
}

fn message(key: &str, value: impl Into<Value>) -> Box<dyn Fn()> {
    work_of_send(with("region", &json!("ap-guangzhou")), data(key, value))
}

fn answer(body: String) -> Box<dyn Fn()> {
    Box::new(move || answered(&with("region", &json!("ap-guangzhou")), &body))
}

fn response(response: Value) -> Box<dyn Fn()> {
    answer(json!({ "Response": response }).to_string())
}

fn input(text: String) -> Box<dyn Fn()> {
    Box::new(move || {
        black_box(read_input(text.as_bytes(), Environment::default()).is_ok());
    })
}

/// Returns the work on comparing a config with a stored one.
fn compared(stored: &Value) -> Box<dyn Fn()> {
    let keys = [
        "accessKeyId",
        "accessKeySecret",
        "signName",
        "sdkAppId",
        "region",
        "templates",
    ];
    let connector = json!({
        "connectorId": "tencent-cloud-sms", "type": "Sms", "config": stored,
        "formItems": keys.map(|key| json!({ "key": key }))
    });
    let answers = [json!({ "access_token": "a" }), json!([connector])];
    let events = answers.map(|body| Event::Answered {
        action: "GET".to_owned(),
        received_at: CLOCK.now,
        status: 200,
        date: None,
        body: body.to_string(),
        departures: 0,
    });
    let backup = json!({ "connectorId": "tencent-cloud-sms", "config": {} }).to_string();
    let backup = backup.replace("{}", &with("region", &json!("ap-beijing")));
    let wanted = Wanted::read_backup(backup.as_bytes(), None, false).unwrap_or_else(|_| panic!());
    let access = Access {
        url: "https://auth.example.com".to_owned(),
        authorization: String::new(),
    };
    Box::new(move || match preview(&access, &wanted, &events) {
        Step::Done {
            outcome: Ok(report),
        } => assert_eq!(report.outcome, Outcome::Differs),
        step => panic!("{step:?}"),
    })
}

fn signature(name: &str, reply: &str) -> Value {
    json!({ "SignId": 1, "SignName": name, "StatusCode": -1, "ReviewReply": reply })
}

fn signatures(sign_name: &str, list: Vec<Value>) -> Box<dyn Fn()> {
    doctors(
        json!({ "signName": sign_name }),
        "DescribeSignListStatusSet",
        list,
    )
}

fn template_status(content: &str) -> Value {
    json!({ "TemplateId": 1111, "StatusCode": 0, "International": 3, "TemplateContent": content })
}

/// Returns the doctor's whole examination of a config that serves the mainland. One body with `list` at `key`
/// answers every question. The body has a quarter of the length, because the shim reads at most 256 KB.
fn doctors(changes: Value, key: &'static str, list: Vec<Value>) -> Box<dyn Fn()> {
    let config = with("allowedCallingCodes", &json!("86"));
    let mut config: Value = serde_json::from_str(&config).unwrap();
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    let mut response = json!({
        "PhoneNumberInfoSet": [], "SendStatusStatistics": { "RequestSuccessCount": 1 },
        "DescribeSignListStatusSet": [], "DescribeTemplateStatusSet": [],
        "SmsPackagesStatisticsSet": [], "SendStatusSet": [{ "Code": "Ok", "SerialNo": "1" }],
        "PullSmsSendStatusSet": [{ "SerialNo": "1", "ReportStatus": "SUCCESS" }]
    });
    response[key] = list.into();
    let body = json!({ "Response": response }).to_string();
    let config = config.to_string();
    Box::new(move || answered(&config, &body))
}

const CLOCK: Clock = Clock {
    now: 1e12,
    offset: 0.0,
};

fn entropy() -> Entropy {
    Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    }
}

/// Returns the core's work on a config and a message: at save, at a send, and in the doctor's offline checks.
fn work_of_send(config: String, data: String) -> Box<dyn Fn()> {
    Box::new(move || {
        let sent = cache::read(&config)
            .map_err(Error::InvalidConfig)
            .and_then(|config| {
                let data = json::Value::parse(&data).unwrap_or_default();
                let message = Message::parse(&data, config.bare_numbers)?;
                let mut memory = Memory::none();
                send::next_step(&config, &message, &[], CLOCK.now, &mut memory, &entropy)
            });
        black_box(
            sent.map_err(|error| (error.to_string(), error.issues().len()))
                .is_ok(),
        );
        black_box(issues_at_save(
            &json::Value::parse(&config).unwrap_or_default(),
        ));
        if let Ok(value) = read_input(config.as_bytes(), Environment::default()) {
            match examine(&value, false, &[], CLOCK, &entropy) {
                Step::Done { outcome } => black_box(outcome.to_text(true)),
                _ => panic!("nothing is asked"),
            };
        }
    })
}

/// Does the core's work on a body that answers every request of a send, a count and the doctor.
fn answered(config: &str, body: &str) {
    let event = Event::Answered {
        action: "SendSms".to_owned(),
        received_at: CLOCK.now,
        status: 200,
        date: None,
        body: body.to_owned(),
        departures: 1,
    };
    let value = json::Value::parse(config).unwrap();
    let config = Config::parse(&value).unwrap();
    let message = json::Value::parse(&good_data()).unwrap();
    let message = Message::parse(&message, config.bare_numbers).unwrap();
    let event = std::slice::from_ref(&event);
    let mut memory = Memory::none();
    let step = send::next_step(&config, &message, event, CLOCK.now, &mut memory, &entropy);
    black_box(step.map_err(|error| error.to_string()).is_ok());
    black_box(usage::next_step(
        &config,
        None,
        event,
        CLOCK.now,
        &memory.offsets,
        &memory.keys,
        &entropy,
    ));

    ended(event, |events| {
        examine(&value, true, events, CLOCK, &entropy)
    });
    let to = "8613800138000";
    ended(event, |events| {
        send_test_message(&value, to, events, CLOCK, &entropy)
    });
}

/// Runs one of the doctor's tasks to its end, with the same answer to each question.
fn ended(answer: &[Event], task: impl Fn(&[Event]) -> Step<Report>) {
    let mut events = Vec::new();
    loop {
        match task(&events) {
            Step::Done { outcome } => {
                black_box(outcome.to_text(true));
                break;
            }
            Step::Wait { ms } => events.push(Event::Waited { waited_ms: ms }),
            Step::Store { .. } | Step::ExamineStore { .. } => panic!("no config has a store"),
            Step::Request { .. } | Step::Requests { .. } => events.extend_from_slice(answer),
            Step::Read { .. } => panic!("the key is in the config"),
        }
    }
}
