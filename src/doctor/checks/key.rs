//! The check of the API key: does Tencent accept it?

use crate::phone::Route;
use crate::tencent::Account;
use crate::tencent::actions::NumberInfo;

use crate::doctor::examine::Examination;
use crate::doctor::replay::Reply;
use crate::doctor::report::{Check, State};

/// Numbers that everybody reads alike: the examples of the mainland and of Hong Kong.
pub(super) const SAMPLES: [&str; 2] = ["+8613800138000", "+85291234567"];

impl Examination<'_> {
    pub(super) fn takes_key(&mut self, account: &Account, routes: &[Route], reply: Reply) -> bool {
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
}
