//! Tencent's read-only actions: what an account has, and what became of its messages.
//!
//! Sources: the models of Tencent's SDKs for 2021-01-11, and their documents under
//! <https://cloud.tencent.com/document/api/382/52077>. Fields that nobody here needs are not read; a
//! field that is missing or of another type makes the answer one of another shape.

mod hour;
mod numbers;
mod packages;
mod reports;
mod signatures;
mod statistics;
mod templates;

use serde::{Serialize, Serializer};

use crate::api::{self, HttpRequest, Response, TraceId};
use crate::config::{Account, Endpoint};
use crate::json::Value;
use crate::phone::Route;
use crate::tc3::Timestamp;

pub use hour::Hour;
pub use numbers::{DescribePhoneNumberInfo, NumberInfo};
pub use packages::{Package, SmsPackagesStatistics};
pub use reports::{DeliveryReport, PullSmsSendStatusByPhoneNumber};
pub use signatures::{DescribeSmsSignList, Signature};
pub use statistics::SendStatusStatistics;
pub use templates::{DescribeSmsTemplateList, Template};

/// An action that changes nothing. It serializes to its parameters, in Tencent's names.
pub trait Query: Serialize {
    /// `X-TC-Action`.
    const ACTION: &'static str;

    /// What is to be known.
    type Finding;

    /// Reads the result; `None` where it is not as documented.
    fn read(response: &Response) -> Option<Self::Finding>;

    /// The query without its type.
    fn question(&self) -> Question {
        Question {
            action: Self::ACTION,
            // Texts, numbers and lists of them always have a JSON form.
            parameters: serde_json::to_string(self).unwrap_or_default(),
        }
    }
}

/// What is asked, and by which action.
pub struct Question {
    action: &'static str,
    parameters: String,
}

impl Question {
    /// The signed request.
    pub fn request(
        self,
        account: &Account,
        endpoint: &Endpoint,
        timestamp: Timestamp,
        trace_id: TraceId,
    ) -> HttpRequest {
        let Self { action, parameters } = self;
        api::http_request(account, endpoint, action, parameters, timestamp, trace_id)
    }
}

/// `International` in a request, which asks for one side at a time: 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side(pub Route);

impl Serialize for Side {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(match self.0 {
            Route::Mainland => 0,
            Route::Overseas => 1,
        })
    }
}

/// Where a template or a signature stands: `StatusCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 0: approved and in force.
    Usable,
    /// 1: in review.
    InReview,
    /// 2: approved, and not yet in force.
    NotYetInForce,
    /// -1, and whatever Tencent adds.
    Refused,
}

impl From<i64> for Status {
    fn from(code: i64) -> Self {
        match code {
            0 => Self::Usable,
            1 => Self::InReview,
            2 => Self::NotYetInForce,
            _ => Self::Refused,
        }
    }
}

/// The objects of the list at `key`.
fn list<T>(
    response: &Response,
    key: &str,
    read: impl Fn(&Response) -> Option<T>,
) -> Option<Vec<T>> {
    match response.get(key)? {
        Value::Null => Some(Vec::new()),
        Value::Array(elements) => elements
            .iter()
            .map(|element| read(element.as_object()?))
            .collect(),
        _ => None,
    }
}

/// The integer at `key`; older versions of the API wrote some of them as texts.
fn integer(fields: &Response, key: &str) -> Option<i64> {
    match fields.get(key)? {
        Value::Number(number) => number.as_str().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The text at `key`.
fn text(fields: &Response, key: &str) -> Option<String> {
    api::text(fields, key).map(str::to_owned)
}
