//! One real message, and what became of it.

use crate::config::{Config, GENERIC};
use crate::json::{Map, Value};
use crate::logto::{InvalidMessage, Message};
use crate::phone::PhoneNumber;
use crate::quoted::quoted;
use crate::send::{self, Error, Sent};
use crate::step::{Clock, ClockOffsets, Entropy, Event, Step};
use crate::tencent::actions::send_sms::{self, receipt};
use crate::tencent::actions::{DeliveryReport, pull_sms_send_status_by_phone_number};
use crate::tencent::{Account, Endpoint};
use crate::text::{Text, id};

use super::replay::{Replay, Unanswered};
use super::{Check, Finding, Report};

/// Between two questions for the carrier's report; a minute in all. Most reports are there in seconds.
const WAITS_SECONDS: [f64; 10] = [2.0, 3.0, 5.0, 5.0, 5.0, 5.0, 5.0, 10.0, 10.0, 10.0];

/// The message is younger.
const SEARCHED_SECONDS: u64 = 600;

/// The code of the Console's own test: it opens nothing.
const CODE: &str = "000000";

/// The next step of sending a test message to `to` and following it, of which `events` happened so
/// far. It ends with a [`Report`] and with nothing else.
pub fn send_test_message(
    config: &Value,
    to: &str,
    events: &[Event],
    clock: Clock,
    entropy: &dyn Fn() -> Entropy,
) -> Step<Report> {
    let config = match Config::parse(config) {
        Ok(config) => config,
        Err(issues) => {
            return Step::Done {
                outcome: issues.into(),
            };
        }
    };
    // A person writes spaces and hyphens; Logto does not.
    let to = to.replace([' ', '-', '(', ')'], "");
    let message = match PhoneNumber::parse(&to, config.bare_numbers) {
        Ok(to) => test_message(to),
        Err(expected) => {
            let field = "to";
            return done(vec![refused(&InvalidMessage { field, expected }.into())]);
        }
    };
    // The send is over with the answer that accepts the message; the exchanges after it followed it.
    let account = config.account(message.to.route());
    let is_acceptance = |event: &Event| {
        let endpoint = &account.endpoint;
        event.action() == Some(send_sms::ACTION)
            && matches!(receipt(event, endpoint, &message.to), Some(Ok(_)))
    };
    let count = events
        .iter()
        .position(is_acceptance)
        .map_or(events.len(), |index| index + 1);
    let (sending, events) = events.split_at_checked(count).unwrap_or((events, &[]));
    let mut offsets = ClockOffsets::none();
    let step = send::next_step(&config, &message, sending, clock.now, &mut offsets, entropy);
    let sent = match step {
        Ok(Step::Done { outcome }) => outcome,
        Ok(step) => return step.map(|_| Report::default()),
        Err(error) => return done(vec![refused(&error)]),
    };
    let accepted = accepted(&sent, &message.to);
    // The one that took the message, which need not be the first.
    let endpoint = send::access_point(account, sending);
    let clock = Clock {
        offset: offsets.of(endpoint.host()),
        ..clock
    };
    let mut replay = Replay::new(events, clock, entropy);
    match follow(account, &endpoint, &message.to, &sent, &mut replay) {
        Err(Unanswered(step)) => *step,
        Ok(delivered) => done(vec![accepted, delivered]),
    }
}

/// As the Console's own test.
fn test_message(to: PhoneNumber) -> Message {
    let mut payload = Map::default();
    payload.insert("code", CODE.into());
    Message {
        to,
        usage_type: GENERIC.to_owned(),
        locale: None,
        payload,
    }
}

const fn done(findings: Vec<Finding>) -> Step<Report> {
    Step::Done {
        outcome: Report {
            findings,
            can_send: true,
        },
    }
}

fn refused(error: &Error) -> Finding {
    let finding = Check::Message.wrong(error.line());
    match error.config_path() {
        Some(path) => finding.at(path.clone()),
        None => finding,
    }
}

fn accepted(sent: &Sent, to: &PhoneNumber) -> Finding {
    let finding = match sent.receipt.warning() {
        Some(warning) => Check::Message.wrong(warning),
        None => Check::Message
            .ok(Text::new(id::DELIVERY_ACCEPTED).with("serial", &quoted(&sent.receipt.serial_no))),
    };
    finding.on(&[to.route()])
}

fn follow(
    account: &Account,
    endpoint: &Endpoint,
    to: &PhoneNumber,
    sent: &Sent,
    replay: &mut Replay<'_>,
) -> Result<Finding, Unanswered> {
    for seconds in WAITS_SECONDS {
        replay.wait(seconds * 1000.0)?;
        let now = replay.clock().timestamp().seconds();
        let call = pull_sms_send_status_by_phone_number(
            &account.sdk_app_id,
            &to.to_string(),
            now.saturating_sub(SEARCHED_SECONDS),
            now,
        );
        let finding = match replay.ask_anew(account, endpoint, call)? {
            Ok(reports) => {
                let mut reports = reports.iter().map(DeliveryReport);
                match reports.find(|report| report.is_about(&sent.receipt.serial_no)) {
                    Some(report) => reported(report),
                    None => continue,
                }
            }
            Err(no_answer) => Check::Delivery.unknown(no_answer.reason()),
        };
        return Ok(finding.on(&[to.route()]));
    }
    let finding = Check::Delivery
        .unknown(Text::new(id::DELIVERY_NO_REPORT))
        .advise(Text::new(id::DELIVERY_NO_REPORT_DO));
    Ok(finding.on(&[to.route()]))
}

fn reported(report: DeliveryReport<'_>) -> Finding {
    let description = quoted(report.description());
    if report.is_delivered() {
        Check::Delivery.ok(Text::new(id::DELIVERY_OK))
    } else {
        Check::Delivery
            .wrong(Text::new(id::DELIVERY_FAILED).with("description", &description))
            .advise(Text::new(id::DELIVERY_FAILED_DO))
    }
}
