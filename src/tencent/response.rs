//! The envelope of every answer: a result or a refusal.

use serde::Serialize;

use super::Parameter;
use super::error_code::{self, ErrorCode, FixedBy, Retry};
use crate::json::{Map, Value};
use crate::logto::{ConnectorErrorCode, UserMessage};
use crate::text::{Id, Text, id};

/// A refusal by Tencent. Only the code is kept, because the text next to it may quote the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    tencent_code: String,
    request_id: Option<RequestId>,
}

/// `RequestId`: Tencent's ID of a request. Anything but a UUID is dropped, because the ID is shown.
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
    /// Creates a refusal. Fails with the id of a text if `code` does not have the form of a code.
    pub fn new(code: &str, request_id: Option<RequestId>) -> Result<Self, Id> {
        let is_code = (1..=100).contains(&code.len())
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'.');
        if !is_code {
            return Err(id::ANSWER_OTHER_CODE);
        }
        Ok(Self {
            tencent_code: code.to_owned(),
            request_id,
        })
    }

    /// Returns Tencent's code, such as `LimitExceeded.PhoneNumberDailyLimit`.
    pub fn tencent_code(&self) -> &str {
        &self.tencent_code
    }

    /// Returns the ID of the request, which Tencent's support asks for.
    pub const fn request_id(&self) -> Option<&RequestId> {
        self.request_id.as_ref()
    }

    /// Returns the code for Logto's server.
    pub fn connector_error_code(&self) -> ConnectorErrorCode {
        self.row()
            .map_or(ConnectorErrorCode::General, |row| row.connector_error_code)
    }

    /// Returns the sentence for the end user. An unknown code does not say whether a message was sent.
    pub fn user_message(&self) -> UserMessage {
        self.row()
            .map_or(UserMessage::Unknown, |row| row.user_message)
    }

    /// Returns the rule for sending the message again. An unknown code forbids it.
    pub fn retry(&self) -> Retry {
        self.row().map_or(Retry::No, |row| row.retry)
    }

    /// Returns the party that can fix the cause, which is Tencent for an unknown code.
    pub fn fixed_by(&self) -> FixedBy {
        self.row().map_or(FixedBy::Tencent, |row| row.fixed_by)
    }

    /// Returns the cause and the remedy, or `None` for an unknown code.
    pub fn advice(&self) -> Option<Text> {
        Some(self.row()?.advice())
    }

    /// Returns the line for the operator.
    pub fn line(&self) -> Text {
        let refusal = match &self.request_id {
            Some(RequestId(id)) => Text::new(id::REFUSAL_WITH_REQUEST).with("id", &id),
            None => Text::new(id::REFUSAL),
        };
        let refusal = refusal.with("code", &self.tencent_code);
        let line = match self.advice() {
            Some(advice) => Text::new(id::REFUSAL_ADVISED)
                .with_text("refusal", refusal)
                .with_text("advice", advice),
            None => refusal,
        };
        match self.user_message() {
            UserMessage::Unknown => Text::new(id::SEND_FAILED)
                .with_text("cause", line)
                .with_text("outcome", Text::new(id::SEND_PERHAPS_SENT)),
            _ => line,
        }
    }

    /// Returns the part of the request that Tencent refused, if the code says which.
    pub fn parameter(&self) -> Option<Parameter> {
        self.row()?.parameter
    }

    /// Returns true if Tencent refused the API key, so that another key may be accepted.
    pub fn is_of_key(&self) -> bool {
        self.tencent_code.starts_with("AuthFailure")
            && matches!(
                self.parameter(),
                Some(Parameter::SecretId | Parameter::SecretKey | Parameter::Token)
            )
    }

    fn row(&self) -> Option<&'static ErrorCode> {
        error_code::look_up(&self.tencent_code)
    }
}

/// The fields of an action's result, or of an object inside the result.
pub type Response = Map;

/// Reads an answer's body: its `Response` and `RequestId`, or the refusal in it. Fails with the id of
/// a text about a body that does not have Tencent's format.
pub(super) fn read(body: &str) -> Result<Result<(Response, Option<RequestId>), Refusal>, Id> {
    let body = body.trim_start_matches(BYTE_ORDER_MARK).trim();
    if body.is_empty() {
        return Err(id::ANSWER_EMPTY);
    }
    let envelope = Value::parse(body).ok_or(id::ANSWER_NOT_JSON)?;
    let Some(Value::Object(response)) = envelope.into_field("Response") else {
        return Err(OTHER_SHAPE);
    };
    let request_id = text(&response, "RequestId").and_then(RequestId::parse);
    match response.get("Error") {
        None | Some(Value::Null) => Ok(Ok((response, request_id))),
        Some(error) => {
            let code = error
                .get("Code")
                .and_then(Value::as_str)
                .ok_or(OTHER_SHAPE)?;
            Refusal::new(code, request_id).map(Err)
        }
    }
}

/// Returns the text at `key`.
pub fn text<'a>(fields: &'a Response, key: &str) -> Option<&'a str> {
    fields.get(key)?.as_str()
}

/// The id of the text about JSON that differs from Tencent's documents.
pub const OTHER_SHAPE: Id = id::ANSWER_OTHER_SHAPE;

const BYTE_ORDER_MARK: char = '\u{feff}';
