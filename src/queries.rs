//! Tencent's read-only actions: what an account has, and what became of its messages.
//!
//! Each module is an action: the question, and what the entries of its answer say. Sources: the models
//! of Tencent's SDKs for 2021-01-11, and their documents under
//! <https://cloud.tencent.com/document/api/382/52077>.

mod hour;
mod numbers;
mod packages;
mod reports;
mod signatures;
mod statistics;
mod templates;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::api::{self, HttpRequest, Response, TraceId};
use crate::config::{Account, Endpoint};
use crate::json::Value;
use crate::phone::Route;
use crate::tc3::Timestamp;

pub use hour::Hour;
pub use numbers::{NumberInfo, describe_phone_number_info};
pub use packages::{Package, sms_packages_statistics};
pub use reports::{DeliveryReport, pull_sms_send_status_by_phone_number};
pub use signatures::{LARGEST_PAGE, Signature, describe_sms_sign_list};
pub use statistics::{Statistics, send_status_statistics};
pub use templates::{MOST_IDS, Template, describe_sms_template_list};

/// What is asked, and where its answer is.
#[derive(Debug)]
pub struct Question {
    /// `X-TC-Action`.
    pub action: &'static str,
    /// JSON, in Tencent's names.
    parameters: String,
    /// The field of the answer that counts: a list of objects, or an object.
    result: &'static str,
    /// What each of the objects must have.
    fields: &'static [&'static str],
}

/// The action and its parameters.
impl fmt::Display for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.action, self.parameters)
    }
}

/// An object of an answer. Fields that the question says it has are there.
pub type Entry = Response;

impl Question {
    fn new(
        action: &'static str,
        parameters: &[(&'static str, Parameter<'_>)],
        result: &'static str,
        fields: &'static [&'static str],
    ) -> Self {
        Self {
            action,
            // Texts, numbers and lists of them always have a JSON form.
            parameters: serde_json::to_string(&Parameters(parameters)).unwrap_or_default(),
            result,
            fields,
        }
    }

    /// The signed request.
    pub fn request(
        self,
        account: &Account,
        endpoint: &Endpoint,
        timestamp: Timestamp,
        trace_id: TraceId,
    ) -> HttpRequest {
        let body = self.parameters;
        api::http_request(account, endpoint, self.action, body, timestamp, trace_id)
    }

    /// Reads the result; `None` where it is not as documented.
    pub fn read(&self, response: Response) -> Option<Vec<Entry>> {
        let entries = match Value::Object(response).into_field(self.result)? {
            Value::Null => Vec::new(),
            Value::Array(entries) => entries,
            entry => vec![entry],
        };
        let mut read = Vec::new();
        for entry in entries {
            match entry {
                Value::Object(entry)
                    if self.fields.iter().all(|field| {
                        entry.get(field).is_some_and(|value| *value != Value::Null)
                    }) =>
                {
                    read.push(entry);
                }
                _ => return None,
            }
        }
        Some(read)
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

/// `International` in a question, which is about one side at a time.
const fn international(route: Route) -> Parameter<'static> {
    Parameter::Number(match route {
        Route::Mainland => 0,
        Route::Overseas => 1,
    })
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

/// The number at `key`, where it is a whole one and not negative; older versions of the API wrote some of
/// them as texts.
fn integer(entry: &Entry, key: &str) -> Option<u64> {
    match entry.get(key)? {
        Value::Number(number) => number.as_str().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The text at `key`; empty where there is none.
fn text<'a>(entry: &'a Entry, key: &str) -> &'a str {
    api::text(entry, key).unwrap_or_default()
}
