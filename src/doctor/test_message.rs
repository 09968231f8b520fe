//! A real test message and its delivery report.

use crate::config::{Config, GENERIC};
use crate::credentials::{Circumstances, Progress};
use crate::json::{Map, Value};
use crate::logto::{InvalidMessage, Message};
use crate::phone::PhoneNumber;
use crate::quoted::quoted;
use crate::send::{self, Error, Memory, Sent};
use crate::step::{Clock, Entropy, Event, Step};
use crate::tencent::actions::send_sms::{self, receipt};
use crate::tencent::actions::{DeliveryReport, pull_sms_send_status_by_phone_number};
use crate::tencent::{Account, Endpoint};
use crate::text::{Text, id};

use super::replay::{Pending, Replay};
use super::{Check, Finding, Report};

/// The waits before each call for the carrier's report, a minute in all. Most reports arrive in seconds.
const WAITS_SECONDS: [f64; 10] = [2.0, 3.0, 5.0, 5.0, 5.0, 5.0, 5.0, 10.0, 10.0, 10.0];

/// The time range that is searched for reports. The message is younger than this.
const SEARCH_RANGE_SECONDS: u64 = 600;

/// The code that the Console's own test sends. It is not valid for a sign-in.
const CODE: &str = "000000";

/// Returns the next step of sending a test message to `to` and waiting for its delivery report. `events`
/// is everything that happened so far. The task always ends with a [`Report`].
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
    // People write numbers with spaces, hyphens and parentheses, unlike Logto.
    let to = to.replace([' ', '-', '(', ')'], "");
    let message = match PhoneNumber::parse(&to, config.bare_numbers) {
        Ok(to) => test_message(to),
        Err(expected) => {
            let field = "to";
            return done(vec![refused(&InvalidMessage { field, expected }.into())]);
        }
    };
    let destination = destination(&message.to);
    // The send ends with the answer that accepts the message. The exchanges after that answer are calls
    // for the report.
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
    let (send_events, events) = events.split_at_checked(count).unwrap_or((events, &[]));
    let mut memory = Memory::none();
    let step = send::next_step(
        &config,
        &message,
        send_events,
        clock.now,
        &mut memory,
        entropy,
    );
    let sent = match step {
        Ok(Step::Done { outcome }) => outcome,
        Ok(step) => return step.map(|_| Report::default()),
        Err(error) => return done(vec![destination, refused(&error)]),
    };
    let accepted = accepted(&sent, &message.to);
    // The endpoint that accepted the message need not be the account's own.
    let endpoint = send::access_point(account, send_events);
    let clock = Clock {
        offset: memory.offsets.of(endpoint.host()),
        ..clock
    };
    let mut replay = Replay::new(events, clock, entropy);
    let circumstances = Circumstances {
        now: clock.now,
        remaining_ms: 0.0,
        keys: &memory.keys,
        trace_id: &|| entropy().trace_id,
    };
    // The message was accepted, so its key is in the history.
    let Ok(Progress::Key(key)) = account.credentials.key(send_events, circumstances) else {
        return done(vec![destination, accepted]);
    };
    match wait_for_report(
        &account.with_key(key),
        &endpoint,
        &message.to,
        &sent,
        &mut replay,
    ) {
        Err(Pending(step)) => *step,
        Ok(delivered) => done(vec![destination, accepted, delivered]),
    }
}

/// Creates the message that the Console's own test sends.
fn test_message(to: PhoneNumber) -> Message {
    let mut payload = Map::default();
    payload.insert("code", CODE.into());
    Message {
        to,
        usage_type: GENERIC.to_owned(),
        locale: None,
        payload,
        unreadable: Vec::new(),
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

/// Reports the side of the number, because a person may leave out the calling code.
fn destination(to: &PhoneNumber) -> Finding {
    let finding = match to.is_bare() {
        true => Check::Number
            .warning(Text::new(id::FINDING_NUMBER_BARE))
            .advise(Text::new(id::FINDING_NUMBER_BARE_DO)),
        false => Check::Number.ok(Text::new(id::FINDING_NUMBER_READ)),
    };
    finding.on(&[to.route()])
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

fn wait_for_report(
    account: &Account,
    endpoint: &Endpoint,
    to: &PhoneNumber,
    sent: &Sent,
    replay: &mut Replay<'_>,
) -> Result<Finding, Pending> {
    for seconds in WAITS_SECONDS {
        replay.wait(seconds * 1000.0)?;
        let now = replay.clock().timestamp().seconds();
        let call = pull_sms_send_status_by_phone_number(
            &account.sdk_app_id,
            &to.to_string(),
            now.saturating_sub(SEARCH_RANGE_SECONDS),
            now,
        );
        let finding = match replay.call_uncached(account, endpoint, call)? {
            Ok(reports) => {
                let mut reports = reports.iter().map(DeliveryReport);
                match reports.find(|report| report.is_about(&sent.receipt.serial_no)) {
                    Some(report) => judge_report(report),
                    None => continue,
                }
            }
            Err(failed_call) => Check::Delivery.unknown(failed_call.reason()),
        };
        return Ok(finding.on(&[to.route()]));
    }
    let finding = Check::Delivery
        .unknown(Text::new(id::DELIVERY_NO_REPORT))
        .advise(Text::new(id::DELIVERY_NO_REPORT_DO));
    Ok(finding.on(&[to.route()]))
}

fn judge_report(report: DeliveryReport<'_>) -> Finding {
    let description = quoted(report.description());
    if report.is_delivered() {
        Check::Delivery.ok(Text::new(id::DELIVERY_OK))
    } else {
        Check::Delivery
            .wrong(Text::new(id::DELIVERY_FAILED).with("description", &description))
            .advise(Text::new(id::DELIVERY_FAILED_DO))
    }
}
