//! Findings by their ids, as tests compare them.

use connector_tencent_sms_wasm::doctor::{Check, Report, State};
use connector_tencent_sms_wasm::text::Id;

/// The state, the id of the description, and the side and path of a finding, such as
/// `overseas signName`.
pub(super) type Found = (State, Id, String);

/// Returns the findings of one check.
pub(super) fn found(report: &Report, check: Check) -> Vec<Found> {
    let findings = report
        .findings
        .iter()
        .filter(|finding| finding.check == check);
    findings
        .map(|finding| {
            let path = finding.path.as_ref().map(ToString::to_string);
            let place = finding.side.map(str::to_owned).into_iter().chain(path);
            let place: Vec<_> = place.collect();
            (finding.state, finding.what.id(), place.join(" "))
        })
        .collect()
}

pub(super) fn ok(what: Id, place: &str) -> Found {
    (State::Ok, what, place.to_owned())
}

pub(super) fn warning(what: Id, place: &str) -> Found {
    (State::Warning, what, place.to_owned())
}

pub(super) fn wrong(what: Id, place: &str) -> Found {
    (State::Wrong, what, place.to_owned())
}
