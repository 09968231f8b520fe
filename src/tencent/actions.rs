//! The actions of the API: `SendSms` and the read-only actions.
//!
//! Each module has one action: its call, and accessors for the entries of its answer. Sources: the
//! models of Tencent's SDKs for 2021-01-11, and their documents under
//! <https://cloud.tencent.com/document/api/382/52077>.

mod beijing_time;
mod callback_status_statistics;
mod delivery_failure;
mod describe_phone_number_info;
mod describe_sms_sign_list;
mod describe_sms_template_list;
mod pull_sms_send_status_by_phone_number;
pub mod send_sms;
mod send_status_statistics;
mod sms_packages_statistics;

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Account, ApiError, Endpoint, OTHER_SHAPE, Response, http_request, read};
use crate::json::Value;
use crate::phone::Route;
use crate::step::{Event, HttpRequest, TraceId};
use crate::tc3::Timestamp;

pub use beijing_time::{Hour, Moment};
pub use callback_status_statistics::{Deliveries, callback_status_statistics};
pub use delivery_failure::DeliveryFailure;
pub use describe_phone_number_info::{NumberInfo, describe_phone_number_info};
pub use describe_sms_sign_list::{
    LARGEST_PAGE, OutdatedType, Qualification, Signature, describe_sms_sign_list,
};
pub use describe_sms_template_list::{MAX_TEMPLATE_IDS, Template, describe_sms_template_list};
pub use pull_sms_send_status_by_phone_number::{
    DeliveryReport, pull_sms_send_status_by_phone_number,
};
pub use send_status_statistics::{Statistics, send_status_statistics};
pub use sms_packages_statistics::{Package, sms_packages_statistics};

/// A call of a read-only action.
#[derive(Debug)]
pub struct Call {
    /// `X-TC-Action`.
    pub action: &'static str,
    /// The parameters: JSON with Tencent's names.
    parameters: String,
    /// The field of the answer that contains the result: a list of objects, or an object.
    result: &'static str,
    /// The fields that each object of the result must have.
    fields: &'static [&'static str],
}

/// Writes the action and its parameters.
impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.action, self.parameters)
    }
}

/// An object of a result. It has all the fields that the call requires.
pub type Entry = Response;

impl Call {
    fn new(
        action: &'static str,
        parameters: &[(&'static str, Parameter<'_>)],
        result: &'static str,
        fields: &'static [&'static str],
    ) -> Self {
        Self {
            action,
            // Serializing texts, numbers and lists of them never fails.
            parameters: serde_json::to_string(&Parameters(parameters)).unwrap_or_default(),
            result,
            fields,
        }
    }

    /// Builds and signs the request.
    pub fn request(
        self,
        account: &Account,
        endpoint: &Endpoint,
        timestamp: Timestamp,
        trace_id: TraceId,
    ) -> HttpRequest {
        let body = self.parameters;
        http_request(account, endpoint, self.action, body, timestamp, trace_id)
    }

    /// Reads the entries of the answer in an event, or returns `None` if the event ends no exchange.
    pub fn read(&self, event: &Event, endpoint: &Endpoint) -> Option<Result<Vec<Entry>, ApiError>> {
        Some(read(event, endpoint)?.and_then(|(response, _)| {
            self.entries(response).ok_or(ApiError::Unclear {
                status: match event {
                    Event::Answered { status, .. } => *status,
                    _ => 0,
                },
                problem: OTHER_SHAPE,
            })
        }))
    }

    /// Takes the entries out of an answer, or returns `None` if the answer differs from the documents.
    fn entries(&self, response: Response) -> Option<Vec<Entry>> {
        let entries = match Value::Object(response).into_field(self.result)? {
            Value::Null => Vec::new(),
            Value::Array(entries) => entries,
            entry => vec![entry],
        };
        let has_fields = |entry: &Entry| {
            let mut fields = self.fields.iter();
            fields.all(|field| entry.get(field).is_some_and(|value| *value != Value::Null))
        };
        entries
            .into_iter()
            .map(|entry| match entry {
                Value::Object(entry) if has_fields(&entry) => Some(entry),
                _ => None,
            })
            .collect()
    }
}

struct Parameters<'a>(&'a [(&'static str, Parameter<'a>)]);

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Parameter<'a> {
    Number(u64),
    Numbers(&'a [u64]),
    Text(&'a str),
    Texts(&'a [&'a str]),
}

/// The parameter `International` of a call, which covers one side at a time.
const fn international(route: Route) -> Parameter<'static> {
    Parameter::Number(match route {
        Route::Mainland => 0,
        Route::Overseas => 1,
    })
}

/// The review status of a template or a signature: `StatusCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 0: approved and in force.
    Usable,
    /// 1: in review.
    InReview,
    /// 2: approved, and not yet in force.
    NotYetInForce,
    /// -1, and every code that Tencent may add: rejected.
    Refused,
}

impl Status {
    fn of(entry: &Entry) -> Self {
        match integer(entry, "StatusCode") {
            Some(0) => Self::Usable,
            Some(1) => Self::InReview,
            Some(2) => Self::NotYetInForce,
            _ => Self::Refused,
        }
    }
}

/// Returns the number at `key`, or `None` if there is no non-negative integer. Older versions of the
/// API wrote some numbers as texts.
fn integer(entry: &Entry, key: &str) -> Option<u64> {
    match entry.get(key)? {
        Value::Number(number) => number.as_str().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Returns the text at `key`, or an empty text if there is none.
fn text<'a>(entry: &'a Entry, key: &str) -> &'a str {
    super::text(entry, key).unwrap_or_default()
}
