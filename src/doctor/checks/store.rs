//! The check of the Redis whose counts all processes share, from the machine where the doctor runs.

use crate::config::{Path, Store};
use crate::doctor::examine::Examination;
use crate::doctor::replay::Pending;
use crate::doctor::report::{Check, Finding};
use crate::limits::{Kind, Place, Rate, store_problem};
use crate::quoted::quoted;
use crate::step::{StoreAction, StoreExamination};
use crate::text::{Text, id};

/// The oldest version that Logto supports.
const OLDEST_VERSION: u64 = 6;
/// The longest time of a round trip that is not reported. Every send takes this time.
const REPORTED_ROUND_TRIP_US: u64 = 20_000;
/// The policy that never drops a key.
const NO_EVICTION: &str = "noeviction";

impl Examination<'_> {
    /// Checks the store, if the config has one.
    pub(in crate::doctor) fn check_store(&mut self) -> Result<(), Pending> {
        if self.config.limits.store != Store::Redis {
            return Ok(());
        }
        let mut places = [None; Kind::ALL.len()];
        if let (Some(place), Some(rate)) = (places.first_mut(), Rate::parse("1/1s")) {
            *place = Some(Place {
                rate,
                counted: b"doctor",
            });
        }
        // The command has a place, so it exists.
        if let Some(command) = self
            .config
            .shared_counts(&[])
            .command(StoreAction::Take, &places)
        {
            let examination = self.replay.examine_store(command)?;
            for finding in judge(examination) {
                self.add(finding.at(Path::default().key("limits").key("store")));
            }
        }
        Ok(())
    }
}

fn judge(examination: &StoreExamination) -> Vec<Finding> {
    match examination.failure.as_deref() {
        None => judge_server(examination),
        // The doctor need not run where Logto does.
        Some(code @ ("no-package" | "no-url")) => {
            let why = Text::new(id::STORE_NOT_FROM_HERE).with_text("problem", store_problem(code));
            vec![
                Check::Store
                    .unknown(why)
                    .advise(Text::new(id::STORE_NOT_FROM_HERE_DO)),
            ]
        }
        Some(code) => {
            let what =
                Text::new(id::FINDING_STORE_FAILED).with_text("problem", store_problem(code));
            let advice = match code {
                "NOPERM" => id::FINDING_STORE_RIGHTS_DO,
                _ => id::FINDING_STORE_FAILED_DO,
            };
            vec![Check::Store.wrong(what).advise(Text::new(advice))]
        }
    }
}

fn judge_server(examination: &StoreExamination) -> Vec<Finding> {
    let info = examination.info.as_deref().unwrap_or_default();
    let field = |name: &str| {
        info.lines().find_map(|line| {
            let (key, value) = line.trim().split_once(':')?;
            (key == name).then_some(value)
        })
    };
    let Some(version) = field("valkey_version").or_else(|| field("redis_version")) else {
        return vec![Check::Store.unknown(Text::new(id::STORE_NO_INFO))];
    };
    let major = version
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    let mut findings = Vec::new();
    if major.is_none_or(|major: u64| major < OLDEST_VERSION) {
        let what = Text::new(id::FINDING_STORE_OLD).with("version", &quoted(version));
        findings.push(Check::Store.warning(what));
    }
    let policy = field("maxmemory_policy").unwrap_or(NO_EVICTION);
    if policy != NO_EVICTION && field("maxmemory") != Some("0") {
        let what = Text::new(id::FINDING_STORE_EVICTS).with("policy", &quoted(policy));
        findings.push(
            Check::Store
                .warning(what)
                .advise(Text::new(id::FINDING_STORE_EVICTS_DO)),
        );
    }
    let round_trip = examination.round_trip_us.unwrap_or_default();
    let ms = round_trip.div_ceil(1000);
    if round_trip > REPORTED_ROUND_TRIP_US {
        let what = Text::new(id::FINDING_STORE_SLOW).with("ms", &ms);
        findings.push(Check::Store.warning(what));
    }
    if findings.is_empty() {
        let what = Text::new(id::FINDING_STORE_OK).with("version", &quoted(version));
        findings.push(Check::Store.ok(what.with("ms", &ms)));
    }
    findings
}
