//! `PullSmsSendStatusByPhoneNumber`: what the carrier says became of a number's messages. Unlike
//! `PullSmsSendStatus` it takes nothing away from the account's own queue of reports.

use serde_json::{Value, json};

use super::{Query, integer, list, text};
use crate::api::Response;

/// Asks for the reports on the newest messages to a number. Times are UNIX seconds.
pub struct PullSmsSendStatusByPhoneNumber<'a> {
    /// In E.164.
    pub phone_number: String,
    /// Whose messages.
    pub sms_sdk_app_id: &'a str,
    /// At most seven days ago.
    pub begin_time: u64,
    /// Up to when.
    pub end_time: u64,
}

/// A carrier's report.
#[derive(Clone)]
pub struct DeliveryReport {
    /// As in the receipt of the message.
    pub serial_no: String,
    /// Whether the phone has it.
    pub is_delivered: bool,
    /// When it got there, UNIX seconds.
    pub received_at: Option<i64>,
    /// The carrier's words.
    pub description: String,
}

impl Query for PullSmsSendStatusByPhoneNumber<'_> {
    const ACTION: &'static str = "PullSmsSendStatusByPhoneNumber";
    type Finding = Vec<DeliveryReport>;

    fn parameters(&self) -> Value {
        json!({
            "PhoneNumber": self.phone_number,
            "SmsSdkAppId": self.sms_sdk_app_id,
            "BeginTime": self.begin_time,
            "EndTime": self.end_time,
            // The longest page; the offset is documented as always 0.
            "Limit": 100,
            "Offset": 0,
        })
    }

    fn read(response: &Response) -> Option<Self::Finding> {
        list(response, "PullSmsSendStatusSet", |report| {
            Some(DeliveryReport {
                serial_no: text(report, "SerialNo")?,
                is_delivered: text(report, "ReportStatus")? == "SUCCESS",
                received_at: integer(report, "UserReceiveTime"),
                description: text(report, "Description").unwrap_or_default(),
            })
        })
    }
}
