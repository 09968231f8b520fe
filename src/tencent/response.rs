//! The envelope of every answer: a result, or a refusal.

use serde::Serialize;

use super::Parameter;
use super::error_code::{self, ErrorCode, FixedBy, Retry};
use crate::json::{Map, Value};
use crate::logto::{ConnectorErrorCode, UserMessage};
use crate::text::{Id, Text, id};

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
    /// Fails with the id of a text where `code` has not the form of a code.
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
    pub fn user_message(&self) -> UserMessage {
        self.known()
            .map_or(UserMessage::Unknown, |known| known.user_message)
    }

    /// Whether the message may be sent again. An unheard-of code forbids it.
    pub fn retry(&self) -> Retry {
        self.known().map_or(Retry::No, |known| known.retry)
    }

    /// Who can do something about it; of an unheard-of code, nobody but Tencent knows.
    pub fn fixed_by(&self) -> FixedBy {
        self.known()
            .map_or(FixedBy::Tencent, |known| known.fixed_by)
    }

    /// Returns the cause and the remedy; nothing for an unheard-of code.
    pub fn advice(&self) -> Option<Text> {
        Some(self.known()?.advice())
    }

    /// Returns the line for the operator.
    pub fn line(&self) -> Text {
        let refusal = match &self.request_id {
            Some(RequestId(id)) => Text::new(id::REFUSAL_WITH_REQUEST).with("id", &id),
            None => Text::new(id::REFUSAL),
        };
        let refusal = refusal.with("code", &self.tencent_code);
        match self.advice() {
            Some(advice) => Text::new(id::REFUSAL_ADVISED)
                .with_text("refusal", refusal)
                .with_text("advice", advice),
            None => refusal,
        }
    }

    /// The part of the request that Tencent refused, as far as the code tells.
    pub fn parameter(&self) -> Option<Parameter> {
        self.known()?.parameter
    }

    fn known(&self) -> Option<&'static ErrorCode> {
        error_code::look_up(&self.tencent_code)
    }
}

/// The fields of an action's result, or of a part of it.
pub type Response = Map;

/// Reads an answer: its `Response`, or the refusal in it. Fails with the id of a text about an
/// answer that is not Tencent's.
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

/// The text at `key`.
pub fn text<'a>(fields: &'a Response, key: &str) -> Option<&'a str> {
    fields.get(key)?.as_str()
}

/// The id of the text about JSON that is not as documented.
pub const OTHER_SHAPE: Id = id::ANSWER_OTHER_SHAPE;

const BYTE_ORDER_MARK: char = '\u{feff}';
