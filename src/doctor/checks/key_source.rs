//! The check that the API key can be taken from the place that the config names.
//!
//! The doctor may run elsewhere than Logto, where the place does not exist. Then it is unknown whether Logto has
//! a key, and the accounts cannot be checked.

use crate::config::Config;
use crate::credentials::{Error, Source};
use crate::phone::Route;
use crate::tencent::{Account, Parameter};
use crate::text::{Text, id};

use crate::doctor::examine::{Examination, not_reached};
use crate::doctor::replay::Pending;
use crate::doctor::report::{Check, Finding};

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
        let key = match self.replay.key(source)? {
            Ok(key) => key,
            Err(error) => {
                let route = routes.first().copied().unwrap_or(Route::Mainland);
                self.add(missing(error, self.config, route).on(routes));
                if online {
                    self.add(not_reached().on(routes));
                }
                return Ok(None);
            }
        };
        let id = match source {
            Source::Config(_) => return Ok(Some(account.with_key(key))),
            Source::References(_) => id::FINDING_KEY_READ,
            Source::Temporary(_) => id::FINDING_KEY_TEMPORARY,
        };
        let finding = Check::Key.ok(Text::new(id).with("source", &source.shown()));
        self.add(finding.on(routes));
        Ok(Some(account.with_key(key)))
    }
}

/// Returns the finding about the source of a key that gives none. A place that does not exist here may exist where
/// Logto runs. A place with wrong content is wrong everywhere.
pub(in crate::doctor) fn missing(error: Error, config: &Config, route: Route) -> Finding {
    let (what, part) = match error {
        Error::Reference { part, problem } => (problem, part),
        Error::Temporary { cause, .. } => (cause, Parameter::SecretId),
    };
    let is_wrong = matches!(
        what.id(),
        id::REFERENCE_LINK
            | id::REFERENCE_NOT_A_KEY
            | id::REFERENCE_NO_SECRET_ID
            | id::REFERENCE_SECRET_ID
            | id::REFERENCE_NO_TOKEN
    );
    let finding = match is_wrong {
        true => Check::Key.wrong(what),
        false => Check::Key
            .unknown(what)
            .advise(Text::new(id::FINDING_KEY_NOT_HERE_DO)),
    };
    finding.at(config.path_of_account(part, route))
}
