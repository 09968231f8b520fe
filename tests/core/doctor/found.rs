//! Findings by their ids, as tests compare them.

use connector_tencent_sms_wasm::doctor::{Check, Report, State};
use connector_tencent_sms_wasm::text::{Id, id};

/// The state, the id of the description, and the side and path of a finding, such as
/// `overseas signName`. The id of an issue of the config is that of its problem.
pub(super) type Found = (State, String, String);

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
            let what = serde_json::to_value(finding.what.structured()).unwrap();
            let id = what.pointer("/values/problem/id").unwrap_or(&what["id"]);
            let id = id.as_str().unwrap().to_owned();
            (finding.state, id, place.join(" "))
        })
        .collect()
}

pub(super) fn ok(what: Id, place: &str) -> Found {
    (State::Ok, what.name().to_owned(), place.to_owned())
}

pub(super) fn warning(what: Id, place: &str) -> Found {
    (State::Warning, what.name().to_owned(), place.to_owned())
}

pub(super) fn wrong(what: Id, place: &str) -> Found {
    (State::Wrong, what.name().to_owned(), place.to_owned())
}

pub(super) fn unknown(place: &str) -> Found {
    (
        State::Unknown,
        id::UNKNOWN.name().to_owned(),
        place.to_owned(),
    )
}
