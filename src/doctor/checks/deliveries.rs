//! The check that carriers deliver the messages of the last day.

use crate::phone::Route;
use crate::tencent::actions::{Deliveries, callback_status_statistics};
use crate::tencent::{Account, Endpoint};
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::Pending;
use crate::doctor::report::{Check, Finding};

/// The fewest failures that are a warning. Some phones are always off.
const MIN_FAILURES: u64 = 10;

/// The warning begins where one report of so many is a failure.
const REPORTS_PER_FAILURE: u64 = 10;

impl Examination<'_> {
    pub(in crate::doctor) fn check_deliveries(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        routes: &[Route],
    ) -> Result<(), Pending> {
        let (begin, end) = (self.hours_ago(24), self.hours_ago(0));
        let call = callback_status_statistics(&account.sdk_app_id, begin, end);
        let finding = match self.replay.call(account, endpoint, call)? {
            Ok(counts) => counts
                .first()
                .map_or_else(nothing, |counts| judge(Deliveries(counts))),
            Err(failed_call) => self.judge_side_question(Check::Delivery, routes, &failed_call),
        };
        self.add(finding.on(routes));
        Ok(())
    }
}

fn nothing() -> Finding {
    Check::Delivery.ok(Text::new(id::DELIVERIES_NONE))
}

fn judge(counts: Deliveries<'_>) -> Finding {
    let (delivered, failed) = (counts.delivered(), counts.failed());
    let reported = delivered.saturating_add(failed);
    if reported == 0 {
        return nothing();
    }
    let what = Text::new(match failed {
        0 => id::DELIVERIES_ALL,
        _ => id::DELIVERIES_SOME,
    })
    .with("reported", &reported)
    .with("failed", &failed)
    .with("unreachable", &counts.unreachable())
    .with("invalid", &counts.invalid())
    .with("blocked", &counts.blocked())
    .with("frequent", &counts.too_frequent())
    .with("carrier", &counts.carrier());
    if failed >= MIN_FAILURES && failed.saturating_mul(REPORTS_PER_FAILURE) >= reported {
        Check::Delivery
            .warning(what)
            .advise(Text::new(id::DELIVERIES_DO))
    } else {
        Check::Delivery.ok(what)
    }
}
