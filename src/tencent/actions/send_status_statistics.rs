//! `SendStatusStatistics`: the number of messages that an application submitted.

use super::{Call, Entry, Hour, Parameter, integer};

/// Creates a call for the counts of one application, from the beginning of the hour `begin` to the end
/// of the hour `end`. Both may be the same hour.
pub fn send_status_statistics(sdk_app_id: &str, begin: Hour, end: Hour) -> Call {
    Call::new(
        "SendStatusStatistics",
        &[
            ("SmsSdkAppId", Parameter::Text(sdk_app_id)),
            ("BeginTime", Parameter::Text(&begin.to_string())),
            ("EndTime", Parameter::Text(&end.to_string())),
            // The documents require both, and say that both are always 0.
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
    /// Returns the number of messages that Tencent accepted, or `None` if the field is not a number.
    pub fn accepted(&self) -> Option<u64> {
        integer(self.0, "RequestSuccessCount")
    }

    /// Returns the number of messages that Tencent bills, or `None` if the field is not a number. A long text
    /// counts as several messages.
    pub fn billed(&self) -> Option<u64> {
        integer(self.0, "FeeCount")
    }
}
