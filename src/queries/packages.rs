//! `SmsPackagesStatistics`: the prepaid packages of an application. The international site has none.

use serde::Serialize;

use super::{Hour, Query, integer, list};
use crate::api::Response;

/// Asks for the packages that were created in a span of time.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SmsPackagesStatistics<'a> {
    /// Whose.
    pub sms_sdk_app_id: &'a str,
    /// Before `end_time`.
    pub begin_time: Hour,
    /// Not in the future.
    pub end_time: Hour,
    /// How many; at most 500.
    pub limit: usize,
    /// After how many.
    pub offset: usize,
}

/// A prepaid package. Times are UNIX seconds.
#[derive(Clone, Debug)]
pub struct Package {
    /// How many messages it was bought for.
    pub amount: i64,
    /// How many of them are gone.
    pub used: i64,
    effective_time: i64,
    expired_time: i64,
}

impl Package {
    /// Whether messages can be taken from it at `now`.
    pub const fn is_in_force(&self, now: i64) -> bool {
        self.effective_time <= now && now < self.expired_time
    }
}

impl Query for SmsPackagesStatistics<'_> {
    const ACTION: &'static str = "SmsPackagesStatistics";
    type Finding = Vec<Package>;

    fn read(response: &Response) -> Option<Self::Finding> {
        list(response, "SmsPackagesStatisticsSet", |package| {
            Some(Package {
                amount: integer(package, "PackageAmount")?,
                used: integer(package, "CurrentUsage")?,
                effective_time: integer(package, "PackageEffectiveTime")?,
                expired_time: integer(package, "PackageExpiredTime")?,
            })
        })
    }
}
