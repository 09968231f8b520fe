//! The examination: from the config, over the account, to each template.

use crate::api::Mender;
use crate::config::{Account, Config, ConfigKey, Path};
use crate::exchange::{Clock, Entropy, Event, Step};
use crate::json::Value;
use crate::phone::Route;

use super::interview::{Cause, Interview, NoAnswer, Unanswered};
use super::{Check, Finding, Report, offline};

/// The next step of examining a config, of which `events` happened so far; with `online` Tencent is
/// asked too. It ends with a [`Report`] and with nothing else.
pub fn examine(
    value: &Value,
    online: bool,
    events: &[Event],
    clock: Clock,
    entropy: &dyn Fn() -> Entropy,
) -> Step<Report> {
    let config = match Config::parse(value) {
        Ok(config) => config,
        Err(issues) => {
            let mut outcome = Report::from(issues);
            outcome.findings.extend(offline::unread_keys(value));
            return Step::Done { outcome };
        }
    };
    let mut examination = Examination {
        config: &config,
        interview: Interview::new(events, clock, entropy),
        findings: offline::examine(value, &config),
    };
    match online.then(|| examination.ask_tencent()) {
        Some(Err(Unanswered(step))) => *step,
        None | Some(Ok(())) => Step::Done {
            outcome: Report {
                findings: examination.findings,
                can_send: true,
            },
        },
    }
}

/// An examination under way.
pub(super) struct Examination<'a> {
    pub(super) config: &'a Config,
    pub(super) interview: Interview<'a>,
    pub(super) findings: Vec<Finding>,
}

/// The most entries of `templates` that are compared with each other and looked up: no config has more, and the
/// work is the square of their number.
pub(super) const MOST_ENTRIES: usize = 1000;

/// A server's clock may be off by less than this: Tencent refuses at five minutes.
const HARMLESS_OFFSET_MS: f64 = 60_000.0;
const REFUSED_OFFSET_MS: f64 = 300_000.0;

impl Examination<'_> {
    fn ask_tencent(&mut self) -> Result<(), Unanswered> {
        let served: Vec<_> = Route::BOTH
            .into_iter()
            .filter(|route| self.config.serves(*route))
            .collect();
        for (account, routes) in by_account(self.config, &served) {
            self.account(account, &routes)?;
        }
        Ok(())
    }

    fn account(&mut self, account: &Account, routes: &[Route]) -> Result<(), Unanswered> {
        let endpoint = self.reach(account, routes)?;
        self.clock();
        let Some(endpoint) = endpoint else {
            let finding = Check::Application
                .unknown("nor can signatures, templates and packages, before the above is mended");
            self.find(finding.on(routes));
            return Ok(());
        };
        self.application(account, &endpoint, routes)?;
        for route in routes {
            self.signature(account, &endpoint, *route)?;
            self.templates(account, &endpoint, *route)?;
        }
        self.packages(account, &endpoint, routes)
    }

    /// By the first answer, whichever it was.
    fn clock(&mut self) {
        let is_told = |finding: &Finding| finding.check == Check::Clock;
        if self.findings.iter().any(is_told) {
            return;
        }
        let finding = match self.interview.measured_offset {
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

    pub(super) fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// What a question without an answer means for the thing that was asked about.
    pub(super) fn unanswered(
        &self,
        check: Check,
        routes: &[Route],
        no_answer: &NoAnswer,
    ) -> Finding {
        let Cause::Refused(refusal) = &no_answer.cause else {
            return check.unknown(no_answer).on(routes);
        };
        let (code, action) = (refusal.tencent_code(), no_answer.action);
        // The others of the family are about the application, the bill or the text.
        let is_permission = matches!(
            code,
            "AuthFailure.UnauthorizedOperation"
                | "UnauthorizedOperation"
                | "UnauthorizedOperation.RequestPermissionDeny"
        );
        let finding = if is_permission {
            check
                .unknown(format_args!("the key may not call {action} ({code})"))
                .advise(
                    "sending does not need it; to have it checked, give the key's sub-account \
                     read-only access to SMS under Access Management",
                )
        } else if code.ends_with("NotEnterpriseCertification") {
            check
                .unknown(format_args!("Tencent answers {action} to enterprises only"))
                .advise("look it up in the SMS console")
        } else if code.ends_with("ProhibitSubAccountUse") {
            check
                .unknown(format_args!(
                    "Tencent answers {action} to the main account's key only"
                ))
                .advise("look it up in the SMS console")
        } else if matches!(refusal.mender(), Mender::Config | Mender::Account) {
            let finding = check.wrong(format!("Tencent refused: {code}"));
            let finding = match refusal.config_key() {
                Some(key) => finding.at(self.path_of(key, routes)),
                None => finding,
            };
            match refusal.advice() {
                Some(advice) => finding.advise(advice),
                None => finding,
            }
        } else {
            check.unknown(no_answer).advise("try again later")
        };
        finding.on(routes)
    }

    /// Where a key of the account that serves `routes` is.
    pub(super) fn path_of(&self, key: ConfigKey, routes: &[Route]) -> Path {
        match (key, routes) {
            (ConfigKey::TemplateCode | ConfigKey::TemplateParams, _) => {
                Path::default().key("templates")
            }
            (_, [route]) => self.config.path_of_account(key, *route),
            _ => self.config.path_of_account(key, Route::Mainland),
        }
    }
}

/// The sides, together where they are served by the same application of the same account.
fn by_account<'a>(config: &'a Config, routes: &[Route]) -> Vec<(&'a Account, Vec<Route>)> {
    let mut accounts: Vec<(&Account, Vec<Route>)> = Vec::new();
    for route in routes {
        let account = config.account(*route);
        match accounts
            .iter_mut()
            .find(|(known, _)| known.is_reached_like(account))
        {
            Some((_, routes)) => routes.push(*route),
            None => accounts.push((account, vec![*route])),
        }
    }
    accounts
}
