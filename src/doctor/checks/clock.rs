//! The check of this machine's clock, by the date of the first answer.

use crate::doctor::examine::Examination;
use crate::doctor::report::{Check, Finding};

/// A server's clock may be off by less than this: Tencent refuses at five minutes.
const HARMLESS_OFFSET_MS: f64 = 60_000.0;
const REFUSED_OFFSET_MS: f64 = 300_000.0;

impl Examination<'_> {
    /// By the first answer, whichever it was.
    pub(in crate::doctor) fn clock(&mut self) {
        let is_told = |finding: &Finding| finding.check == Check::Clock;
        if self.findings.iter().any(is_told) {
            return;
        }
        let finding = match self.replay.measured_offset {
            None => Check::Clock.unknown("no answer of Tencent's with a date came"),
            Some(offset) if offset.abs() < HARMLESS_OFFSET_MS => {
                Check::Clock.ok("right to the minute")
            }
            Some(offset) => {
                // Whole minutes: text for numbers with fractions would be several KB of the module.
                let minutes = (offset.abs() / 60_000.0).round() as u64;
                let direction = if offset > 0.0 { "slow" } else { "fast" };
                let what = format!("{minutes} minutes {direction}");
                let finding = if offset.abs() < REFUSED_OFFSET_MS {
                    Check::Clock.warning(what)
                } else {
                    Check::Clock.wrong(what)
                };
                finding.advise(
                    "set this machine's clock (NTP): Tencent refuses what is signed five minutes \
                     off, and only the connector's correction of that keeps messages going",
                )
            }
        };
        self.find(finding);
    }
}
