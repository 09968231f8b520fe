//! The check of this machine's clock against the date of the first answer.

use crate::doctor::examine::Examination;
use crate::doctor::report::{Check, Finding};
use crate::text::{Text, id};

/// The smallest error of the clock that is reported. Tencent rejects a request at an error of five
/// minutes.
const REPORTED_OFFSET_MS: f64 = 60_000.0;
const REFUSED_OFFSET_MS: f64 = 300_000.0;

impl Examination<'_> {
    /// Checks the clock, unless it was checked with another account.
    pub(in crate::doctor) fn check_clock(&mut self) {
        let is_clock = |finding: &Finding| finding.check == Check::Clock;
        if self.findings.iter().any(is_clock) {
            return;
        }
        let finding = match self.replay.measured_offset {
            None => Check::Clock.unknown(Text::new(id::FINDING_CLOCK_NO_DATE)),
            Some(offset) if offset.abs() < REPORTED_OFFSET_MS => {
                Check::Clock.ok(Text::new(id::FINDING_CLOCK_OK))
            }
            Some(offset) => {
                // The offset is rounded to minutes, because formatting numbers with fractions would add
                // several KB of wasm.
                let minutes = (offset.abs() / 60_000.0).round() as u64;
                let id = if offset > 0.0 {
                    id::FINDING_CLOCK_SLOW
                } else {
                    id::FINDING_CLOCK_FAST
                };
                let what = Text::new(id).with("minutes", &minutes);
                let finding = if offset.abs() < REFUSED_OFFSET_MS {
                    Check::Clock.warning(what)
                } else {
                    Check::Clock.wrong(what)
                };
                finding.advise(Text::new(id::FINDING_CLOCK_DO))
            }
        };
        self.add(finding);
    }
}
