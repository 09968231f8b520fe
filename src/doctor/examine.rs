//! The examination: from the config, over the account, to each template.

use crate::config::{Config, Path};
use crate::json::Value;
use crate::phone::Route;
use crate::step::{Clock, Entropy, Event, Step};
use crate::tc3::Timestamp;
use crate::tencent::actions::Hour;
use crate::tencent::{Account, ApiError, FixedBy, Parameter};
use crate::text::{Text, id};

use super::checks::config as offline;
use super::replay::{NoAnswer, Replay, Unanswered};
use super::{Check, Finding, Report};

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
        replay: Replay::new(events, clock, entropy),
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
    pub(super) replay: Replay<'a>,
    pub(super) findings: Vec<Finding>,
}

/// The most entries of `templates` that are compared with each other and looked up: no config has more, and the
/// work is the square of their number.
pub(super) const MOST_ENTRIES: usize = 1000;

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
            let finding = Check::Application.unknown(Text::new(id::UNKNOWN_NOT_REACHED));
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

    /// Returns the hour that was `hours` ago, by Tencent's clock.
    pub(super) fn hours_ago(&self, hours: u64) -> Hour {
        let seconds = self.now().seconds().saturating_sub(hours * 60 * 60);
        Hour::of(Timestamp::from_seconds(seconds))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.replay.clock().timestamp()
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
        let ApiError::Refused(refusal) = &no_answer.error else {
            return check.unknown(no_answer.reason()).on(routes);
        };
        let (code, action) = (refusal.tencent_code(), no_answer.action);
        // The others of the family are about the application, the bill or the text.
        let is_permission = matches!(
            code,
            "AuthFailure.UnauthorizedOperation"
                | "UnauthorizedOperation"
                | "UnauthorizedOperation.RequestPermissionDeny"
        );
        let cannot = |why, advice| {
            check
                .unknown(Text::new(why).with("action", &action).with("code", &code))
                .advise(Text::new(advice))
        };
        let finding = if is_permission {
            cannot(id::UNKNOWN_PERMISSION, id::UNKNOWN_PERMISSION_DO)
        } else if code.ends_with("NotEnterpriseCertification") {
            cannot(id::UNKNOWN_ENTERPRISES_ONLY, id::UNKNOWN_LOOK_UP_DO)
        } else if code.ends_with("ProhibitSubAccountUse") {
            cannot(id::UNKNOWN_MAIN_ACCOUNT_ONLY, id::UNKNOWN_LOOK_UP_DO)
        } else if matches!(refusal.fixed_by(), FixedBy::Config | FixedBy::Account) {
            let finding = check.wrong(Text::new(id::FINDING_REFUSED).with("code", &code));
            let finding = match refusal.parameter() {
                Some(parameter) => finding.at(self.path_of(parameter, routes)),
                None => finding,
            };
            match refusal.advice() {
                Some(advice) => finding.advise(advice),
                None => finding,
            }
        } else {
            cannot(id::UNKNOWN_REFUSED, id::UNKNOWN_TRY_LATER_DO)
        };
        finding.on(routes)
    }

    /// Where a key of the account that serves `routes` is.
    pub(super) fn path_of(&self, key: Parameter, routes: &[Route]) -> Path {
        match (key, routes) {
            (Parameter::TemplateId | Parameter::TemplateParamSet, _) => {
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
            .find(|(known, _)| known.is_same_application(account))
        {
            Some((_, routes)) => routes.push(*route),
            None => accounts.push((account, vec![*route])),
        }
    }
    accounts
}
