//! `SendStatusStatistics`: how many messages an application submitted.

use serde::Serialize;

use super::{Hour, Query, integer};
use crate::api::Response;

/// Asks for the count of one application in a span of time.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SendStatusStatistics<'a> {
    sms_sdk_app_id: &'a str,
    begin_time: Hour,
    end_time: Hour,
    /// Documented as always 0, and required.
    limit: u8,
    /// Documented as always 0, and required.
    offset: u8,
}

impl<'a> SendStatusStatistics<'a> {
    /// From the beginning of `begin_time` to the end of `end_time`, which may be the same.
    pub const fn new(sms_sdk_app_id: &'a str, begin_time: Hour, end_time: Hour) -> Self {
        Self {
            sms_sdk_app_id,
            begin_time,
            end_time,
            limit: 0,
            offset: 0,
        }
    }
}

impl Query for SendStatusStatistics<'_> {
    const ACTION: &'static str = "SendStatusStatistics";
    /// How many messages Tencent accepted.
    type Finding = i64;

    fn read(response: &Response) -> Option<Self::Finding> {
        let statistics = response.get("SendStatusStatistics")?.as_object()?;
        integer(statistics, "RequestSuccessCount")
    }
}
