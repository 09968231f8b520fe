//! The check of the SDKAppID: is it one of the account's?

use crate::phone::Route;
use crate::tencent::actions::{Statistics, send_status_statistics};
use crate::tencent::{Account, Endpoint, Parameter};
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::Unanswered;
use crate::doctor::report::{Check, State, shown};

impl Examination<'_> {
    /// Whether the SDKAppID is one of the account's.
    pub(in crate::doctor) fn application(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
    ) -> Result<(), Unanswered> {
        let call =
            send_status_statistics(&account.sdk_app_id, self.hours_ago(24), self.hours_ago(0));
        let reply = self.replay.ask(account, endpoint, call)?;
        let finding = match reply {
            Ok(statistics) => {
                let statistics = statistics.first().map(Statistics);
                let count = statistics.and_then(|statistics| statistics.accepted());
                let count = count.unwrap_or_default();
                let id = shown(&account.sdk_app_id);
                let what = Text::new(id::FINDING_APPLICATION_OK)
                    .with_text("id", id)
                    .with("count", &count);
                Check::Application.ok(what).on(routes)
            }
            Err(no_answer) => {
                let finding = self.unanswered(Check::Application, routes, &no_answer);
                match finding.path {
                    None if finding.state == State::Wrong => {
                        finding.at(self.path_of(Parameter::SmsSdkAppId, routes))
                    }
                    _ => finding,
                }
            }
        };
        self.find(finding);
        Ok(())
    }
}
