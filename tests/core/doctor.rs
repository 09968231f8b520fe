//! The doctor without a network: what it asks, in which order, and what it says, whatever is answered.

mod account;
mod config;
mod delivery;
mod found;
mod input;
mod logto;
mod report;
mod review;
mod store;

use std::cell::Cell;

use connector_tencent_sms_wasm::doctor::{
    Check, Finding, Report, State, examine, send_test_message, show_last_messages,
};
use connector_tencent_sms_wasm::step::{Clock, Entropy, Event, Step, TraceId};
use connector_tencent_sms_wasm::tencent::all_error_codes;
use connector_tencent_sms_wasm::text::{Id, Text, id};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::crossing::crossing;
use crate::support::failed_exchange::failed_exchange;
use crate::support::http_date::millis;

/// 2024-06-15T08:09:10Z.
const NOW: f64 = 1_718_438_950_000.0;
const NOW_AS_DATE: &str = "Sat, 15 Jun 2024 08:09:10 GMT";
const TEN_MINUTES_LATER: &str = "Sat, 15 Jun 2024 08:19:10 GMT";

const SECRET_KEY: &str = "ExampleSecretKey0000000000000000";
const NUMBER: &str = "+8613812345678";
const SERIAL_NO: &str = "2028:f825e6b16e23f73f4123";

/// The largest number of answers that an examination may need.
const MOST_STEPS: usize = 60;

/// A config for both sides. Each side has its own signature. Two templates have a code for each side, and
/// one has a single code for both.
fn config() -> Value {
    json!({
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
        "accessKeySecret": SECRET_KEY,
        "signName": "腾讯云",
        "sdkAppId": 1400006666,
        "overseas": { "signName": "Tencent" },
        "templates": [
            { "usageType": "SignIn", "templateCode": { "china": "1110", "overseas": "1220" } },
            { "usageType": "Register", "templateCode": "1330" },
            { "usageType": "Generic", "templateCode": { "china": "1111", "overseas": "1220" } }
        ]
    })
}

fn with(changes: &Value) -> Value {
    let mut config = config();
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    config
}

/// A question as it would leave.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    action: String,
    url: String,
    region: String,
    secret_id: String,
    body: Value,
    timestamp: f64,
}

impl Asked {
    fn read(request: &Value) -> Self {
        let header = |name: &str| request["headers"][name].as_str().unwrap().to_owned();
        let authorization = header("Authorization");
        let credential = authorization.split("Credential=").nth(1).unwrap();
        Self {
            action: header("X-TC-Action"),
            url: request["url"].as_str().unwrap().to_owned(),
            region: header("X-TC-Region"),
            secret_id: credential.split('/').next().unwrap().to_owned(),
            body: serde_json::from_str(request["body"].as_str().unwrap()).unwrap(),
            timestamp: header("X-TC-Timestamp").parse().unwrap(),
        }
    }

    fn is(&self, action: &str) -> bool {
        self.action == action
    }

    fn asks_the_same(&self, other: &Self) -> bool {
        (
            &self.action,
            &self.url,
            &self.region,
            &self.secret_id,
            &self.body,
        ) == (
            &other.action,
            &other.url,
            &other.region,
            &other.secret_id,
            &other.body,
        )
    }
}

/// The result of a task.
struct Ran {
    report: Report,
    asked: Vec<Asked>,
    waited_ms: f64,
}

impl Ran {
    fn finding(&self, check: Check) -> &Finding {
        let mut found = self
            .report
            .findings
            .iter()
            .filter(|each| each.check == check);
        let finding = found
            .next()
            .unwrap_or_else(|| panic!("no {check:?}: {:?}", self.report));
        assert!(found.next().is_none(), "{check:?} twice: {:?}", self.report);
        finding
    }

    fn troubles(&self) -> Vec<(Check, State)> {
        let findings = self.report.findings.iter();
        findings
            .filter(|finding| finding.state != State::Ok)
            .map(|finding| (finding.check, finding.state))
            .collect()
    }

    fn count_of(&self, action: &str) -> usize {
        self.asked.iter().filter(|asked| asked.is(action)).count()
    }
}

/// Runs a task to its end, with `answer` in the place of Tencent and of the network between. Each
/// question takes a tenth of a second, and waiting as long as it was to be.
fn run(
    mut task: impl FnMut(&[Event], Clock) -> Step<Report>,
    mut answer: impl FnMut(&Asked) -> Event,
) -> Ran {
    let mut events = vec![Event::Started { at: NOW }];
    let (mut asked, mut now, mut waited_ms) = (Vec::new(), NOW, 0.0);
    for _ in 0..200 {
        let step = task(&events, Clock { now, offset: 0.0 });
        if let Step::Done { outcome } = step {
            return Ran {
                report: outcome,
                asked,
                waited_ms,
            };
        }
        let step = serde_json::to_value(step.map(|_| ())).unwrap();
        match step["kind"].as_str().unwrap() {
            "request" => {
                let question = Asked::read(&step["request"]);
                let mut event = answer(&question);
                // The shim names the action of the request.
                match &mut event {
                    Event::Answered {
                        action,
                        received_at,
                        ..
                    } => {
                        action.clone_from(&question.action);
                        *received_at = now + 100.0;
                    }
                    Event::Failed { action, .. } => action.clone_from(&question.action),
                    Event::Started { .. }
                    | Event::Stored { .. }
                    | Event::StoreExamined(_)
                    | Event::Read { .. }
                    | Event::Waited { .. } => {}
                }
                now += 100.0;
                asked.push(question);
                events.push(event);
            }
            "wait" => {
                let ms = step["ms"].as_f64().unwrap();
                now += ms;
                waited_ms += ms;
                events.push(Event::Waited { waited_ms: ms });
            }
            kind => panic!("{kind}"),
        }
    }
    panic!("it does not end");
}

fn entropy() -> Entropy {
    Entropy {
        trace_id: TraceId::from_bytes([7; 16]),
        jitter: 0.5,
    }
}

fn examined(config: &Value, answer: impl FnMut(&Asked) -> Event) -> Ran {
    let config = crossing(config);
    let task = |events: &[Event], clock| examine(&config, true, events, clock, &entropy);
    run(task, answer)
}

fn sent_to(number: &str, answer: impl FnMut(&Asked) -> Event) -> Ran {
    let config = crossing(&config());
    let task =
        |events: &[Event], clock| send_test_message(&config, number, events, clock, &entropy);
    run(task, answer)
}

/// Shows the last messages to a number.
fn shown_of(config: &Value, number: &str, answer: impl FnMut(&Asked) -> Event) -> Ran {
    let config = crossing(config);
    let task =
        |events: &[Event], clock| show_last_messages(&config, number, events, clock, &entropy);
    run(task, answer)
}

fn answered_on(date: &str, body: String) -> Event {
    Event::Answered {
        action: String::new(),
        received_at: NOW,
        status: 200,
        date: millis(date),
        body,
        departures: 1,
    }
}

fn response(response: &Value) -> Event {
    answered_on(NOW_AS_DATE, json!({ "Response": response }).to_string())
}

fn refused(code: &str) -> Event {
    refused_on(NOW_AS_DATE, code)
}

fn refused_on(date: &str, code: &str) -> Event {
    let error = json!({ "Code": code, "Message": SECRET_KEY });
    answered_on(date, json!({ "Response": { "Error": error } }).to_string())
}

fn failed(code: &str, departures: u64) -> Event {
    failed_exchange("", departures, code)
}

/// An account without mistakes, in the words of Tencent's documents.
fn in_order(asked: &Asked) -> Value {
    let body = &asked.body;
    match asked.action.as_str() {
        "DescribePhoneNumberInfo" => {
            let numbers = body["PhoneNumberSet"].as_array().unwrap();
            let infos: Vec<_> = numbers
                .iter()
                .map(|number| json!({ "Code": "Ok", "PhoneNumber": number, "IsoCode": "CN" }))
                .collect();
            json!({ "PhoneNumberInfoSet": infos })
        }
        "SendStatusStatistics" => json!({ "SendStatusStatistics": {
            "FeeCount": 3, "RequestCount": 3, "RequestSuccessCount": 2
        } }),
        "CallbackStatusStatistics" => json!({ "CallbackStatusStatistics": {
            "CallbackCount": 2, "RequestSuccessCount": 2, "CallbackFailCount": 0,
            "CallbackSuccessCount": 2, "InternalErrorCount": 0, "InvalidNumberCount": 0,
            "ShutdownErrorCount": 0, "BlackListCount": 0, "FrequencyLimitCount": 0
        } }),
        "DescribeSmsSignList" => {
            let name = if body["International"] == 0 {
                "腾讯云"
            } else {
                "Tencent"
            };
            json!({ "DescribeSignListStatusSet": [signature(7, name)] })
        }
        "DescribeSmsTemplateList" => {
            let ids = body["TemplateIdSet"].as_array().unwrap();
            let templates: Vec<_> = ids
                .iter()
                .map(|id| {
                    json!({
                        "TemplateId": id, "StatusCode": 0, "International": 3, "ReviewReply": "",
                        "TemplateName": "", "CreateTime": 0, "TemplateContent": "验证码 {1}"
                    })
                })
                .collect();
            json!({ "DescribeTemplateStatusSet": templates })
        }
        "SmsPackagesStatistics" => json!({ "SmsPackagesStatisticsSet": [{
            "PackageAmount": 1000, "CurrentUsage": 1, "PackageType": 1, "PackageId": 1,
            "PackageCreateTime": 1_700_000_000, "PackageEffectiveTime": 1_700_000_000,
            "PackageExpiredTime": 1_800_000_000
        }] }),
        "SendSms" => json!({ "SendStatusSet": [{
            "SerialNo": SERIAL_NO, "PhoneNumber": body["PhoneNumberSet"][0], "Fee": 1,
            "SessionContext": "", "Code": "Ok", "Message": "send success", "IsoCode": "CN"
        }] }),
        "PullSmsSendStatusByPhoneNumber" => {
            json!({ "PullSmsSendStatusSet": [report("SUCCESS", "DELIVRD")] })
        }
        action => panic!("{action} is not read-only"),
    }
}

fn signature(id: i64, name: &str) -> Value {
    json!({
        "SignId": id, "SignName": name, "StatusCode": 0, "ReviewReply": "", "International": 0,
        "QualificationId": 0, "QualificationName": "", "QualificationStatusCode": 0
    })
}

fn report(status: &str, description: &str) -> Value {
    json!({
        "SerialNo": SERIAL_NO, "ReportStatus": status, "Description": description,
        "PhoneNumber": NUMBER, "UserReceiveTime": 1_718_438_952, "CountryCode": "86"
    })
}

fn well(asked: &Asked) -> Event {
    response(&in_order(asked))
}

#[test]
fn everything_that_is_right_is_reported_as_ok() {
    let ran = examined(&config(), well);
    assert_eq!(ran.troubles(), []);
    assert!(!ran.report.is_wrong());
    assert_eq!(ran.count_of("SendSms"), 0);
}

/// The replies to a question, and what can come instead of one.
#[derive(Clone, Debug)]
enum Reply {
    InOrder,
    Refused(String),
    Expired(usize),
    Body(String),
    /// This part of a good answer.
    CutOff(f64),
    /// A full page of elements, none of which the config names.
    LongList,
    Failed(&'static str, u64),
    /// Not an answer at all.
    Waited,
}

const DATES: [&str; 4] = [
    NOW_AS_DATE,
    TEN_MINUTES_LATER,
    "Sat, 15 Jun 2024 07:09:10 GMT",
    "not a date",
];

impl Reply {
    fn event(&self, asked: &Asked) -> Event {
        match self {
            Self::InOrder => well(asked),
            Self::Refused(code) => refused(code),
            Self::Expired(date) => {
                refused_on(DATES[date % DATES.len()], "AuthFailure.SignatureExpire")
            }
            Self::Body(body) => answered_on(NOW_AS_DATE, body.clone()),
            Self::CutOff(part) => {
                let text = json!({ "Response": in_order(asked) }).to_string();
                let kept = (text.chars().count() as f64 * part) as usize;
                answered_on(NOW_AS_DATE, text.chars().take(kept).collect())
            }
            Self::LongList => response(&long_list(asked)),
            Self::Failed(code, departures) => failed(code, *departures),
            Self::Waited => Event::Waited { waited_ms: 1.0 },
        }
    }
}

fn long_list(asked: &Asked) -> Value {
    let mut answer = in_order(asked);
    for list in answer.as_object_mut().unwrap().values_mut() {
        if let Value::Array(elements) = list {
            let mut element = elements[0].clone();
            for key in ["SignName", "SerialNo", "PhoneNumber"] {
                if element.get(key).is_some() {
                    element[key] = "something else".into();
                }
            }
            if element.get("TemplateId").is_some() {
                element["TemplateId"] = 9.into();
            }
            *elements = vec![element; 100];
        }
    }
    answer
}

/// Codes of Tencent's that anything can be answered with.
const CODES: &[&str] = &[
    "AuthFailure.SecretIdNotFound",
    "AuthFailure.UnauthorizedOperation",
    "FailedOperation.MissingTemplateList",
    "FailedOperation.NotEnterpriseCertification",
    "FailedOperation.ProhibitSubAccountUse",
    "InternalError",
    "InvalidParameterValue.SdkAppIdNotExist",
    "LimitExceeded.PhoneNumberDailyLimit",
    "RequestLimitExceeded",
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
    "UnsupportedRegion",
];

const FAILURES: &[&str] = &[
    "ECONNREFUSED",
    "ENOTFOUND",
    "ECONNRESET",
    "TimeoutError",
    "",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    let keys = [
        "Response",
        "Error",
        "Code",
        "PhoneNumberInfoSet",
        "SendStatusStatistics",
        "RequestSuccessCount",
        "DescribeSignListStatusSet",
        "DescribeTemplateStatusSet",
        "SmsPackagesStatisticsSet",
        "SendStatusSet",
        "PullSmsSendStatusSet",
        "CallbackStatusStatistics",
        "CallbackFailCount",
        "SignName",
        "StatusCode",
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        let key = prop::sample::select(keys.to_vec());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|fields| {
                let fields = fields.into_iter();
                Value::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => Just(Reply::InOrder),
        2 => prop::sample::select(CODES.to_vec()).prop_map(|code| Reply::Refused(code.to_owned())),
        1 => "[A-Za-z.]{0,30}".prop_map(Reply::Refused),
        1 => (0..DATES.len()).prop_map(Reply::Expired),
        1 => any_json().prop_map(|json| Reply::Body(json.to_string())),
        1 => any_json().prop_map(|json| Reply::Body(json!({ "Response": json }).to_string())),
        1 => ".{0,40}".prop_map(Reply::Body),
        1 => (0.0..1.0_f64).prop_map(Reply::CutOff),
        2 => Just(Reply::LongList),
        1 => (prop::sample::select(FAILURES.to_vec()), 0..3_u64)
            .prop_map(|(code, departures)| Reply::Failed(code, departures)),
        1 => Just(Reply::Waited),
    ]
}

/// Answers in turn, from the beginning again after the last. A question gets one wait at most in the
/// place of its answer: where nothing ever comes, nothing ends.
fn in_turn(replies: &[Reply]) -> impl FnMut(&Asked) -> Event {
    let mut next = replies.iter().cycle();
    let mut has_waited = false;
    move |asked| {
        let event = match next.next().unwrap().event(asked) {
            Event::Waited { .. } if has_waited => well(asked),
            event => event,
        };
        has_waited = matches!(event, Event::Waited { .. });
        event
    }
}

/// Configs of every shape that makes a difference to what is asked.
fn any_config() -> impl Strategy<Value = Value> {
    let changes = vec![
        json!({}),
        json!({ "overseas": {} }),
        json!({ "overseas": { "sdkAppId": 2, "accessKeyId": "AKIDOTHER", "accessKeySecret": "k" } }),
        json!({ "overseas": { "sdkAppId": 2, "signName": "Tencent" } }),
        json!({ "endpoint": "http://127.0.0.1:4180" }),
        json!({ "allowedCallingCodes": ["86"] }),
        json!({ "signName": "7", "overseas": { "signName": "7" } }),
        json!({ "templates": [{ "usageType": "Generic", "templateCode": "no number" }] }),
        json!({ "templates": [{ "usageType": "Generic", "templateCode": 1 }] }),
    ];
    prop::sample::select(changes).prop_map(|changes| with(&changes))
}

proptest! {
    // An examination is a dozen signatures in a debug build.
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_is_answered_it_ends_with_a_report(
        config in any_config(),
        replies in prop::collection::vec(any_reply(), 1..12),
    ) {
        let mut answer = in_turn(&replies);
        let mut answers = 0;
        let ran = examined(&config, |asked| {
            let event = answer(asked);
            answers += usize::from(!matches!(event, Event::Waited { .. }));
            event
        });
        prop_assert!(answers <= MOST_STEPS, "{answers} answers");
        prop_assert!(!ran.report.findings.is_empty());
        prop_assert_eq!(ran.count_of("SendSms"), 0, "it sends");
        assert_presentable(&ran.report);
    }

    #[test]
    fn no_question_is_asked_again_once_it_was_answered(
        config in any_config(),
        replies in prop::collection::vec(any_reply(), 1..12),
    ) {
        let mut answer = in_turn(&replies);
        let mut answered: Vec<Asked> = Vec::new();
        let asks_again = Cell::new(None);
        examined(&config, |asked| {
            if answered.iter().any(|before| before.asks_the_same(asked)) {
                asks_again.set(Some(asked.clone()));
            }
            let event = answer(asked);
            // What Tencent refused because of the clock is asked again with the right one.
            if let Event::Answered { body, .. } = &event
                && !body.contains("SignatureExpire")
            {
                answered.push(asked.clone());
            }
            event
        });
        let asks_again = asks_again.take();
        prop_assert!(asks_again.is_none(), "{asks_again:?}");
    }

    #[test]
    fn templates_that_could_not_be_asked_for_are_not_wrong(
        code in prop::sample::select(vec![
            "AuthFailure.UnauthorizedOperation",
            "FailedOperation.NotEnterpriseCertification",
            "FailedOperation.ProhibitSubAccountUse",
            "UnauthorizedOperation",
            "UnauthorizedOperation.RequestPermissionDeny",
            "InternalError",
            "RequestLimitExceeded",
            "Unheard.Of",
        ]),
        kind in 0..4_usize,
        config in any_config(),
    ) {
        let ran = examined(&config, |asked| match kind {
            _ if !asked.is("DescribeSmsTemplateList") => well(asked),
            0 => refused(code),
            1 => Reply::CutOff(0.7).event(asked),
            2 => failed("ECONNRESET", 1),
            _ => response(&json!({ "DescribeTemplateStatusSet": [{ "TemplateId": 1110 }] })),
        });
        let templates = ran.report.findings.iter().filter(|each| each.check == Check::Template);
        let states: Vec<_> = templates.map(|finding| finding.state).collect();
        let numbers = config["templates"][0]["templateCode"] != "no number";
        if numbers {
            prop_assert!(!states.is_empty());
            prop_assert!(states.iter().all(|state| *state == State::Unknown), "{states:?}");
        }
    }

    #[test]
    fn whatever_tencent_writes_is_fit_for_a_terminal(text in any::<String>(), status in -1..3_i64) {
        let ran = examined(&config(), |asked| response(&writing(&text, status, asked)));
        assert_presentable(&ran.report);
    }

    #[test]
    fn whatever_the_config_holds_is_fit_for_a_terminal(text in any::<String>()) {
        for changes in [
            json!({ "signName": text }),
            json!({ "sdkAppId": text }),
            json!({ "templates": [{ "usageType": "Generic", "templateCode": text }] }),
            json!({ "templates": [
                { "usageType": "Generic", "templateCode": "1" },
                { "usageType": text, "templateCode": "2" }
            ] }),
            json!({ "overseas": { &text: "1" } }),
        ] {
            let ran = examined(&with(&changes), well);
            assert_presentable(&ran.report);
        }
    }

    #[test]
    fn a_test_message_is_sent_once_whatever_comes_after(
        replies in prop::collection::vec(any_reply(), 1..12),
    ) {
        let mut later = in_turn(&replies);
        let ran = sent_to(NUMBER, |asked| {
            if asked.is("SendSms") { well(asked) } else { later(asked) }
        });
        prop_assert_eq!(ran.count_of("SendSms"), 1);
        prop_assert!(ran.waited_ms <= 61_000.0, "waits for {} ms", ran.waited_ms);
        let accepted = ran.finding(Check::Message);
        prop_assert_eq!(accepted.state, State::Ok);
        prop_assert!(accepted.what.to_string().contains(SERIAL_NO));
        assert_presentable(&ran.report);
    }

    #[test]
    fn a_test_message_whose_fate_is_unknown_is_not_sent_again(
        replies in prop::collection::vec(any_reply(), 1..6),
    ) {
        let mut later = in_turn(&replies);
        let mut first = true;
        let ran = sent_to(NUMBER, |asked| {
            if std::mem::take(&mut first) { failed("ECONNRESET", 1) } else { later(asked) }
        });
        prop_assert_eq!(ran.count_of("SendSms"), 1);
        prop_assert_eq!(ran.finding(Check::Message).state, State::Wrong);
    }
}

/// No key, no number, and nothing that a terminal would obey.
fn assert_presentable(report: &Report) {
    let text = report.to_text(false);
    assert!(
        text.chars()
            .all(|letter| letter == '\n' || !letter.is_control()),
        "{text:?}"
    );
    let shown = format!("{text}{}", serde_json::to_string(&report.findings).unwrap());
    // Characters that break a line, turn its direction, or are not seen.
    let is_hidden = |letter| {
        matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    assert!(!shown.contains(is_hidden), "{shown:?}");
    for secret in [SECRET_KEY, "AKIDEXAMPLE", "13812345678"] {
        assert!(!shown.contains(secret), "a secret is shown: {shown}");
    }
    let colored = report.to_text(true);
    let codes = colored.matches('\u{1b}').count();
    assert_eq!(codes, 2 * report.findings.len(), "{colored:?}");
}

/// Short enough to be shown.
const HOSTILE: &str = "\u{1b}[2J\u{202e}evil\n\u{9b}\u{61c}\u{2028}";

/// An account whose every text is `text`.
fn writing(text: &str, status: i64, asked: &Asked) -> Value {
    let mut answer = in_order(asked);
    for list in answer.as_object_mut().unwrap().values_mut() {
        for element in list.as_array_mut().into_iter().flatten() {
            for key in [
                "SignName",
                "ReviewReply",
                "TemplateContent",
                "IsoCode",
                "Description",
            ] {
                if element.get(key).is_some() {
                    element[key] = text.into();
                }
            }
            if element.get("StatusCode").is_some() {
                element["StatusCode"] = status.into();
            }
        }
    }
    answer
}

#[test]
fn escape_sequences_of_tencents_do_not_reach_the_terminal() {
    for status in [-1, 0] {
        let ran = examined(&config(), |asked| {
            response(&writing(HOSTILE, status, asked))
        });
        assert_presentable(&ran.report);
        assert!(ran.report.to_text(false).contains("evil"), "it is shown");
    }
}

#[test]
fn escape_sequences_of_the_configs_do_not_reach_the_terminal() {
    let config = with(&json!({
        "signName": HOSTILE, "sdkAppId": HOSTILE, HOSTILE: 1, "overseas": null,
        "templates": [
            { "usageType": HOSTILE, "templateCode": HOSTILE, HOSTILE: 1 },
            { "usageType": "Generic", "templateCode": 1111 }
        ]
    }));
    let ran = examined(&config, well);
    assert_presentable(&ran.report);
    let text = ran.report.to_text(false);
    assert!(text.matches("evil").count() >= 3, "{text}");

    for key in ["overseas", "templateCode"] {
        let mut config = config.clone();
        match key {
            "overseas" => config[key] = json!({ HOSTILE: 1 }),
            _ => config["templates"][0][key] = json!({ HOSTILE: 1 }),
        }
        let ran = examined(&config, well);
        assert_presentable(&ran.report);
        let text = ran.report.to_text(false);
        assert!(text.contains(&format!("{key}.?[2J")), "{text}");
    }
}

#[test]
fn text_of_any_length_stays_a_line() {
    let ran = examined(&config(), |asked| {
        response(&writing(&"长".repeat(10_000), -1, asked))
    });
    for line in ran.report.to_text(false).lines() {
        assert!(
            line.chars().count() < 1200,
            "{} letters",
            line.chars().count()
        );
    }
}

/// Entries of a config: the usage type, the locale, and the sides that have a template.
const ENTRIES: &[(&str, &str, &str)] = &[
    ("SignIn", "", "china"),
    ("SignIn", "", "overseas"),
    ("SignIn", "", "both"),
    ("SignIn", "", "none"),
    ("SignIn", "en", "both"),
    ("SignIn", "EN", "overseas"),
    ("Generic", "", "both"),
];

proptest! {
    #[test]
    fn an_entry_is_never_used_if_an_earlier_one_serves_the_same(
        entries in prop::collection::vec(0..ENTRIES.len(), 0..12),
    ) {
        let mut entries: Vec<_> = entries.into_iter().map(|index| ENTRIES[index]).collect();
        entries.push(("Generic", "", "both"));
        let serves = |sides: &str, side: &str| sides == "both" || sides == side;
        let covers = |first: &(&str, &str, &str), second: &(&str, &str, &str)| {
            first.0 == second.0
                && first.1.eq_ignore_ascii_case(second.1)
                && ["china", "overseas"].iter().all(|side| !serves(second.2, side) || serves(first.2, side))
        };
        let expected: Vec<_> = (0..entries.len())
            .filter(|index| {
                let (earlier, entry) = (&entries[..*index], &entries[*index]);
                entry.2 != "none" && earlier.iter().any(|first| covers(first, entry))
            })
            .map(|index| format!("templates[{index}]"))
            .collect();

        let templates: Vec<_> = entries
            .iter()
            .map(|(usage_type, locale, sides)| {
                let code = match *sides {
                    "both" => json!("1110"),
                    "none" => json!("<template-code>"),
                    side => json!({ side: "1110" }),
                };
                json!({ "usageType": usage_type, "templateCode": code, "locale": locale })
            })
            .collect();
        let config = crossing(&with(&json!({ "templates": templates })));
        let task = |events: &[Event], clock| examine(&config, false, events, clock, &entropy);
        let ran = run(task, well);
        let findings = ran.report.findings.iter();
        let found: Vec<_> = findings
            .filter(|finding| finding.what.id() == id::FINDING_CONFIG_NEVER_USED)
            .map(|finding| finding.path.as_ref().unwrap().to_string())
            .collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn of_very_many_entries_the_first_thousand_are_examined() {
    let entry = |id| json!({ "usageType": "SignIn", "templateCode": id });
    let mut templates = vec![json!({ "usageType": "Generic", "templateCode": 7 })];
    templates.extend((1..=3000).map(entry));
    let config = |count| {
        let templates = &templates[..count];
        with(&json!({ "templates": templates, "allowedCallingCodes": "86" }))
    };
    let count = |ran: &Ran, what: &str| {
        let findings = ran.report.findings.iter();
        findings
            .filter(|finding| finding.what.to_string().contains(what))
            .count()
    };
    let ran = examined(&config(1000), well);
    assert_eq!(count(&ran, "after the first 1000"), 0);
    assert_eq!(count(&ran, "never used"), 998);
    assert_eq!(ran.count_of("DescribeSmsTemplateList"), 10);

    let ran = examined(&config(3001), well);
    let what = "cannot check: the entries of templates after the first 1000";
    assert_eq!(count(&ran, what), 1);
    assert_eq!(count(&ran, "never used"), 998);
    assert_eq!(ran.count_of("DescribeSmsTemplateList"), 10);
}

#[test]
fn another_access_point_is_tried_and_named() {
    let first = "https://sms.tencentcloudapi.com/";
    for failure in ["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "TimeoutError"] {
        let ran = examined(&config(), |asked| {
            if asked.url == first {
                failed(failure, 0)
            } else {
                well(asked)
            }
        });
        assert_eq!(ran.troubles(), [(Check::Api, State::Warning)], "{failure}");
        let finding = ran.finding(Check::Api);
        let reached = "sms.ap-guangzhou.tencentcloudapi.com";
        let what = Text::new(id::FINDING_API_ELSEWHERE)
            .with("host", &"sms.tencentcloudapi.com")
            .with("reached", &reached);
        assert_eq!(finding.what, what);
        let advice = Text::new(id::FINDING_API_ELSEWHERE_DO).with("reached", &reached);
        assert_eq!(finding.advice, Some(advice));
        assert_eq!(finding.path.as_ref().unwrap().to_string(), "endpoint");
        let to_first = ran.asked.iter().filter(|asked| asked.url == first).count();
        assert_eq!(to_first, 1, "it goes on where it was answered");
    }
}

#[test]
fn if_no_access_point_answers_the_first_cause_is_reported() {
    let ran = examined(&config(), |_| failed("ENOTFOUND", 0));
    let urls: Vec<_> = ran.asked.iter().map(|asked| asked.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://sms.tencentcloudapi.com/",
            "https://sms.ap-guangzhou.tencentcloudapi.com/",
            "https://sms.ap-shanghai.tencentcloudapi.com/",
        ]
    );
    let finding = ran.finding(Check::Api);
    assert_eq!(finding.state, State::Wrong);
    assert_eq!(finding.what.id(), id::FAILURE_NAME_NOT_RESOLVED);
    assert_eq!(ran.finding(Check::Clock).state, State::Unknown);
    assert_eq!(ran.finding(Check::Application).state, State::Unknown);
}

#[test]
fn a_host_of_the_operators_choice_is_the_only_one() {
    let config = with(&json!({ "endpoint": "sms.ap-beijing.tencentcloudapi.com" }));
    let ran = examined(&config, |_| failed("ECONNREFUSED", 0));
    assert_eq!(ran.asked.len(), 1);
    assert_eq!(ran.finding(Check::Api).state, State::Wrong);
}

/// The `Date` of the first answer corrects the clock: every later request is signed with the right time.
#[test]
fn a_wrong_clock_is_reported_and_corrected() {
    let mut refusals = 0;
    let ran = examined(&config(), |asked| {
        if asked.timestamp < NOW / 1000.0 + 300.0 {
            refusals += 1;
            refused_on(TEN_MINUTES_LATER, "AuthFailure.SignatureExpire")
        } else {
            answered_on(
                TEN_MINUTES_LATER,
                json!({ "Response": in_order(asked) }).to_string(),
            )
        }
    });
    assert_eq!(refusals, 1);
    assert_eq!(ran.troubles(), [(Check::Clock, State::Wrong)]);
    assert_eq!(
        ran.finding(Check::Clock).what,
        Text::new(id::FINDING_CLOCK_SLOW).with("minutes", &10)
    );
}

#[test]
fn a_clock_that_cannot_be_corrected_is_reported_by_the_check_of_the_key() {
    let ran = examined(&config(), |_| {
        refused_on("not a date", "AuthFailure.SignatureExpire")
    });
    assert_eq!(ran.asked.len(), 1);
    assert!(ran.report.is_wrong());
    let expired = all_error_codes()
        .find(|row| row.tencent_code == "AuthFailure.SignatureExpire")
        .unwrap();
    assert_eq!(ran.finding(Check::Key).advice, Some(expired.advice()));
}

/// The codes of 2021-01-11: 0 to be reviewed, 1 approved, 2 refused, 3 to be completed, 4 change in review,
/// 5 change refused.
#[test]
fn a_qualification_that_is_not_approved_is_a_warning_with_what_to_do() {
    let examined_with = |id: i64, status: Value| {
        let ran = examined(&config(), |asked| {
            let mut answer = in_order(asked);
            if let Some(signature) = answer.pointer_mut("/DescribeSignListStatusSet/0") {
                signature["QualificationId"] = json!(id);
                signature["QualificationStatusCode"] = status.clone();
            }
            response(&answer)
        });
        assert!(!ran.report.is_wrong());
        ran
    };
    for (status, state, advice) in [
        (
            0,
            id::QUALIFICATION_IN_REVIEW,
            id::QUALIFICATION_IN_REVIEW_DO,
        ),
        (2, id::QUALIFICATION_REFUSED, id::QUALIFICATION_REFUSED_DO),
        (
            3,
            id::QUALIFICATION_INCOMPLETE,
            id::QUALIFICATION_INCOMPLETE_DO,
        ),
        (
            4,
            id::QUALIFICATION_IN_REVIEW,
            id::QUALIFICATION_IN_REVIEW_DO,
        ),
        (5, id::QUALIFICATION_REFUSED, id::QUALIFICATION_REFUSED_DO),
        // Codes that Tencent may add.
        (6, id::QUALIFICATION_REFUSED, id::QUALIFICATION_REFUSED_DO),
        (-1, id::QUALIFICATION_REFUSED, id::QUALIFICATION_REFUSED_DO),
    ] {
        let ran = examined_with(7, json!(status));
        // The config has a signature for each side.
        assert_eq!(
            ran.troubles(),
            [(Check::Signature, State::Warning); 2],
            "{status}"
        );
        let mut findings = ran.report.findings.iter();
        let finding = findings
            .find(|each| each.check == Check::Signature)
            .unwrap();
        let what = Text::new(id::SIGNATURE_QUALIFICATION)
            .with_text("state", Text::new(state))
            .with("name", &"腾讯云");
        assert_eq!(finding.what, what, "{status}");
        assert_eq!(finding.advice, Some(Text::new(advice)), "{status}");
    }
    for (id, status) in [
        (7, json!(1)),
        (7, json!(null)),
        (0, json!(-1)),
        (0, json!(0)),
    ] {
        assert_eq!(
            examined_with(id, status.clone()).troubles(),
            [],
            "{id} {status}"
        );
    }
}

/// More than a page of signatures.
#[test]
fn every_page_of_signatures_is_read() {
    let ran = examined(&config(), |asked| {
        if !asked.is("DescribeSmsSignList") {
            return well(asked);
        }
        let offset = asked.body["Offset"].as_i64().unwrap();
        let names =
            (offset..250).take(usize::try_from(asked.body["Limit"].as_u64().unwrap()).unwrap());
        let signatures: Vec<_> = names
            .map(|index| match index {
                // The last of all.
                249 => in_order(asked)["DescribeSignListStatusSet"][0].clone(),
                index => signature(1000 + index, &format!("签名{index}")),
            })
            .collect();
        response(&json!({ "DescribeSignListStatusSet": signatures }))
    });
    assert_eq!(ran.troubles(), []);
    assert_eq!(ran.count_of("DescribeSmsSignList"), 6);
}

/// More templates than one question takes.
#[test]
fn every_template_is_looked_up() {
    let templates: Vec<_> = (1..=250)
        .map(|id| json!({ "usageType": "Generic", "templateCode": id, "locale": "en" }))
        .collect();
    let config = with(&json!({ "templates": templates, "allowedCallingCodes": ["86"] }));
    let ran = examined(&config, |asked| {
        let ids = asked.body["TemplateIdSet"].as_array();
        assert!(ids.is_none_or(|ids| ids.len() <= 100));
        well(asked)
    });
    assert_eq!(ran.count_of("DescribeSmsTemplateList"), 3);
    let templates = ran
        .report
        .findings
        .iter()
        .filter(|each| each.check == Check::Template);
    assert_eq!(
        templates.filter(|each| each.state == State::Ok).count(),
        250
    );
}

/// Half of it is the other side's: with a mistake in the rest no message arrives overseas.
#[test]
fn a_secret_key_of_its_own_is_tried_by_itself() {
    let other_key = json!({
        "accessKeyId": "AKIDEXAMPLE0000000000000000000000000",
        "accessKeySecret": "AnotherSecretKey0000000000000000"
    });
    let ran = examined(&with(&json!({ "overseas": other_key })), well);
    assert_eq!(ran.count_of("DescribePhoneNumberInfo"), 2);
}

#[test]
fn a_config_by_which_nothing_goes_out_is_wrong() {
    let shut_out = with(&json!({
        "allowedCallingCodes": "852",
        "templates": [{ "usageType": "Generic", "templateCode": { "china": "1111" } }]
    }));
    let ran = examined(&shut_out, well);
    assert!(ran.report.is_wrong(), "{}", ran.report.to_text(false));
}

#[test]
fn offline_nothing_is_asked() {
    let clock = Clock {
        now: NOW,
        offset: 0.0,
    };
    let step = examine(&crossing(&config()), false, &[], clock, &|| {
        panic!("no request, no entropy")
    });
    assert!(matches!(step, Step::Done { .. }));
}

/// Runs a test message that Tencent accepts, with the given reports of the carrier.
fn delivery(pulled: impl Fn(usize) -> Event) -> Ran {
    let mut pulls = 0;
    let ran = sent_to(NUMBER, |asked| {
        if asked.is("SendSms") {
            return well(asked);
        }
        pulls += 1;
        pulled(pulls)
    });
    assert_eq!(ran.count_of("SendSms"), 1);
    assert_eq!(ran.finding(Check::Message).state, State::Ok);
    ran
}

fn reports(reports: &[Value]) -> Event {
    response(&json!({ "PullSmsSendStatusSet": reports }))
}

#[test]
fn a_delivered_message_is_reported_as_soon_as_it_is_known() {
    let ran = delivery(|pulls| match pulls {
        1 | 2 => reports(&[]),
        _ => reports(&[report("SUCCESS", "DELIVRD")]),
    });
    assert_eq!(ran.finding(Check::Delivery).state, State::Ok);
    assert_eq!(ran.count_of("PullSmsSendStatusByPhoneNumber"), 3);
    assert!(ran.waited_ms <= 15_000.0, "{}", ran.waited_ms);
}

#[test]
fn a_message_that_was_not_delivered_is_wrong_with_the_carriers_words() {
    let ran = delivery(|_| reports(&[report("FAIL", &format!("MK:0005{HOSTILE}"))]));
    let finding = ran.finding(Check::Delivery);
    assert_eq!(finding.state, State::Wrong);
    let expected = Text::new(id::DELIVERY_FAILED)
        .with_text("reason", Text::new(id::DELIVERY_UNREACHABLE))
        .with("code", &"MK:0005?[2J?evil ?? ");
    assert_eq!(finding.what, expected);
    assert_eq!(
        finding.advice.as_ref().unwrap().id(),
        id::DELIVERY_FAILED_DO
    );
    assert!(ran.report.is_wrong());
    assert_presentable(&ran.report);
}

#[test]
fn a_serial_no_of_any_letters_is_shown_as_a_line() {
    let ran = sent_to(NUMBER, |asked| {
        let mut answer = in_order(asked);
        for list in ["SendStatusSet", "PullSmsSendStatusSet"] {
            if answer.get(list).is_some() {
                answer[list][0]["SerialNo"] = HOSTILE.into();
            }
        }
        response(&answer)
    });
    assert_eq!(ran.finding(Check::Delivery).state, State::Ok);
    let accepted = &ran.finding(Check::Message).what;
    assert!(accepted.to_string().contains("evil"), "{accepted}");
    assert_presentable(&ran.report);
}

#[test]
fn reports_on_other_messages_are_not_taken_for_this_one() {
    let mut other = report("FAIL", "an older message");
    other["SerialNo"] = "2028:0".into();
    let ran = delivery(|pulls| match pulls {
        1 => reports(&[other.clone()]),
        _ => reports(&[other.clone(), report("SUCCESS", "DELIVRD")]),
    });
    assert_eq!(ran.finding(Check::Delivery).state, State::Ok);
}

#[test]
fn without_a_report_it_gives_up_after_a_minute() {
    let ran = delivery(|_| reports(&[]));
    let finding = ran.finding(Check::Delivery);
    assert_eq!(finding.state, State::Unknown);
    let why = Text::new(id::DELIVERY_NO_REPORT);
    assert_eq!(finding.what, Text::new(id::UNKNOWN).with_text("why", why));
    assert!(finding.advice.is_some());
    assert!(
        (50_000.0..=61_000.0).contains(&ran.waited_ms),
        "{}",
        ran.waited_ms
    );
    assert!(!ran.report.is_wrong());
}

/// The send took two attempts, and the report longer than a send may take.
#[test]
fn a_message_that_was_sent_at_the_second_attempt_is_followed_too() {
    for first in [failed("ECONNREFUSED", 0), refused("RequestLimitExceeded")] {
        let (mut sends, mut pulls) = (0, 0);
        let ran = sent_to(NUMBER, |asked| {
            if asked.is("SendSms") {
                sends += 1;
                return if sends == 1 {
                    first.clone()
                } else {
                    well(asked)
                };
            }
            pulls += 1;
            match pulls {
                1..=4 => reports(&[]),
                _ => reports(&[report("SUCCESS", "DELIVRD")]),
            }
        });
        assert_eq!(ran.count_of("SendSms"), 2);
        assert_eq!(
            ran.finding(Check::Message).state,
            State::Ok,
            "{:?}",
            ran.report
        );
        assert_eq!(ran.finding(Check::Delivery).state, State::Ok);
        // Where the message was taken: the first access point may not be reached at all.
        let [_, sent, pulls @ ..] = &ran.asked[..] else {
            panic!("{:?}", ran.asked);
        };
        assert!(pulls.iter().all(|pull| pull.url == sent.url));
    }
}

#[test]
fn the_following_uses_the_clock_that_the_send_corrected() {
    let ran = sent_to(NUMBER, |asked| {
        if asked.timestamp < NOW / 1000.0 + 300.0 {
            refused_on(TEN_MINUTES_LATER, "AuthFailure.SignatureExpire")
        } else {
            well(asked)
        }
    });
    assert_eq!(ran.count_of("SendSms"), 2);
    assert_eq!(ran.count_of("PullSmsSendStatusByPhoneNumber"), 1);
    assert_eq!(ran.troubles(), []);
}

#[test]
fn a_refused_test_message_is_reported_with_its_place() {
    let ran = sent_to(NUMBER, |asked| {
        let mut answer = in_order(asked);
        answer["SendStatusSet"][0]["Code"] = "FailedOperation.TemplateIncorrectOrUnapproved".into();
        answer["SendStatusSet"][0]["SerialNo"] = "".into();
        response(&answer)
    });
    let [_, finding] = &ran.report.findings[..] else {
        panic!("{:?}", ran.report);
    };
    assert_eq!(
        (finding.check, finding.state),
        (Check::Message, State::Wrong)
    );
    assert_eq!(
        finding.path.as_ref().unwrap().to_string(),
        "templates[2].templateCode.china"
    );
    assert_presentable(&ran.report);
}

/// The codes of the SMS console's frequency rules, which personal accounts cannot change (document 382/40653).
#[test]
fn the_advice_on_a_frequency_rule_says_that_a_personal_account_cannot_change_it() {
    let refused_with = |send: &str, list: Event| {
        let ran = sent_to(NUMBER, |asked| match asked.action.as_str() {
            "SendSms" => {
                let mut answer = in_order(asked);
                answer["SendStatusSet"][0]["Code"] = send.into();
                response(&answer)
            }
            "DescribeSmsSignList" => list.clone(),
            action => panic!("{action}"),
        });
        assert_eq!(ran.count_of("SendSms"), 1);
        let message = ran.finding(Check::Message);
        assert_eq!(message.state, State::Wrong);
        (message.advice.clone(), ran.count_of("DescribeSmsSignList"))
    };
    let personal = || refused("FailedOperation.NotEnterpriseCertification");
    let advice = Text::new(id::MESSAGE_PERSONAL_LIMIT_DO);
    for code in [
        "LimitExceeded.PhoneNumberDailyLimit",
        "LimitExceeded.PhoneNumberOneHourLimit",
        "LimitExceeded.PhoneNumberThirtySecondLimit",
        "LimitExceeded.PhoneNumberSameContentDailyLimit",
        "LimitExceeded.DeliveryFrequencyLimit",
    ] {
        assert_eq!(
            refused_with(code, personal()),
            (Some(advice.clone()), 1),
            "{code}"
        );
        for enterprise in [
            response(&json!({ "DescribeSignListStatusSet": [] })),
            refused("AuthFailure.UnauthorizedOperation"),
            failed("ECONNRESET", 1),
        ] {
            assert_eq!(refused_with(code, enterprise), (None, 1), "{code}");
        }
    }
    for code in [
        "LimitExceeded.AppDailyLimit",
        "FailedOperation.PhoneNumberInBlacklist",
    ] {
        assert_eq!(refused_with(code, personal()), (None, 0), "{code}");
    }
}

#[test]
fn a_test_message_says_to_which_side_it_goes() {
    for (to, side, state) in [
        ("+8613800138000", "mainland", State::Ok),
        ("86 138 0013 8000", "mainland", State::Ok),
        ("+1 380 013 8000", "overseas", State::Ok),
        ("85291234567", "overseas", State::Ok),
        ("12025550123", "overseas", State::Ok),
        ("13800138000", "overseas", State::Warning),
        ("138-0013-8000", "overseas", State::Warning),
        ("1 (862) 401-7194", "overseas", State::Warning),
    ] {
        let ran = sent_to(to, |asked| response(&in_order(asked)));
        let finding = ran.finding(Check::Number);
        assert_eq!((finding.side, finding.state), (Some(side), state), "{to}");
        assert_eq!(ran.report.findings[0].check, Check::Number);
        let advice = finding.advice.as_ref().map(ToString::to_string);
        let is_advised =
            advice.is_some_and(|advice| advice.contains("with + and its calling code"));
        assert_eq!(is_advised, state == State::Warning, "{to}");
        let text = ran.report.to_text(false);
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        assert!(
            !digits.contains("0138000") && !digits.contains("4017194"),
            "{text}"
        );
    }
}

#[test]
fn a_number_that_is_none_is_sent_nothing() {
    for number in ["", "+", "+86", "abc", "13812", "+86 1381234567812345678"] {
        let ran = sent_to(number, |_| panic!("something is sent"));
        assert_eq!(ran.finding(Check::Message).state, State::Wrong);
    }
}
