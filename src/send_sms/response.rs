//! What an answer means.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error_code::{self, ErrorCode, Retry};
use crate::config::ConfigKey;
use crate::error::{ConnectorErrorCode, Notice};
use crate::phone::PhoneNumber;

/// Proof that Tencent accepted the message for delivery. Holds nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Tencent's name for the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Tencent's name for the message, which its delivery reports repeat.
    pub serial_no: String,
    /// Set where Tencent says that it sent to another number than was meant.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub phone_number_differs: bool,
}

impl Receipt {
    /// What the operator should know about a message that was accepted all the same.
    pub const fn warning(&self) -> Option<&'static str> {
        if self.phone_number_differs {
            Some(
                "Tencent accepted the message for another number than was meant; \
                 please report it with the RequestId",
            )
        } else {
            None
        }
    }
}

/// A refusal by Tencent, by its code alone: the text beside it may quote the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    tencent_code: String,
    request_id: Option<RequestId>,
}

/// `RequestId`. Always a UUID; anything else is dropped, because it would be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestId(String);

impl RequestId {
    fn parse(text: &str) -> Option<Self> {
        let groups: Vec<_> = text.split('-').collect();
        let is_uuid = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && groups
                .iter()
                .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
        is_uuid.then(|| Self(text.to_owned()))
    }
}

impl Refusal {
    /// `None` where `code` has not the form of a code.
    fn new(code: &str, request_id: Option<RequestId>) -> Option<Self> {
        let is_code = (1..=100).contains(&code.len())
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'.');
        is_code.then(|| Self {
            tencent_code: code.to_owned(),
            request_id,
        })
    }

    /// Tencent's code, such as `LimitExceeded.PhoneNumberDailyLimit`.
    pub fn tencent_code(&self) -> &str {
        &self.tencent_code
    }

    /// What Tencent's support asks for.
    pub const fn request_id(&self) -> Option<&RequestId> {
        self.request_id.as_ref()
    }

    /// What Logto's server is told.
    pub fn connector_error_code(&self) -> ConnectorErrorCode {
        self.known().map_or(ConnectorErrorCode::General, |known| {
            known.connector_error_code
        })
    }

    /// What the end user is told. Of an unheard-of code nobody knows whether something was sent.
    pub fn notice(&self) -> Notice {
        self.known().map_or(Notice::Unknown, |known| known.notice)
    }

    /// Whether the message may be sent again. An unheard-of code forbids it.
    pub fn retry(&self) -> Retry {
        self.known().map_or(Retry::No, |known| known.retry)
    }

    /// Where in the config to look.
    pub fn config_key(&self) -> Option<ConfigKey> {
        self.known()?.config_key
    }

    fn known(&self) -> Option<&'static ErrorCode> {
        error_code::look_up(&self.tencent_code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Tencent refused: {}", self.tencent_code)?;
        if let Some(RequestId(request_id)) = &self.request_id {
            write!(formatter, " (RequestId {request_id})")?;
        }
        if let Some(known) = self.known() {
            write!(formatter, ": {}", known.advice)?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    error: Option<ResponseError>,
    send_status_set: Option<Vec<SendStatus>>,
    request_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ResponseError {
    code: String,
}

/// One number's outcome. A success answer can hold a failed number: this code decides.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendStatus {
    code: String,
    serial_no: Option<String>,
    /// As Tencent read it, in E.164.
    phone_number: Option<String>,
}

/// What an answer to a request for one number says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Accepted for delivery.
    Accepted(Receipt),
    /// Understood, and refused.
    Refused(Refusal),
    /// Not in Tencent's shape: what is wrong with it. Whether the message was sent is not known.
    Unclear(&'static str),
}

/// Reads an answer. The HTTP status does not matter to the verdict: Tencent answers 200 to whatever
/// it processed, refusals included.
pub fn interpret(body: &str, to: &PhoneNumber) -> Verdict {
    let body = body.trim_start_matches(BYTE_ORDER_MARK).trim();
    if body.is_empty() {
        return Verdict::Unclear("is empty");
    }
    let response = match serde_json::from_str(body) {
        Ok(Envelope { response }) => response,
        Err(error) if error.is_data() => return Verdict::Unclear("is JSON of another shape"),
        Err(_) => return Verdict::Unclear("is not JSON"),
    };
    let request_id = response.request_id.as_deref().and_then(RequestId::parse);
    let refused = |code: &str, request_id| {
        Refusal::new(code, request_id).map_or(
            Verdict::Unclear("holds a code of another form"),
            Verdict::Refused,
        )
    };
    if let Some(error) = response.error {
        return refused(&error.code, request_id);
    }
    let Some(send_status_set) = response.send_status_set else {
        return Verdict::Unclear("holds neither Error nor SendStatusSet");
    };
    let Some(send_status) = send_status_set.into_iter().next() else {
        return Verdict::Unclear("holds an empty SendStatusSet");
    };
    // The documents write "Ok"; the official connector compares without regard to case.
    if !send_status.code.eq_ignore_ascii_case("ok") {
        return refused(&send_status.code, request_id);
    }
    Verdict::Accepted(Receipt {
        request_id,
        serial_no: send_status.serial_no.unwrap_or_default(),
        phone_number_differs: send_status
            .phone_number
            .is_some_and(|number| !to.is(&number)),
    })
}

const BYTE_ORDER_MARK: char = '\u{feff}';
