//! The check of the number of messages that are left in prepaid packages.

use crate::phone::Route;
use crate::tencent::actions::{Entry, Package, sms_packages_statistics};
use crate::tencent::{Account, Endpoint};
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::Pending;
use crate::doctor::report::{Check, Finding, counted};

/// The age of the oldest packages that may still be valid. It is inferred: packages are sold for up to
/// two years.
const MAX_PACKAGE_AGE_DAYS: u64 = 3 * 365;

impl Examination<'_> {
    /// Checks that the prepaid packages are not nearly used up. `daily` is the number of messages in the
    /// last day.
    pub(in crate::doctor) fn check_packages(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
        daily: u64,
    ) -> Result<(), Pending> {
        let now = self.now();
        let call = sms_packages_statistics(
            &account.sdk_app_id,
            self.hours_ago(MAX_PACKAGE_AGE_DAYS * 24),
            // Tencent rejects an `EndTime` in the current hour.
            self.hours_ago(1),
        );
        let reply = self.replay.call(account, endpoint, call)?;
        let finding = match reply {
            Ok(packages) => judge(&packages, now.seconds(), daily),
            // The international site lacks this action.
            Err(failed_call) => self.judge_side_question(Check::Packages, routes, &failed_call),
        };
        self.add(finding.on(routes));
        Ok(())
    }
}

/// The warning begins where packages last less than a week.
const MIN_DAYS: u64 = 7;

fn judge(packages: &[Entry], now: u64, daily: u64) -> Finding {
    let (mut amount, mut left) = (0_u64, 0_u64);
    let packages = packages.iter().map(Package);
    for package in packages.filter(|package| package.is_valid_at(now)) {
        amount = amount.saturating_add(package.amount());
        left = left.saturating_add(package.left());
    }
    if amount == 0 {
        return Check::Packages.ok(Text::new(id::FINDING_PACKAGES_NONE));
    }
    let days = left.checked_div(daily);
    let what = match days {
        Some(days) => {
            let time = counted(days, id::PACKAGES_DAY, id::PACKAGES_DAYS);
            Text::new(id::FINDING_PACKAGES_LASTING)
                .with_text("time", time)
                .with("daily", &daily)
        }
        None => Text::new(id::FINDING_PACKAGES_LEFT),
    }
    .with("left", &left)
    .with("amount", &amount);
    if left.saturating_mul(10) < amount || days.is_some_and(|days| days < MIN_DAYS) {
        Check::Packages
            .warning(what)
            .advise(Text::new(id::FINDING_PACKAGES_LOW_DO))
    } else {
        Check::Packages.ok(what)
    }
}
