//! A real test message and its delivery report.

use crate::config::{Config, GENERIC, Store};
use crate::credentials::is_of_key;
use crate::json::{Map, Value};
use crate::logto::{ConnectorErrorCode, InvalidMessage, Message};
use crate::phone::{PhoneNumber, Route};
use crate::quoted::quoted;
use crate::send::{self, Error, Memory, Sent};
use crate::step::{Clock, Entropy, Event, Step};
use crate::tencent::actions::send_sms::{self, receipt};
use crate::tencent::actions::{
    DeliveryReport, describe_sms_sign_list, pull_sms_send_status_by_phone_number,
};
use crate::tencent::{Account, Endpoint, FixedBy};
use crate::text::{Text, id};

use super::delivery::judge_report;
use super::replay::{Pending, Replay};
use super::{Check, Finding, Report, number};

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
        Ok(mut config) => {
            // The operator's own test takes no place that a user may need.
            config.limits.store = Store::Memory;
            config
        }
        Err(issues) => {
            return Step::Done {
                outcome: issues.into(),
            };
        }
    };
    let message = match number::parse(to, &config) {
        Ok(to) => test_message(to),
        Err(expected) => {
            let field = "to";
            return done(vec![refused(&InvalidMessage { field, expected }.into())]);
        }
    };
    let side = number::side(&message.to);
    // The send ends with the answer that accepts the message, or before the first call of another action.
    // The later exchanges are calls for the report, or about a refusal.
    let account = config.account(message.to.route());
    let is_acceptance = |event: &Event| {
        let endpoint = &account.endpoint;
        event.action() == Some(send_sms::ACTION)
            && matches!(receipt(event, endpoint, &message.to), Some(Ok(_)))
    };
    let is_other = |event: &Event| {
        let is_other_action = |action| action != send_sms::ACTION;
        event.action().is_some_and(is_other_action) && !is_of_key(event)
    };
    let acceptance = events.iter().position(is_acceptance);
    let count = acceptance
        .map(|index| index + 1)
        .or_else(|| events.iter().position(is_other))
        .unwrap_or(events.len());
    // A message that left has its key in the history.
    let key = Replay::new(events, clock, entropy).key(&account.credentials);
    let signed = key
        .ok()
        .and_then(Result::ok)
        .map(|key| account.with_key(key));
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
    // The endpoint that answered the send need not be the account's own.
    let endpoint = send::access_point(account, send_events);
    let clock = Clock {
        offset: memory.offsets.of(endpoint.host()),
        ..clock
    };
    let mut replay = Replay::new(events, clock, entropy);
    let last = match step {
        Ok(Step::Done { outcome: sent }) => {
            let accepted = accepted(&sent, &message.to);
            match signed {
                Some(account) => {
                    wait_for_report(&account, &endpoint, &message.to, &sent, &mut replay)
                        .map(|delivered| vec![accepted, delivered])
                }
                None => Ok(vec![accepted]),
            }
        }
        Ok(step) => return step.map(|_| Report::default()),
        Err(error) => {
            let route = message.to.route();
            let advice = match signed {
                Some(account) => advice_on(&error, &account, &endpoint, route, &mut replay),
                None => Ok(None),
            };
            advice.map(|advice| {
                let mut finding = refused(&error);
                finding.advice = advice;
                vec![finding]
            })
        }
    };
    match last {
        Err(Pending(step)) => *step,
        Ok(last) => {
            let mut findings = vec![side];
            findings.extend(last);
            done(findings)
        }
    }
}

/// Returns advice on a refusal in addition to that in the error's line. The line advises to change a
/// frequency rule, which personal accounts cannot do (document 382/40653). Only an error code of a call about
/// signatures shows that an account is personal.
fn advice_on(
    error: &Error,
    account: &Account,
    endpoint: &Endpoint,
    route: Route,
    replay: &mut Replay<'_>,
) -> Result<Option<Text>, Pending> {
    let is_frequency_rule = error.refusal().is_some_and(|refusal| {
        refusal.connector_error_code() == ConnectorErrorCode::RateLimitExceeded
            && matches!(refusal.fixed_by(), FixedBy::EndUser)
    });
    if !is_frequency_rule {
        return Ok(None);
    }
    let reply = replay.call(account, endpoint, describe_sms_sign_list(route, 0))?;
    let is_personal = reply.is_err_and(|failed_call| failed_call.is_about_personal_account());
    Ok(is_personal.then(|| Text::new(id::MESSAGE_PERSONAL_LIMIT_DO)))
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
        address: None,
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
