//! `PullSmsSendStatusByPhoneNumber`: the carrier's delivery reports on a number's messages. Unlike
//! `PullSmsSendStatus`, the action does not remove reports from the account's queue.

use super::{Call, Entry, Parameter, integer, text};
use crate::tc3::Timestamp;

/// Creates a call for the reports on the messages of one application to a number (E.164), from `begin`
/// to `end` in UNIX seconds. `begin` must be at most seven days ago.
pub fn pull_sms_send_status_by_phone_number(
    sdk_app_id: &str,
    number: &str,
    begin: u64,
    end: u64,
) -> Call {
    Call::new(
        "PullSmsSendStatusByPhoneNumber",
        &[
            ("PhoneNumber", Parameter::Text(number)),
            ("SmsSdkAppId", Parameter::Text(sdk_app_id)),
            ("BeginTime", Parameter::Number(begin)),
            ("EndTime", Parameter::Number(end)),
            // 100 is the largest page. The documents say that the offset is always 0.
            ("Limit", Parameter::Number(100)),
            ("Offset", Parameter::Number(0)),
        ],
        "PullSmsSendStatusSet",
        &["SerialNo", "ReportStatus"],
    )
}

/// A carrier's report on a message.
#[derive(Clone, Copy)]
pub struct DeliveryReport<'a>(pub &'a Entry);

impl<'a> DeliveryReport<'a> {
    /// Returns true if the report is about the message with this `SerialNo`.
    pub fn is_about(self, serial_no: &str) -> bool {
        self.serial_no() == serial_no
    }

    /// Returns the ID of the message.
    pub fn serial_no(self) -> &'a str {
        text(self.0, "SerialNo")
    }

    /// Returns the time of the report, or `None` if Tencent names none. It is inferred that the time of a
    /// failure is that of the report: the documents call it the time at which the phone received the message.
    pub fn time(self) -> Option<Timestamp> {
        let seconds = integer(self.0, "UserReceiveTime").filter(|seconds| *seconds > 0)?;
        Some(Timestamp::from_seconds(seconds))
    }

    /// Returns true if the message was delivered to the phone (`SUCCESS`, not `FAIL`).
    pub fn is_delivered(self) -> bool {
        text(self.0, "ReportStatus") == "SUCCESS"
    }

    /// Returns the carrier's description, which is usually a code.
    pub fn description(self) -> &'a str {
        text(self.0, "Description")
    }
}
