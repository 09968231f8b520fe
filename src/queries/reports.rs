//! `PullSmsSendStatusByPhoneNumber`: what the carrier says became of a number's messages. Unlike
//! `PullSmsSendStatus` it takes nothing away from the account's own queue of reports.

use serde::Serialize;

use super::{Query, integer, list, text};
use crate::api::Response;

/// Asks for the reports on the newest messages to a number. Times are UNIX seconds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PullSmsSendStatusByPhoneNumber<'a> {
    /// In E.164.
    pub phone_number: String,
    /// Whose messages.
    pub sms_sdk_app_id: &'a str,
    /// At most seven days ago.
    pub begin_time: u64,
    /// Up to when.
    pub end_time: u64,
    /// How many; at most 100.
    pub limit: usize,
    /// Documented as always 0.
    pub offset: usize,
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
