//! Is the account there: its host, its key, its application, its packages.

use crate::config::{Account, ConfigKey, Endpoint};
use crate::phone::Route;
use crate::queries::{
    Entry, Hour, NumberInfo, Package, Statistics, describe_phone_number_info,
    send_status_statistics, sms_packages_statistics,
};
use crate::tc3::Timestamp;

use super::examination::Examination;
use super::interview::{Cause, NoAnswer, Reply, Unanswered};
use super::report::shown;
use super::{Check, Finding, State};

/// Numbers that every reader of numbers knows: the mainland's and Hong Kong's examples.
const SAMPLES: [&str; 2] = ["+8613800138000", "+85291234567"];

/// As often as a send may look for another access point.
const MOST_ACCESS_POINTS: usize = 3;

/// Packages older than that have expired. Inferred: they are sold for up to two years.
const PACKAGES_SINCE_DAYS: u64 = 3 * 365;

impl Examination<'_> {
    /// Whether the API answers, and takes the key; where it was reached.
    pub(super) fn reach(
        &mut self,
        account: &Account,
        routes: &[Route],
    ) -> Result<Option<Endpoint>, Unanswered> {
        let (endpoint, reply) = self.ask_any_access_point(account)?;
        let finding = judge_api(account, &endpoint, &reply);
        let is_reached = finding.state != State::Wrong;
        self.find(match finding.state {
            State::Ok => finding.on(routes),
            _ => finding
                .on(routes)
                .at(self.path_of(ConfigKey::Endpoint, routes)),
        });
        Ok((is_reached && self.takes_key(account, routes, reply)).then_some(endpoint))
    }

    /// Asks what needs no application; where nothing answers, at other access points too, as a send would.
    fn ask_any_access_point(&mut self, account: &Account) -> Result<(Endpoint, Reply), Unanswered> {
        let mut endpoint = account.endpoint.clone();
        let mut failures = 0;
        loop {
            let question = describe_phone_number_info(&SAMPLES);
            let reply = self.interview.ask(account, &endpoint, question)?;
            failures += 1;
            let next = account.endpoint.after_failures(failures);
            let is_last = failures == MOST_ACCESS_POINTS || next == account.endpoint;
            match reply {
                Err(NoAnswer {
                    cause: Cause::Failed(_),
                    ..
                }) if !is_last => endpoint = next,
                reply => return Ok((endpoint, reply)),
            }
        }
    }

    fn takes_key(&mut self, account: &Account, routes: &[Route], reply: Reply) -> bool {
        let infos = match reply {
            Ok(infos) => infos,
            Err(no_answer) => {
                let finding = self.unanswered(Check::Key, routes, &no_answer);
                let may_take_it = finding.state == State::Unknown;
                self.find(finding);
                return may_take_it;
            }
        };
        let what = format!("accepted, in {}", account.region);
        self.find(Check::Key.ok(what).on(routes));
        let are_read_right = SAMPLES
            .iter()
            .all(|sample| infos.iter().any(|info| NumberInfo(info).is(sample)));
        if !are_read_right {
            let finding =
                Check::Number.warning("Tencent reads numbers in E.164 otherwise than documented");
            self.find(finding.on(routes).advise("please report it"));
        }
        true
    }

    /// Whether the SDKAppID is one of the account's.
    pub(super) fn application(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
    ) -> Result<(), Unanswered> {
        let now = self.now();
        let question =
            send_status_statistics(&account.sdk_app_id, hours_ago(now, 24), Hour::of(now));
        let reply = self.interview.ask(account, endpoint, question)?;
        let finding = match reply {
            Ok(statistics) => {
                let statistics = statistics.first().map(Statistics);
                let count = statistics.and_then(|statistics| statistics.accepted());
                let count = count.unwrap_or_default();
                let id = shown(&account.sdk_app_id);
                let what = format!("{id}: messages accepted in the last day: {count}");
                Check::Application.ok(what).on(routes)
            }
            Err(no_answer) => {
                let finding = self.unanswered(Check::Application, routes, &no_answer);
                match finding.path {
                    None if finding.state == State::Wrong => {
                        finding.at(self.path_of(ConfigKey::SdkAppId, routes))
                    }
                    _ => finding,
                }
            }
        };
        self.find(finding);
        Ok(())
    }

    /// How many prepaid messages are left.
    pub(super) fn packages(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
    ) -> Result<(), Unanswered> {
        let now = self.now();
        let question = sms_packages_statistics(
            &account.sdk_app_id,
            hours_ago(now, PACKAGES_SINCE_DAYS * 24),
            // The hour that is not over is refused.
            hours_ago(now, 1),
        );
        let reply = self.interview.ask(account, endpoint, question)?;
        let finding = match reply {
            Ok(packages) => packages_found(&packages, now.seconds()).on(routes),
            Err(no_answer) => {
                let mut finding = self.unanswered(Check::Packages, routes, &no_answer);
                // The international site has no such action: nothing is wrong with that.
                if finding.state == State::Wrong {
                    finding = Check::Packages.unknown(finding.what).on(routes);
                }
                finding
            }
        };
        self.find(finding);
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.interview.clock().timestamp()
    }
}

fn judge_api(account: &Account, reached: &Endpoint, reply: &Reply) -> Finding {
    let host = reached.host();
    match reply.as_ref().map_err(|no_answer| &no_answer.cause) {
        Err(Cause::Failed(failure)) => Check::Api.wrong(failure.cause()),
        Err(Cause::Unclear { status, problem }) => Check::Api
            .wrong(format!(
                "what answered is not Tencent: the body (HTTP status {status}) {problem}"
            ))
            .advise("check endpoint, and any proxy between"),
        Ok(_) | Err(Cause::Refused(_)) if *reached == account.endpoint => {
            Check::Api.ok(format!("{host} answers"))
        }
        Ok(_) | Err(Cause::Refused(_)) => Check::Api
            .warning(format!(
                "{} cannot be reached from here, {host} can",
                account.endpoint.host()
            ))
            .advise(format!(
                "sends lose time before they turn to another host: put {host} there, or open the firewall"
            )),
    }
}

fn hours_ago(now: Timestamp, hours: u64) -> Hour {
    let seconds = now.seconds().saturating_sub(hours * 60 * 60);
    Hour::of(Timestamp::from_seconds(seconds))
}

fn packages_found(packages: &[Entry], now: u64) -> Finding {
    let (mut amount, mut left) = (0_u64, 0_u64);
    let packages = packages.iter().map(Package);
    for package in packages.filter(|package| package.is_in_force(now)) {
        amount = amount.saturating_add(package.amount());
        left = left.saturating_add(package.left());
    }
    if amount == 0 {
        return Check::Packages.ok("none: messages are billed by the month, or not at all yet");
    }
    let what = format!("{left} of {amount} prepaid messages left");
    if left.saturating_mul(10) < amount {
        Check::Packages
            .warning(what)
            .advise("buy another package, or allow billing by the month, in the SMS console")
    } else {
        Check::Packages.ok(what)
    }
}
