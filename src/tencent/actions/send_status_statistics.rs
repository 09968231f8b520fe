//! `SendStatusStatistics`: how many messages an application submitted.

use super::{Call, Entry, Hour, Parameter, integer};

/// Asks for the counts of one application from the beginning of one hour to the end of another, which
/// may be the same.
pub fn send_status_statistics(sdk_app_id: &str, begin: Hour, end: Hour) -> Call {
    Call::new(
        "SendStatusStatistics",
        &[
            ("SmsSdkAppId", Parameter::Text(sdk_app_id)),
            ("BeginTime", Parameter::Text(&begin.to_string())),
            ("EndTime", Parameter::Text(&end.to_string())),
            // Documented as always 0, and required.
            ("Limit", Parameter::Number(0)),
            ("Offset", Parameter::Number(0)),
        ],
        "SendStatusStatistics",
        &["RequestSuccessCount"],
    )
}

/// An application's counts.
pub struct Statistics<'a>(pub &'a Entry);

impl Statistics<'_> {
    /// How many messages Tencent accepted; `None` where that is no number.
    pub fn accepted(&self) -> Option<u64> {
        integer(self.0, "RequestSuccessCount")
    }
}
