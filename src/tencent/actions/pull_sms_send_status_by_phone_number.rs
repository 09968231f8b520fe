//! `PullSmsSendStatusByPhoneNumber`: what the carrier says became of a number's messages. Unlike
//! `PullSmsSendStatus` it takes nothing away from the account's own queue of reports.

use super::{Call, Entry, Parameter, text};

/// Asks for the reports on the messages of one application to a number (E.164) from one moment to
/// another, in UNIX seconds; at most seven days back.
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
            // The largest page; the offset is documented as always 0.
            ("Limit", Parameter::Number(100)),
            ("Offset", Parameter::Number(0)),
        ],
        "PullSmsSendStatusSet",
        &["SerialNo", "ReportStatus"],
    )
}

/// A carrier's report.
#[derive(Clone, Copy)]
pub struct DeliveryReport<'a>(pub &'a Entry);

impl<'a> DeliveryReport<'a> {
    /// Whether it is about the message with this `SerialNo`.
    pub fn is_about(self, serial_no: &str) -> bool {
        text(self.0, "SerialNo") == serial_no
    }

    /// Whether the phone has it: `SUCCESS` or `FAIL`.
    pub fn is_delivered(self) -> bool {
        text(self.0, "ReportStatus") == "SUCCESS"
    }

    /// The carrier's words.
    pub fn description(self) -> &'a str {
        text(self.0, "Description")
    }
}
