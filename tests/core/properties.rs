//! What holds for every input, however strange.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber, Route};
use connector_tencent_sms_wasm::send::{fill, next_step};
use connector_tencent_sms_wasm::step::{ClockOffsets, Entropy, Event, SeenFailure, Step, TraceId};
use connector_tencent_sms_wasm::tencent::Endpoint;
use connector_tencent_sms_wasm::tencent::actions::send_sms::receipt;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::crossing::crossing;

/// The objects of a config, where the schema declares their keys.
const CONFIG: &str = "/properties";
const TEMPLATE: &str = "/$defs/template/properties";
const OVERSEAS: &str = "/$defs/overseas/properties";

fn declared_keys(objects: &[&str]) -> Vec<String> {
    let schema = include_str!("../../pkg-template/config.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let keys_of = |pointer: &&str| {
        let keys = schema.pointer(pointer).unwrap().as_object().unwrap();
        keys.keys().cloned().collect::<Vec<_>>()
    };
    objects.iter().flat_map(keys_of).collect()
}

/// Keys of payloads and answers, and of a template's code for each side.
const OTHER_KEYS: &[&str] = &[
    "china",
    "overseas",
    "code",
    "user",
    "Error",
    "Code",
    "SendStatusSet",
    "SerialNo",
    "PhoneNumber",
    "RequestId",
];

/// Any JSON value, with the keys of a config where an object has keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "(Generic|Ok|<.*>|https?://.*|[a-z]{2}-[a-z]+|[0-9]{1,12})".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let key = prop_oneof![
            prop::sample::select(declared_keys(&[CONFIG, TEMPLATE, OVERSEAS])),
            prop::sample::select(OTHER_KEYS.to_vec()).prop_map(str::to_owned),
            ".{0,5}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn simply_replaced(text: &str) -> String {
    let Some((before, after)) = text.split_once("{{") else {
        return text.to_owned();
    };
    let value = after.split_once("}}").and_then(|(inside, after)| {
        let value = match inside.trim() {
            "code" => "116410",
            "user.name" => "李雷",
            "user" => "[object Object]",
            path => {
                let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
                let root = path.split('.').next();
                (is_path && matches!(root, Some("code" | "user"))).then_some("")?
            }
        };
        Some([before, value, &simply_replaced(after)].concat())
    });
    value.unwrap_or_else(|| {
        let rest = &text[before.len() + 1..];
        [before, "{", &simply_replaced(rest)].concat()
    })
}

fn entropy(jitter: f64) -> Entropy {
    Entropy {
        trace_id: TraceId::from_bytes([0; 16]),
        jitter,
    }
}

/// What may become of a request: how long that takes, whether the message may have been accepted,
/// and what the shim sees of it.
#[derive(Clone, Debug)]
struct Outcome {
    takes_ms: f64,
    may_be_sent: bool,
    seen: Seen,
}

#[derive(Clone, Debug)]
enum Seen {
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
        // Ten minutes after 10^12, 10^12 itself, and a day that nobody believes.
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
        // A wrapper around fetch tried again, and the last error is not the first one.
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

fn seen_failure(code: &str) -> SeenFailure {
    SeenFailure {
        code: code.to_owned(),
        syscall: None,
        hostname: None,
        port: None,
        proxy_status: None,
    }
}

fn any_bare_numbers() -> impl Strategy<Value = BareNumbers> {
    prop::sample::select(vec![BareNumbers::NorthAmerican, BareNumbers::Mainland])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// E.164 on the way out, whatever came in; and printing and reading again changes nothing.
    #[test]
    fn digits_are_one_number_on_one_route_or_a_clear_error(
        to in "(\\+|00|)(86|1|852|)0?[0-9]{0,14}",
        bare_numbers in any_bare_numbers(),
    ) {
        match PhoneNumber::parse(&to, bare_numbers) {
            Ok(number) => {
                let text = number.to_string();
                prop_assert!((8..=16).contains(&text.len()) && !text.starts_with("+0"));
                let is_mainland = number.route() == Route::Mainland;
                prop_assert_eq!(is_mainland, text.starts_with("+86"));
                prop_assert_eq!(PhoneNumber::parse(&text, bare_numbers), Ok(number));
            }
            Err(expected) => prop_assert!(expected.name().starts_with("phone.")),
        }
    }

    #[test]
    fn what_is_not_digits_is_no_number(to in ".{0,20}", bare_numbers in any_bare_numbers()) {
        if !to.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+') {
            prop_assert!(PhoneNumber::parse(&to, bare_numbers).is_err());
        }
    }

    #[test]
    fn every_json_value_is_read_as_a_config_or_refused_with_reasons(config in any_json()) {
        match Config::parse(&crossing(&config)) {
            Ok(config) => prop_assert!(config.templates.iter().any(|t| t.usage_type == "Generic")),
            Err(issues) => prop_assert!(!issues.is_empty()),
        }
    }

    /// Most changes of one key leave a config that can be read, so that what is behind is reached.
    #[test]
    fn every_message_is_requested_or_refused(
        key in prop::sample::select(declared_keys(&[CONFIG])),
        value in any_json(),
        params in prop::collection::vec("(\\{\\{ ?[a-z.0]{0,6} ?\\}\\}|.){1,4}", 1..4),
        to in "(86|1|852)[0-9]{8,11}",
        usage_type in "(SignIn|Generic|.)",
        payload in any_json(),
    ) {
        let mut config = json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [
                { "usageType": "SignIn", "templateCode": { "china": 1 }, "locale": "zh" },
                { "usageType": "Generic", "templateCode": 2, "templateParams": params }
            ]
        });
        config[key] = value;
        let mut data = json!({ "to": to, "type": usage_type, "payload": { "code": "116410" } });
        if let Value::Object(_) = payload {
            data["payload"] = payload;
        }
        if let Ok(config) = Config::parse(&crossing(&config))
            && let Ok(message) = Message::parse(&crossing(&data), config.bare_numbers)
        {
            match next_step(&config, &message, &[], 1e12, &mut ClockOffsets::none(), &|| entropy(0.5)) {
                Ok(Step::Request { request, .. }) => {
                    let body: Value = serde_json::from_str(&request.body).unwrap();
                    prop_assert_eq!(&body["PhoneNumberSet"], &json!([message.to.to_string()]));
                }
                Ok(_) => prop_assert!(false, "nothing was sent yet"),
                Err(error) => prop_assert!(!error.to_string().contains(to.as_str())),
            }
        }
    }

    /// tests/host/parameters.test.js compares with the kit's own replacement. The one that is compared here is
    /// short, and takes the square of the text's length.
    #[test]
    fn handlebars_are_replaced_wherever_a_simple_search_finds_them(
        param in "[<](\\{{1,4}|[ \t\u{a0}]|code|user\\.name|x|\\.|\\}{1,3}){0,12}[>]",
    ) {
        let config = Config::parse(&crossing(&json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [
                { "usageType": "Generic", "templateCode": 1, "templateParams": [param] }
            ]
        }))).unwrap();
        let data = json!({
            "to": "8613800138000", "type": "Generic",
            "payload": { "code": "116410", "user": { "name": "李雷" } }
        });
        let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();
        let filled = fill(&config.templates[0], &message).unwrap();
        prop_assert_eq!(filled, [simply_replaced(&param)]);
    }

    #[test]
    fn every_answer_is_a_receipt_or_an_error(body in any_json(), text in ".*") {
        let to = PhoneNumber::parse("8613800138000", BareNumbers::default()).unwrap();
        let body = json!({ "Response": body });
        for body in [text, body.to_string()] {
            let event = Event::Answered {
                action: "SendSms".to_owned(),
                received_at: 0.0,
                status: 200,
                date: None,
                body: body.clone(),
                departures: 1,
            };
            if let Some(Ok(receipt)) = receipt(&event, &Endpoint::default(), &to) {
                prop_assert!(body.to_lowercase().contains("\"ok\""), "{receipt:?}");
            }
        }
    }

    /// The promise of the connector, over every course that a send can take.
    #[test]
    fn a_message_is_never_sent_twice_and_every_send_ends_in_time(
        outcomes in prop::collection::vec(any_outcome(), 4),
        jitter in 0.0..1.0_f64,
        timeout in 1.0..60.0_f64,
    ) {
        let config = Config::parse(&crossing(&json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [{ "usageType": "Generic", "templateCode": 1 }],
            "timeoutSeconds": timeout
        }))).unwrap();
        let data = json!({ "to": "8613800138000", "type": "", "payload": { "code": "1" } });
        let message = Message::parse(&crossing(&data), config.bare_numbers).unwrap();

        let began_at = 1e12;
        let deadline = began_at + timeout * 1000.0;
        let mut now = began_at;
        let mut events = vec![Event::Started { at: began_at }];
        let mut perhaps_sent = 0;
        let mut requests = 0;
        let mut offsets = ClockOffsets::none();
        loop {
            match next_step(&config, &message, &events, now, &mut offsets, &|| entropy(jitter)) {
                Ok(Step::Request { timeout_ms, .. }) => {
                    prop_assert_eq!(perhaps_sent, 0, "sent again: {:?}", events);
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
                        Seen::Failure(code, departures) if in_time => Event::Failed {
                            action: "SendSms".to_owned(),
                            failure: seen_failure(code),
                            departures: *departures,
                        },
                        _ => Event::Failed {
                            action: "SendSms".to_owned(),
                            failure: seen_failure("deadline"),
                            departures: 1,
                        },
                    });
                }
                Ok(Step::Wait { ms }) => {
                    prop_assert!(now + ms <= deadline);
                    now += ms;
                    events.push(Event::Waited { waited_ms: ms });
                }
                Ok(Step::Requests { .. }) => panic!("a send is one request at a time"),
                Ok(Step::Done { .. }) | Err(_) => break,
            }
            prop_assert!(now <= deadline + 1.0);
        }
    }
}
