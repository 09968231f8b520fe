//! The examination of a config: the config itself, its accounts, and their signatures and templates.

use crate::config::{Config, Path, diagnose};
use crate::credentials::Source;
use crate::json::Value;
use crate::phone::Route;
use crate::step::{Clock, Entropy, Event, Step};
use crate::tc3::Timestamp;
use crate::tencent::actions::Hour;
use crate::tencent::{Account, ApiError, FixedBy, Parameter};
use crate::text::{Text, id};

use super::checks::config as offline;
use super::checks::logto::LogtoState;
use super::replay::{FailedCall, Pending, Replay};
use super::{Check, Finding, Report, State};

/// Returns the next step of examining a config. `events` is everything that happened so far. With
/// `online`, the examination includes calls of Tencent's API. It always ends with a [`Report`].
pub fn examine(
    value: &Value,
    online: bool,
    events: &[Event],
    clock: Clock,
    entropy: &dyn Fn() -> Entropy,
) -> Step<Report> {
    examine_with_logto(value, None, online, events, clock, entropy)
}

/// Returns the next step of examining a config together with the Logto that has it. The other parameters are
/// those of [`examine`].
pub fn examine_with_logto(
    value: &Value,
    logto: Option<&LogtoState>,
    online: bool,
    events: &[Event],
    clock: Clock,
    entropy: &dyn Fn() -> Entropy,
) -> Step<Report> {
    let diagnostics = diagnose(value);
    let mut of_logto = logto.map(LogtoState::examine).unwrap_or_default();
    let Ok(config) = Config::parse(value) else {
        let mut findings = offline::diagnosed(diagnostics);
        findings.append(&mut of_logto);
        return Step::Done {
            outcome: Report {
                findings,
                can_send: false,
            },
        };
    };
    let mut examination = Examination {
        config: &config,
        replay: Replay::new(events, clock, entropy),
        logto,
        findings: offline::examine(diagnostics, &config),
        accepted: Vec::new(),
    };
    examination.findings.append(&mut of_logto);
    examination.check_languages();
    match examination.check_accounts(online) {
        Err(Pending(step)) => *step,
        Ok(()) => Step::Done {
            outcome: Report {
                findings: examination.settled_findings(),
                can_send: true,
            },
        },
    }
}

/// An examination under way.
pub(super) struct Examination<'a> {
    pub(super) config: &'a Config,
    /// The settings of Logto, if they are known.
    pub(super) logto: Option<&'a LogtoState>,
    pub(super) replay: Replay<'a>,
    pub(super) findings: Vec<Finding>,
    /// The places of the values that Tencent accepted.
    accepted: Vec<Path>,
}

/// The most entries of `templates` that are compared and looked up. No real config has more, and the time
/// of the comparison grows with the square of their number.
pub(super) const MAX_ENTRIES: usize = 1000;

impl Examination<'_> {
    fn check_accounts(&mut self, online: bool) -> Result<(), Pending> {
        let served: Vec<_> = Route::BOTH
            .into_iter()
            .filter(|route| self.config.serves(*route))
            .collect();
        for (account, routes) in by_account(self.config, &served) {
            let account = self.take_key(account, &routes, online)?;
            if let (Some(account), true) = (account, online) {
                self.check_account(&account, &routes)?;
            }
        }
        self.check_store()
    }

    /// Remembers that Tencent accepted the value of a parameter.
    pub(super) fn accept(&mut self, parameter: Parameter, routes: &[Route]) {
        for route in routes {
            let path = self.config.path_of_account(parameter, *route);
            self.accepted.push(path);
        }
    }

    /// Returns the findings without those of the config about values that Tencent accepted. A finding about a
    /// value that Tencent refused stays, because it says why.
    fn settled_findings(self) -> Vec<Finding> {
        let Self {
            accepted,
            mut findings,
            ..
        } = self;
        findings.retain(|finding| {
            let is_accepted = |path| accepted.contains(path);
            finding.check != Check::Config || !finding.path.as_ref().is_some_and(is_accepted)
        });
        let is_of_config = |finding: &Finding| finding.check == Check::Config;
        if !findings.iter().any(is_of_config) {
            findings.insert(0, Check::Config.ok(Text::new(id::FINDING_CONFIG_OK)));
        }
        findings
    }

    fn check_account(&mut self, account: &Account, routes: &[Route]) -> Result<(), Pending> {
        let endpoint = self.check_api(account, routes)?;
        self.check_clock();
        let Some(endpoint) = endpoint else {
            self.add(not_reached().on(routes));
            return Ok(());
        };
        let daily = self.check_application(account, &endpoint, routes)?;
        for route in routes {
            self.check_signature(account, &endpoint, *route)?;
            self.check_templates(account, &endpoint, *route)?;
        }
        self.check_deliveries(account, &endpoint, routes)?;
        self.check_packages(account, &endpoint, routes, daily)
    }

    /// Returns the hour that was `hours` ago, in Tencent's time.
    pub(super) fn hours_ago(&self, hours: u64) -> Hour {
        let seconds = self.now().seconds().saturating_sub(hours * 60 * 60);
        Hour::of(Timestamp::from_seconds(seconds))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.replay.clock().timestamp()
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Returns the finding of `check` after a failed call.
    pub(super) fn judge_failure(
        &self,
        check: Check,
        routes: &[Route],
        failed_call: &FailedCall,
    ) -> Finding {
        let ApiError::Refused(refusal) = &failed_call.error else {
            return check.unknown(failed_call.reason()).on(routes);
        };
        let (code, action) = (refusal.tencent_code(), failed_call.action);
        // The other codes of this family concern the application, the bill or the text.
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
        } else if failed_call.is_about_personal_account() {
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

    /// Returns the finding of `check` after a failed call that proves no mistake, because another check covers
    /// the application and the key.
    pub(super) fn judge_side_question(
        &self,
        check: Check,
        routes: &[Route],
        failed_call: &FailedCall,
    ) -> Finding {
        let finding = self.judge_failure(check, routes, failed_call);
        match finding.state {
            State::Wrong => Finding {
                state: State::Unknown,
                what: Text::new(id::UNKNOWN).with_text("why", finding.what),
                ..finding
            },
            _ => finding,
        }
    }

    /// Returns the place that decides a parameter of the account that serves `routes`.
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

/// Returns the finding for everything that cannot be checked without the API.
pub(super) fn not_reached() -> Finding {
    Check::Application.unknown(Text::new(id::UNKNOWN_NOT_REACHED))
}

/// Groups the sides by account, so that sides with the same application are checked together.
fn by_account<'a>(config: &'a Config, routes: &[Route]) -> Vec<(&'a Account<Source>, Vec<Route>)> {
    let mut accounts: Vec<(&Account<Source>, Vec<Route>)> = Vec::new();
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
