//! The limits of a config over whole sends: which messages leave, and what the operator reads.

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::{ConnectorErrorCode, Message, UserMessage};
use connector_tencent_sms_wasm::send::{Error, Memory, next_step};
use connector_tencent_sms_wasm::step::{Entropy, Event, Step, TraceId};
use connector_tencent_sms_wasm::text::id;
use serde_json::{Value, json};

use super::{NOW, NUMBER, answered, config, failed};
use crate::support::crossing::crossing;

const MINUTE: f64 = 60_000.0;

/// A process with a config, which sends messages.
struct Process {
    config: Config,
    memory: Memory,
}

/// The way in which a send ends.
enum End {
    Accepted,
    /// The connection is refused three times.
    ConnectionRefused,
    /// Tencent refuses the message with a code.
    Refused(&'static str),
    /// The connection breaks.
    Broken,
    /// The host's HTTP client repeats the request, and Tencent refuses one of the two.
    Repeated,
}

impl Process {
    fn new(limits: Value) -> Self {
        Self::with(json!({ "limits": limits }))
    }

    fn with(changes: Value) -> Self {
        let mut config = config();
        for (key, value) in changes.as_object().unwrap() {
            config[key] = value.clone();
        }
        Self {
            config: Config::parse(&crossing(&config)).unwrap(),
            memory: Memory::none(),
        }
    }

    fn step(
        &mut self,
        data: &Value,
        events: &[Event],
        now: f64,
    ) -> Result<Step<Vec<String>>, Error> {
        let message = Message::parse(&crossing(data), self.config.bare_numbers).unwrap();
        let entropy = Entropy {
            trace_id: TraceId::from_bytes([7; 16]),
            jitter: 0.0,
        };
        let events = [&[Event::Started { at: now }], events].concat();
        let step = next_step(
            &self.config,
            &message,
            &events,
            now,
            &mut self.memory,
            &|| entropy,
        );
        step.map(|step| step.map(|sent| sent.warnings.iter().map(ToString::to_string).collect()))
    }

    /// Begins a send, which takes its places.
    fn begin(&mut self, data: &Value, now: f64) -> Result<(), Error> {
        match self.step(data, &[], now)? {
            Step::Request { .. } => Ok(()),
            step => panic!("{step:?}"),
        }
    }

    /// Ends a send that began, and returns the warnings of an accepted message.
    fn end(&mut self, data: &Value, end: &End, now: f64) -> Vec<String> {
        let events = match end {
            End::Accepted => vec![answered(
                200,
                r#"{"Response":{"SendStatusSet":[{"Code":"Ok","SerialNo":"1"}]}}"#,
            )],
            End::ConnectionRefused => {
                let refused = failed("ECONNREFUSED");
                // After each event but the last, the send goes on.
                for count in 1..=2 {
                    let events = vec![refused.clone(); count];
                    let step = self.step(data, &events, now);
                    assert!(matches!(step, Ok(Step::Request { .. })), "{step:?}");
                }
                vec![refused; 3]
            }
            End::Refused(code) => vec![answered(
                200,
                &json!({ "Response": { "Error": { "Code": code } } }).to_string(),
            )],
            End::Broken => vec![failed("ECONNRESET")],
            End::Repeated => vec![Event::Answered {
                action: "SendSms".to_owned(),
                received_at: now,
                status: 200,
                date: None,
                body: json!({ "Response": { "Error": { "Code": "LimitExceeded" } } }).to_string(),
                departures: 2,
            }],
        };
        match (self.step(data, &events, now), end) {
            (Ok(Step::Done { outcome }), End::Accepted) => outcome,
            (Err(_), End::Accepted) | (Ok(_), _) => panic!("the send ends otherwise"),
            (Err(_), _) => Vec::new(),
        }
    }

    /// Sends a message that Tencent accepts, and returns the warnings.
    fn send(&mut self, data: &Value, now: f64) -> Result<Vec<String>, Error> {
        self.begin(data, now)?;
        Ok(self.end(data, &End::Accepted, now))
    }
}

fn to(number: &str) -> Value {
    json!({ "to": number, "type": "SignIn", "payload": { "code": "116410" } })
}

fn from(ip: &str, number: &str) -> Value {
    let mut data = to(number);
    data["ip"] = ip.into();
    data
}

fn is_limit(error: &Error, key: &str) -> bool {
    matches!(error, Error::LimitReached { limit, .. } if limit.key() == key)
}

#[test]
fn of_a_thousand_sends_at_once_the_limit_is_sent() {
    let mut process = Process::new(json!({ "perNumber": "20/1h" }));
    let begun = (0..1000).filter(|_| process.begin(&to(NUMBER), NOW).is_ok());
    assert_eq!(begun.count(), 20);
}

#[test]
fn a_refusal_names_the_limit_and_nothing_personal() {
    let mut process = Process::new(json!({ "perIp": "1/1h" }));
    let data = from("203.0.113.7", NUMBER);
    process.begin(&data, NOW).unwrap();
    let error = process.begin(&data, NOW).unwrap_err();
    assert_eq!(error.code(), ConnectorErrorCode::RateLimitExceeded);
    assert_eq!(error.user_message(), UserMessage::Wait);
    assert_eq!(error.line().id(), id::SEND_LIMIT_REACHED);
    let line = error.to_string();
    assert!(line.contains("limits.perIp"), "{line}");
    assert!(line.contains("nothing was sent"), "{line}");
    assert!(!line.contains("203") && !line.contains("138"), "{line}");
    // Whoever asks for messages need not know which limit stops them.
    assert_eq!(error.config_path(), None);
}

#[test]
fn a_send_with_its_retries_takes_one_place() {
    let mut process = Process::new(json!({ "perNumber": "2/1h" }));
    process.begin(&to(NUMBER), NOW).unwrap();
    process.begin(&to(NUMBER), NOW).unwrap();
    // This send is tried three times, and gives one place back.
    process.end(&to(NUMBER), &End::ConnectionRefused, NOW);
    process.begin(&to(NUMBER), NOW).unwrap();
    assert!(process.begin(&to(NUMBER), NOW).is_err());
}

#[test]
fn only_a_message_that_was_certainly_not_sent_gives_its_place_back() {
    for (end, gives_back) in [
        (End::Accepted, false),
        (End::ConnectionRefused, true),
        (End::Refused("LimitExceeded.PhoneNumberDailyLimit"), true),
        (
            End::Refused("FailedOperation.SignatureIncorrectOrUnapproved"),
            true,
        ),
        (End::Refused("InternalError.Timeout"), false),
        (End::Refused("NotYet.Known"), false),
        (End::Broken, false),
        (End::Repeated, false),
    ] {
        let mut process = Process::new(json!({ "perNumber": "1/1h", "total": "1/1h" }));
        process.begin(&to(NUMBER), NOW).unwrap();
        process.end(&to(NUMBER), &end, NOW + 1000.0);
        let next = process.begin(&to(NUMBER), NOW + 1000.0);
        assert_eq!(next.is_ok(), gives_back, "{next:?}");
    }
}

#[test]
fn a_refused_number_that_may_lack_its_86_gives_its_place_back() {
    let mut process = Process::new(json!({ "perNumber": "1/1h" }));
    let wrong_side = "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone";
    process.begin(&to("13800138000"), NOW).unwrap();
    process.end(&to("13800138000"), &End::Refused(wrong_side), NOW);
    process.begin(&to("13800138000"), NOW).unwrap();
}

#[test]
fn a_message_that_cannot_be_built_takes_no_place() {
    let mut process = Process::with(json!({
        "limits": { "total": "1/1h" },
        "templates": [{ "usageType": "Generic", "templateCode": { "china": 1110 } }]
    }));
    for _ in 0..3 {
        let error = process.begin(&to("85291234567"), NOW).unwrap_err();
        assert!(matches!(error, Error::TemplateNotFound(_)), "{error}");
    }
    process.begin(&to(NUMBER), NOW).unwrap();
}

#[test]
fn a_number_that_is_not_allowed_takes_no_place() {
    let mut process = Process::with(json!({
        "limits": { "total": "1/1h" }, "allowedCallingCodes": "1, !1876"
    }));
    for number in ["+18765551234", "85291234567"] {
        let error = process.begin(&to(number), NOW).unwrap_err();
        assert_eq!(error, Error::NumberNotAllowed);
    }
    process.begin(&to("12025550123"), NOW).unwrap();
    assert!(is_limit(
        &process.begin(&to("12025550123"), NOW).unwrap_err(),
        "total"
    ));
}

#[test]
fn a_process_that_lost_its_memory_refuses_nobody() {
    let mut process = Process::new(json!({ "total": "1/1h" }));
    process.begin(&to(NUMBER), NOW).unwrap();
    process.memory = Memory::none();
    // A send from before the loss gives back what is not taken any more.
    process.end(&to(NUMBER), &End::ConnectionRefused, NOW);
    process.begin(&to(NUMBER), NOW).unwrap();
    assert!(process.begin(&to(NUMBER), NOW).is_err());
}

#[test]
fn a_changed_limit_begins_anew() {
    let mut process = Process::new(json!({ "total": "1/9d" }));
    process.begin(&to(NUMBER), NOW).unwrap();
    let memory = std::mem::replace(&mut process.memory, Memory::none());
    process = Process::new(json!({ "total": "1/1h" }));
    process.memory = memory;
    process.begin(&to(NUMBER), NOW).unwrap();
    assert!(process.begin(&to(NUMBER), NOW).is_err());
}

#[test]
fn the_mode_monitor_sends_everything_and_reports_once_a_minute() {
    let mut process = Process::with(json!({
        "limits": { "perNumber": "2/1h", "total": "3/1h", "mode": "monitor" },
        "allowedCallingCodes": "86"
    }));
    let mut lines = Vec::new();
    for second in 0..90 {
        let number = if second % 2 == 0 {
            NUMBER
        } else {
            "12025550123"
        };
        lines.extend(
            process
                .send(&to(number), NOW + f64::from(second) * 1000.0)
                .unwrap(),
        );
    }
    // The first refusal is reported at once; the second line comes a minute later, with all until then.
    assert_eq!(
        lines,
        [
            "limits.mode is monitor: messages that would have been refused since the last such line: 1 \
             (allowedCallingCodes: 1)",
            "limits.mode is monitor: messages that would have been refused since the last such line: 59 \
             (allowedCallingCodes: 30, perNumber: 29)",
        ]
    );
}

#[test]
fn an_exempt_number_is_never_refused() {
    let mut process = Process::with(json!({
        "limits": { "total": "1/1h", "exempt": ["+12025550123"] }, "allowedCallingCodes": "86"
    }));
    for _ in 0..3 {
        process.begin(&to("12025550123"), NOW).unwrap();
        process.end(&to("12025550123"), &End::ConnectionRefused, NOW);
    }
    process.begin(&to(NUMBER), NOW).unwrap();
    assert!(process.begin(&to(NUMBER), NOW).is_err());
    process.begin(&to("12025550123"), NOW).unwrap();
    // It has no place to give back.
    process.end(&to("12025550123"), &End::ConnectionRefused, NOW);
    assert!(process.begin(&to(NUMBER), NOW).is_err());
}

#[test]
fn a_clock_that_is_set_back_silences_no_line() {
    let mut process = Process::new(json!({ "total": "1/1d", "mode": "monitor" }));
    for (second, lines) in [
        (0.0, 0),
        (1.0, 1),
        (2.0, 0),
        (-60.0, 1),
        (-59.0, 0),
        (1.0, 1),
    ] {
        let warnings = process.send(&to(NUMBER), NOW + second * 1000.0);
        assert_eq!(warnings.unwrap().len(), lines, "{second}");
    }
}

/// Returns the numbers of the sends after which the operator reads about one address.
fn hints(limits: Value, ip_of: impl Fn(u32) -> Option<String>) -> Vec<u32> {
    let mut process = Process::new(limits);
    let hinted = |index: &u32| {
        let number = format!("861380013{index:04}");
        let data = match ip_of(*index) {
            Some(ip) => from(&ip, &number),
            None => to(&number),
        };
        let lines = match process.send(&data, NOW + f64::from(*index) * MINUTE) {
            Ok(lines) => lines,
            Err(error) => vec![error.to_string()],
        };
        assert!(lines.len() <= 1, "{lines:?}");
        lines.iter().any(|line| line.contains("TRUST_PROXY_HEADER"))
    };
    (1..=2000).filter(hinted).collect()
}

#[test]
fn one_address_of_nearly_all_messages_is_reported_once_a_day() {
    let proxy = |index: u32| match index % 40 {
        0 => Some(format!("203.0.113.{}", index % 199)),
        _ => Some("10.0.0.1".to_owned()),
    };
    // A message a minute: a day has 1,440. The lines come with a refused message, with an accepted one, and
    // in the mode monitor.
    for limits in [
        json!({ "perIp": "1/1d" }),
        json!({ "perIp": "999999/1d" }),
        json!({ "perIp": "1/1d", "mode": "monitor" }),
    ] {
        let hints = hints(limits, proxy);
        assert_eq!(hints.len(), 2, "{hints:?}");
        assert!(
            hints[0] <= 51 && (1490..=1500).contains(&hints[1]),
            "{hints:?}"
        );
    }
}

#[test]
fn many_addresses_are_not_reported() {
    // Of twenty messages, one has the address of a carrier that many users share.
    let carrier = |index: u32| match index % 20 {
        0 => Some("203.0.113.7".to_owned()),
        _ => Some(format!("2001:db8:{index:x}::1")),
    };
    assert!(hints(json!({ "perIp": "999/1h" }), carrier).is_empty());
    let one = |_| Some("203.0.113.7".to_owned());
    assert!(hints(json!({ "total": "9999/1h" }), one).is_empty());
    assert!(hints(json!({ "perIp": "1/1h" }), |_| None).is_empty());
}
