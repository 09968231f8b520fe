//! What an answer means.

use std::fmt;

use serde::Serialize;

use super::error_code::{self, ErrorCode, Mender, Retry};
use crate::config::ConfigKey;
use crate::json::{Map, Value};
use crate::logto::{ConnectorErrorCode, Notice};

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
        let groups = text.split('-');
        let is_uuid = groups.clone().map(str::len).eq([8, 4, 4, 4, 12])
            && groups
                .into_iter()
                .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
        is_uuid.then(|| Self(text.to_owned()))
    }
}

impl Refusal {
    /// Says what is wrong where `code` has not the form of a code.
    pub fn new(code: &str, request_id: Option<RequestId>) -> Result<Self, &'static str> {
        let is_code = (1..=100).contains(&code.len())
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'.');
        if !is_code {
            return Err("holds a code of another form");
        }
        Ok(Self {
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

    /// Who can do something about it; of an unheard-of code, nobody but Tencent knows.
    pub fn mender(&self) -> Mender {
        self.known().map_or(Mender::Tencent, |known| known.mender)
    }

    /// What it is, and what to do; nothing for an unheard-of code.
    pub fn advice(&self) -> Option<&'static str> {
        Some(self.known()?.advice)
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
        if let Some(advice) = self.advice() {
            write!(formatter, ": {advice}")?;
        }
        Ok(())
    }
}

/// What an answer says.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Done: the object `Response`, and Tencent's name for the request.
    Result(Response, Option<RequestId>),
    /// Understood, and refused.
    Refused(Refusal),
    /// Not in Tencent's shape: what is wrong with it.
    Unclear(&'static str),
}

/// The fields of an action's result, or of a part of it.
pub type Response = Map;

/// Reads an answer. The HTTP status does not matter to it: Tencent answers 200 to whatever it
/// processed, refusals included.
pub fn interpret(body: &str) -> Answer {
    let body = body.trim_start_matches(BYTE_ORDER_MARK).trim();
    if body.is_empty() {
        return Answer::Unclear("is empty");
    }
    let Some(envelope) = Value::parse(body) else {
        return Answer::Unclear("is not JSON");
    };
    let Some(Value::Object(response)) = envelope.into_field("Response") else {
        return Answer::Unclear(OTHER_SHAPE);
    };
    let request_id = text(&response, "RequestId").and_then(RequestId::parse);
    match response.get("Error") {
        None | Some(Value::Null) => Answer::Result(response, request_id),
        Some(error) => match error.get("Code").and_then(Value::as_str) {
            Some(code) => Refusal::new(code, request_id).into(),
            None => Answer::Unclear(OTHER_SHAPE),
        },
    }
}

/// The text at `key`.
pub fn text<'a>(fields: &'a Response, key: &str) -> Option<&'a str> {
    fields.get(key)?.as_str()
}

/// What is wrong with JSON that is not as documented.
pub const OTHER_SHAPE: &str = "is JSON of another shape";

const BYTE_ORDER_MARK: char = '\u{feff}';

impl From<Result<Refusal, &'static str>> for Answer {
    fn from(refusal: Result<Refusal, &'static str>) -> Self {
        refusal.map_or_else(Self::Unclear, Self::Refused)
    }
}
