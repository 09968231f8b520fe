//! The findings about carriers' reports on messages.

use crate::quoted::quoted;
use crate::tencent::actions::{DeliveryFailure, DeliveryReport, Moment};
use crate::text::{Id, Text, id};

use super::{Check, Finding};

/// Returns the finding about the test message.
pub(super) fn judge_report(report: DeliveryReport<'_>) -> Finding {
    let outcome = outcome(report);
    match report.is_delivered() {
        true => Check::Delivery.ok(outcome),
        false => Check::Delivery.wrong(outcome).advise(advice(report)),
    }
}

/// Returns the findings about messages to one number, whose reports are in order of time, with the newest
/// first. A failure is an error unless a later message was delivered. Only the newest failure has advice.
pub(super) fn judge_reports(reports: &[DeliveryReport<'_>]) -> Vec<Finding> {
    let newest_failure = reports.iter().position(|report| !report.is_delivered());
    let newest_delivery = reports.iter().position(|report| report.is_delivered());
    let findings = reports.iter().enumerate().map(|(index, report)| {
        let serial = quoted(report.serial_no());
        let what = match report.time() {
            Some(time) => Text::new(id::DELIVERY_MESSAGE).with("time", &Moment::of(time)),
            None => Text::new(id::DELIVERY_MESSAGE_WITHOUT_TIME),
        };
        let what = what
            .with("serial", &serial)
            .with_text("outcome", outcome(*report));
        if report.is_delivered() {
            return Check::Delivery.ok(what);
        }
        let finding = match newest_delivery.is_some_and(|delivery| delivery < index) {
            true => Check::Delivery.warning(what),
            false => Check::Delivery.wrong(what),
        };
        match newest_failure == Some(index) {
            true => finding.advise(advice(*report)),
            false => finding,
        }
    });
    findings.collect()
}

fn outcome(report: DeliveryReport<'_>) -> Text {
    if report.is_delivered() {
        return Text::new(id::DELIVERY_OK);
    }
    let code = quoted(&without_numbers(report.description()));
    match reason(report) {
        Some((reason, _)) => Text::new(id::DELIVERY_FAILED).with_text("reason", Text::new(reason)),
        None => Text::new(id::DELIVERY_FAILED_UNEXPLAINED),
    }
    .with("code", &code)
}

fn advice(report: DeliveryReport<'_>) -> Text {
    let advice = reason(report).map_or(id::DELIVERY_UNEXPLAINED_DO, |(_, advice)| advice);
    Text::new(id::DELIVERY_FAILED_DO).with_text("advice", Text::new(advice))
}

/// Returns the usual reason behind a failure, and the advice.
fn reason(report: DeliveryReport<'_>) -> Option<(Id, Id)> {
    Some(match DeliveryFailure::of(report.description())? {
        DeliveryFailure::Unreachable => (id::DELIVERY_UNREACHABLE, id::DELIVERY_UNREACHABLE_DO),
        DeliveryFailure::NoSuchNumber => {
            (id::DELIVERY_NO_SUCH_NUMBER, id::DELIVERY_NO_SUCH_NUMBER_DO)
        }
        DeliveryFailure::Content => (id::DELIVERY_CONTENT, id::DELIVERY_CONTENT_DO),
        DeliveryFailure::Blocked => (id::DELIVERY_BLOCKED, id::DELIVERY_BLOCKED_DO),
        DeliveryFailure::TooFrequent => (id::DELIVERY_TOO_FREQUENT, id::DELIVERY_TOO_FREQUENT_DO),
        DeliveryFailure::Carrier => (id::DELIVERY_CARRIER, id::DELIVERY_CARRIER_DO),
    })
}

/// The digits of the longest code of a carrier. Phone numbers have more.
const MAX_CODE_DIGITS: usize = 6;

/// Returns a carrier's description without the end of each long row of digits, which could be a phone number.
fn without_numbers(description: &str) -> String {
    let mut digits = 0;
    let letters = description.chars().filter_map(|letter| {
        digits = if letter.is_ascii_digit() {
            digits + 1
        } else {
            0
        };
        match digits {
            0..=MAX_CODE_DIGITS => Some(letter),
            _ => (digits == MAX_CODE_DIGITS + 1).then_some('…'),
        }
    });
    letters.collect()
}
