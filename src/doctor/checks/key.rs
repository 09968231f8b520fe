//! The check of the API key: does Tencent accept it?

use crate::phone::Route;
use crate::tencent::Account;
use crate::tencent::actions::NumberInfo;
use crate::text::{Text, id};

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
        let what = Text::new(id::FINDING_KEY_OK).with("region", &account.region);
        self.find(Check::Key.ok(what).on(routes));
        let are_read_right = SAMPLES
            .iter()
            .all(|sample| infos.iter().any(|info| NumberInfo(info).is(sample)));
        if !are_read_right {
            let finding = Check::Number.warning(Text::new(id::FINDING_NUMBER_ODD));
            self.find(
                finding
                    .on(routes)
                    .advise(Text::new(id::FINDING_NUMBER_ODD_DO)),
            );
        }
        true
    }
}
