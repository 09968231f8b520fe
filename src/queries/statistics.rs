//! `SendStatusStatistics`: how many messages an application submitted.

use serde_json::{Value, json};

use super::{Hour, Query, integer};
use crate::api::Response;

/// Asks for the count of one application in a span of time.
pub struct SendStatusStatistics<'a> {
    /// Whose.
    pub sms_sdk_app_id: &'a str,
    /// The first hour.
    pub begin_time: Hour,
    /// The last hour, which may be the first.
    pub end_time: Hour,
}

impl Query for SendStatusStatistics<'_> {
    const ACTION: &'static str = "SendStatusStatistics";
    /// How many messages Tencent accepted.
    type Finding = i64;

    fn parameters(&self) -> Value {
        json!({
            "SmsSdkAppId": self.sms_sdk_app_id,
            "BeginTime": self.begin_time.to_string(),
            "EndTime": self.end_time.to_string(),
            // Documented as always 0, and required.
            "Limit": 0,
            "Offset": 0,
        })
    }

    fn read(response: &Response) -> Option<Self::Finding> {
        let statistics = response.get("SendStatusStatistics")?.as_object()?;
        integer(statistics, "RequestSuccessCount")
    }
}
