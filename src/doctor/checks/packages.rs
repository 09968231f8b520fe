//! The check of the prepaid packages: how many messages are left?

use crate::phone::Route;
use crate::tencent::actions::{Entry, Package, sms_packages_statistics};
use crate::tencent::{Account, Endpoint};
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::Unanswered;
use crate::doctor::report::{Check, Finding, State};

/// Packages older than that have expired. Inferred: they are sold for up to two years.
const PACKAGES_SINCE_DAYS: u64 = 3 * 365;

impl Examination<'_> {
    /// How many prepaid messages are left.
    pub(in crate::doctor) fn packages(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
    ) -> Result<(), Unanswered> {
        let now = self.now();
        let call = sms_packages_statistics(
            &account.sdk_app_id,
            self.hours_ago(PACKAGES_SINCE_DAYS * 24),
            // The hour that is not over is refused.
            self.hours_ago(1),
        );
        let reply = self.replay.ask(account, endpoint, call)?;
        let finding = match reply {
            Ok(packages) => packages_found(&packages, now.seconds()).on(routes),
            Err(no_answer) => {
                let mut finding = self.unanswered(Check::Packages, routes, &no_answer);
                // The international site has no such action: nothing is wrong with that.
                if finding.state == State::Wrong {
                    finding = Finding {
                        state: State::Unknown,
                        what: Text::new(id::UNKNOWN).with_text("why", finding.what),
                        ..finding
                    }
                    .on(routes);
                }
                finding
            }
        };
        self.find(finding);
        Ok(())
    }
}

fn packages_found(packages: &[Entry], now: u64) -> Finding {
    let (mut amount, mut left) = (0_u64, 0_u64);
    let packages = packages.iter().map(Package);
    for package in packages.filter(|package| package.is_valid_at(now)) {
        amount = amount.saturating_add(package.amount());
        left = left.saturating_add(package.left());
    }
    if amount == 0 {
        return Check::Packages.ok(Text::new(id::FINDING_PACKAGES_NONE));
    }
    let what = Text::new(id::FINDING_PACKAGES_LEFT)
        .with("left", &left)
        .with("amount", &amount);
    if left.saturating_mul(10) < amount {
        Check::Packages
            .warning(what)
            .advise(Text::new(id::FINDING_PACKAGES_LOW_DO))
    } else {
        Check::Packages.ok(what)
    }
}
