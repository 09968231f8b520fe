//! `CallbackStatusStatistics`: the numbers of delivered and undelivered messages of an application, by the
//! carriers' reports.

use super::{Call, Entry, Hour, Parameter, integer};

/// Creates a call for the counts of one application, from the beginning of the hour `begin` to the end of
/// the hour `end`, which is at most 32 days later.
pub fn callback_status_statistics(sdk_app_id: &str, begin: Hour, end: Hour) -> Call {
    Call::new(
        "CallbackStatusStatistics",
        &[
            ("SmsSdkAppId", Parameter::Text(sdk_app_id)),
            ("BeginTime", Parameter::Text(&begin.to_string())),
            ("EndTime", Parameter::Text(&end.to_string())),
            // The documents require both, and say that both are always 0.
            ("Limit", Parameter::Number(0)),
            ("Offset", Parameter::Number(0)),
        ],
        "CallbackStatusStatistics",
        &["CallbackSuccessCount", "CallbackFailCount"],
    )
}

/// An application's counts of reports.
#[derive(Clone, Copy)]
pub struct Deliveries<'a>(pub &'a Entry);

impl Deliveries<'_> {
    /// Returns the number of messages that phones received.
    pub fn delivered(self) -> u64 {
        self.count("CallbackSuccessCount")
    }

    /// Returns the number of messages that no phone received.
    pub fn failed(self) -> u64 {
        self.count("CallbackFailCount")
    }

    /// Returns the number of failures at numbers that nobody has.
    pub fn invalid(self) -> u64 {
        self.count("InvalidNumberCount")
    }

    /// Returns the number of failures at phones that were off or suspended.
    pub fn unreachable(self) -> u64 {
        self.count("ShutdownErrorCount")
    }

    /// Returns the number of failures at numbers on a block list.
    pub fn blocked(self) -> u64 {
        self.count("BlackListCount")
    }

    /// Returns the number of failures because a number got too many messages.
    pub fn too_frequent(self) -> u64 {
        self.count("FrequencyLimitCount")
    }

    /// Returns the number of failures inside a carrier's network.
    pub fn carrier(self) -> u64 {
        self.count("InternalErrorCount")
    }

    fn count(self, key: &str) -> u64 {
        integer(self.0, key).unwrap_or_default()
    }
}
