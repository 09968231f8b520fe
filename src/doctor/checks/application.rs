//! The check that the SDKAppID belongs to the account.

use crate::phone::Route;
use crate::tencent::actions::{Statistics, send_status_statistics};
use crate::tencent::{Account, Endpoint, Parameter};
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::Pending;
use crate::doctor::report::{Check, State, redact_long};

impl Examination<'_> {
    /// Checks that the SDKAppID belongs to the account. Returns the number of messages in the last day, as
    /// Tencent bills them.
    pub(in crate::doctor) fn check_application(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
    ) -> Result<u64, Pending> {
        let call =
            send_status_statistics(&account.sdk_app_id, self.hours_ago(24), self.hours_ago(0));
        let reply = self.replay.call(account, endpoint, call)?;
        let mut daily = None;
        let finding = match reply {
            Ok(statistics) => {
                let statistics = statistics.first().map(Statistics);
                let count = statistics.as_ref().and_then(Statistics::accepted);
                let count = count.unwrap_or_default();
                daily = statistics.and_then(|statistics| statistics.billed());
                let id = redact_long(&account.sdk_app_id);
                let what = Text::new(id::FINDING_APPLICATION_OK)
                    .with_text("id", id)
                    .with("count", &count);
                self.accept(Parameter::SmsSdkAppId, routes);
                Check::Application.ok(what).on(routes)
            }
            Err(failed_call) => {
                let finding = self.judge_failure(Check::Application, routes, &failed_call);
                match finding.path {
                    None if finding.state == State::Wrong => {
                        finding.at(self.path_of(Parameter::SmsSdkAppId, routes))
                    }
                    _ => finding,
                }
            }
        };
        self.add(finding);
        Ok(daily.unwrap_or_default())
    }
}
