//! The check that Tencent accepts the API key.

use crate::phone::Route;
use crate::tencent::actions::NumberInfo;
use crate::tencent::{Account, Parameter};
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::Reply;
use crate::doctor::report::{Check, State};

/// Numbers without ambiguity: the example numbers of the mainland and of Hong Kong.
pub(super) const SAMPLES: [&str; 2] = ["+8613800138000", "+85291234567"];

impl Examination<'_> {
    /// Adds the finding, and returns false if Tencent rejects the key.
    pub(super) fn check_key(&mut self, account: &Account, routes: &[Route], reply: Reply) -> bool {
        let infos = match reply {
            Ok(infos) => infos,
            Err(failed_call) => {
                let finding = self.judge_failure(Check::Key, routes, &failed_call);
                let may_be_accepted = finding.state == State::Unknown;
                self.add(finding);
                return may_be_accepted;
            }
        };
        let what = Text::new(id::FINDING_KEY_OK).with("region", &account.region);
        self.add(Check::Key.ok(what).on(routes));
        self.accept(Parameter::SecretId, routes);
        self.accept(Parameter::SecretKey, routes);
        let are_read_right = SAMPLES
            .iter()
            .all(|sample| infos.iter().any(|info| NumberInfo(info).is_read_as(sample)));
        if !are_read_right {
            let finding = Check::Number.warning(Text::new(id::FINDING_NUMBER_ODD));
            self.add(
                finding
                    .on(routes)
                    .advise(Text::new(id::FINDING_NUMBER_ODD_DO)),
            );
        }
        true
    }
}
