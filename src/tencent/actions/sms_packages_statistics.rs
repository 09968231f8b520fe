//! `SmsPackagesStatistics`: the prepaid packages of an application. The international site has none.

use super::{Call, Entry, Hour, Parameter, integer};

/// Creates a call for the packages that were created from the hour `begin` to the hour `end`. Tencent
/// rejects the current hour as `end`.
pub fn sms_packages_statistics(sdk_app_id: &str, begin: Hour, end: Hour) -> Call {
    Call::new(
        "SmsPackagesStatistics",
        &[
            ("SmsSdkAppId", Parameter::Text(sdk_app_id)),
            ("BeginTime", Parameter::Text(&begin.to_string())),
            ("EndTime", Parameter::Text(&end.to_string())),
            // 500 is the largest page, and no account has more packages.
            ("Limit", Parameter::Number(500)),
            ("Offset", Parameter::Number(0)),
        ],
        "SmsPackagesStatisticsSet",
        &[
            "PackageAmount",
            "CurrentUsage",
            "PackageEffectiveTime",
            "PackageExpiredTime",
        ],
    )
}

/// A prepaid package.
pub struct Package<'a>(pub &'a Entry);

impl Package<'_> {
    /// Returns the number of messages in the package when it was bought.
    pub fn amount(&self) -> u64 {
        integer(self.0, "PackageAmount").unwrap_or_default()
    }

    /// Returns the number of messages that are left.
    pub fn left(&self) -> u64 {
        let used = integer(self.0, "CurrentUsage").unwrap_or_default();
        self.amount().saturating_sub(used)
    }

    /// Returns true if the package is valid at `now`, in UNIX seconds.
    pub fn is_valid_at(&self, now: u64) -> bool {
        integer(self.0, "PackageEffectiveTime").is_some_and(|from| from <= now)
            && integer(self.0, "PackageExpiredTime").is_some_and(|until| now < until)
    }
}
