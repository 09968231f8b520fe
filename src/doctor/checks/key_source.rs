//! The check that the API key can be taken from the place that the config names.
//!
//! The doctor may run elsewhere than Logto, where the place does not exist. Then it is unknown whether Logto has
//! a key, and the accounts cannot be checked.

use crate::credentials::{Circumstances, Error, Progress, Source, TemporaryKeys};
use crate::phone::Route;
use crate::tencent::{Account, Parameter};
use crate::text::{Text, id};

use crate::doctor::examine::{Examination, not_reached};
use crate::doctor::replay::{Pending, TIMEOUT_MS};
use crate::doctor::report::{Check, Finding, Report};

impl Examination<'_> {
    /// Returns the account with its key, or `None` if there is no key. Temporary keys come from the network, so they
    /// are only requested `online`.
    pub(in crate::doctor) fn take_key(
        &mut self,
        account: &Account<Source>,
        routes: &[Route],
        online: bool,
    ) -> Result<Option<Account>, Pending> {
        let source = &account.credentials;
        if matches!(source, Source::Temporary(_)) && !online {
            return Ok(None);
        }
        let circumstances = Circumstances {
            now: self.replay.clock().now,
            remaining_ms: TIMEOUT_MS,
            // Each run begins without a key, so that it uses the same events as the run before.
            keys: &TemporaryKeys::none(),
            trace_id: &|| self.replay.trace_id(),
        };
        let (finding, key) = match source.key(self.events, circumstances) {
            Ok(Progress::Next(step)) => {
                return Err(Pending(Box::new(step.map(|_| Report::default()))));
            }
            Ok(Progress::Key(key)) => (found(source), Some(key)),
            Err(error) => (Some(self.missing(error, routes)), None),
        };
        self.findings
            .extend(finding.map(|finding| finding.on(routes)));
        if key.is_none() && online {
            self.add(not_reached().on(routes));
        }
        Ok(key.map(|key| account.with_key(key)))
    }

    fn missing(&self, error: Error, routes: &[Route]) -> Finding {
        let (what, part) = match error {
            Error::Reference { part, problem } => (problem, part),
            Error::Temporary { cause, .. } => (cause, Parameter::SecretId),
        };
        let is_elsewhere = !matches!(
            what.id(),
            id::REFERENCE_LINK
                | id::REFERENCE_NOT_A_KEY
                | id::REFERENCE_NO_SECRET_ID
                | id::REFERENCE_SECRET_ID
                | id::REFERENCE_NO_TOKEN
        );
        let finding = match is_elsewhere {
            true => Check::Key
                .unknown(what)
                .advise(Text::new(id::FINDING_KEY_NOT_HERE_DO)),
            false => Check::Key.wrong(what),
        };
        finding.at(self.path_of(part, routes))
    }
}

/// Returns the finding about a key that is not written in the config.
fn found(source: &Source) -> Option<Finding> {
    let id = match source {
        Source::Config(_) => return None,
        Source::References(_) => id::FINDING_KEY_READ,
        Source::Temporary(_) => id::FINDING_KEY_TEMPORARY,
    };
    Some(Check::Key.ok(Text::new(id).with("source", &source.shown())))
}
