//! The last messages to one number, for an operator whose user got no code.

use crate::config::Config;
use crate::json::Value;
use crate::step::{Clock, Entropy, Event, Step};
use crate::tc3::Timestamp;
use crate::tencent::actions::{DeliveryReport, pull_sms_send_status_by_phone_number};
use crate::text::{Text, id};

use super::checks::key_source::missing;
use super::delivery::judge_reports;
use super::replay::{Pending, Replay};
use super::{Check, Report, number};

/// The most messages that are shown.
const MAX_MESSAGES: usize = 10;

/// The age of the oldest messages that are searched, in seconds. Tencent rejects a time more than seven days
/// ago, so ten minutes are left out for a clock that is a little slow.
const SEARCH_RANGE_SECONDS: u64 = 7 * 24 * 60 * 60 - 600;

/// Returns the next step of showing what became of the last messages to `number`. Nothing is sent. `events`
/// is everything that happened so far. The task always ends with a [`Report`].
pub fn show_last_messages(
    config: &Value,
    number: &str,
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
    let mut replay = Replay::new(events, clock, entropy);
    match messages_to(number, &config, &mut replay) {
        Err(Pending(step)) => *step,
        Ok(report) => Step::Done { outcome: report },
    }
}

fn messages_to(number: &str, config: &Config, replay: &mut Replay<'_>) -> Result<Report, Pending> {
    let report = |findings| Report {
        findings,
        can_send: true,
    };
    let number = match number::parse(number, config) {
        Ok(number) => number,
        Err(expected) => {
            let what =
                Text::new(id::FINDING_NUMBER_INVALID).with_text("expected", Text::new(expected));
            return Ok(report(vec![Check::Number.wrong(what)]));
        }
    };
    let mut findings = vec![number::side(&number)];
    let account = config.account(number.route());
    let account = match replay.key(&account.credentials)? {
        Ok(key) => account.with_key(key),
        Err(error) => {
            findings.push(missing(error, config, number.route()));
            return Ok(report(findings));
        }
    };
    let now = replay.clock().timestamp().seconds();
    let (_, reply) = replay.call_any_access_point(&account, || {
        pull_sms_send_status_by_phone_number(
            &account.sdk_app_id,
            &number.to_string(),
            now.saturating_sub(SEARCH_RANGE_SECONDS),
            now,
        )
    })?;
    match reply {
        Ok(entries) if entries.is_empty() => findings.push(
            Check::Delivery
                .unknown(Text::new(id::DELIVERY_NONE))
                .advise(Text::new(id::DELIVERY_NONE_DO)),
        ),
        Ok(entries) => {
            let reports = entries.iter().map(DeliveryReport).collect();
            findings.extend(judge_reports(&newest(reports)));
        }
        Err(failed_call) => findings.push(Check::Delivery.unknown(failed_call.reason())),
    }
    let route = number.route();
    let findings = findings.into_iter().map(|finding| finding.on(&[route]));
    Ok(report(findings.collect()))
}

/// Returns the newest reports, with the newest first. A report without a time counts as the newest, because
/// its message may be. There are too few reports for a sort, which would add 20 KB of wasm.
fn newest(mut reports: Vec<DeliveryReport<'_>>) -> Vec<DeliveryReport<'_>> {
    let mut newest = Vec::new();
    while newest.len() < MAX_MESSAGES {
        let by_time = reports
            .iter()
            .enumerate()
            .max_by_key(|(_, report)| report.time().map_or(u64::MAX, Timestamp::seconds));
        let Some((index, _)) = by_time else { break };
        newest.push(reports.swap_remove(index));
    }
    newest
}
