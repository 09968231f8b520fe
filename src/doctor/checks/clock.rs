//! The check of this machine's clock, by the date of the first answer.

use crate::doctor::examine::Examination;
use crate::doctor::report::{Check, Finding};
use crate::text::{Text, id};

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
            None => Check::Clock.unknown(Text::new(id::FINDING_CLOCK_NO_DATE)),
            Some(offset) if offset.abs() < HARMLESS_OFFSET_MS => {
                Check::Clock.ok(Text::new(id::FINDING_CLOCK_OK))
            }
            Some(offset) => {
                // Whole minutes: text for numbers with fractions would be several KB of the module.
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
        self.find(finding);
    }
}
