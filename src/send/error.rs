//! The errors of a send, and their forms for each reader.
//!
//! Logto's server gets a [`ConnectorErrorCode`], the end user gets a [`UserMessage`] without internals,
//! and the operator's console gets a line that names the place to fix. None of them contains a key, a
//! number or a code, because Tencent's texts are never passed on.

use std::fmt;

use crate::config::{Issue, Path};
use crate::limits::Kind;
use crate::logto::{ConnectorErrorCode, InvalidMessage, UserMessage};
use crate::quoted::quoted;
use crate::tencent::{ApiError, Refusal};
use crate::text::{Text, id};

/// The reason why a message was not sent, or is not known to have been sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The config has issues. All of them are listed.
    InvalidConfig(Vec<Issue>),
    /// A field of the message does not have the form that the kit documents.
    InvalidMessage(InvalidMessage),
    /// The message has neither a code nor a link.
    InsufficientMessage,
    /// The template asks for a field of the payload that cannot be read. The name is the config's.
    UnreadableValue(String),
    /// The config does not allow messages to this number.
    NumberNotAllowed,
    /// No place of a limit is free.
    LimitReached {
        /// The first such limit.
        limit: Kind,
        /// A sentence about the cause, if it is likely not the end users' doing.
        hint: Option<Text>,
    },
    /// No template serves the message's side. The path is the place of the missing code.
    TemplateNotFound(Path),
    /// There is no API key, because no temporary key was given.
    NoKey {
        /// The cause.
        cause: Text,
        /// The cause for Logto's audit log.
        reason: String,
        /// The place in the config that names the source of the key.
        path: Path,
    },
    /// Tencent's API did not accept the message.
    Api {
        /// The result of the last attempt.
        error: ApiError,
        /// The place in the config that decides what Tencent refused.
        path: Option<Path>,
    },
    /// The send failed for a reason that could be the number's side, and the number could be a mainland
    /// number that lacks its calling code.
    BareNumber(Box<Self>),
    /// The send failed, and the host's HTTP client, or a wrapper around `fetch`, had begun to send its
    /// request more than once. The error only describes one of the requests.
    Repeated(Box<Self>),
    /// The core trapped during the send.
    Trapped,
}

/// Tencent's refusal of a mainland template for a number that is overseas.
const WRONG_SIDE: &str = "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone";

impl Error {
    /// Returns the code for Logto's server.
    pub fn code(&self) -> ConnectorErrorCode {
        match self {
            Self::InvalidConfig(_) => ConnectorErrorCode::InvalidConfig,
            Self::InvalidMessage(_) | Self::UnreadableValue(_) => {
                ConnectorErrorCode::InvalidRequestParameters
            }
            Self::LimitReached { .. } => ConnectorErrorCode::RateLimitExceeded,
            Self::NumberNotAllowed | Self::NoKey { .. } | Self::Trapped => {
                ConnectorErrorCode::General
            }
            Self::InsufficientMessage => ConnectorErrorCode::InsufficientRequestParameters,
            Self::TemplateNotFound(_) => ConnectorErrorCode::TemplateNotFound,
            Self::Api { error, .. } => match error {
                ApiError::Refused(refusal) => refusal.connector_error_code(),
                ApiError::Unclear { .. } => ConnectorErrorCode::InvalidResponse,
                ApiError::Failed(_) => ConnectorErrorCode::General,
            },
            Self::BareNumber(error) | Self::Repeated(error) => error.code(),
        }
    }

    /// Returns the sentence for the end user.
    pub fn user_message(&self) -> UserMessage {
        match self {
            Self::InvalidConfig(_) | Self::InsufficientMessage | Self::TemplateNotFound(_) => {
                UserMessage::NotSetUp
            }
            Self::InvalidMessage(InvalidMessage { field: "to", .. }) => UserMessage::WrongNumber,
            Self::InvalidMessage(_) | Self::UnreadableValue(_) => UserMessage::NotSetUp,
            Self::NumberNotAllowed => UserMessage::CountryRefused,
            Self::NoKey { .. } => UserMessage::TryLater,
            Self::LimitReached { .. } => UserMessage::Wait,
            Self::Api { error, .. } => match error {
                ApiError::Refused(refusal) => refusal.user_message(),
                ApiError::Failed(failure) if failure.is_certainly_unsent() => UserMessage::TryLater,
                ApiError::Unclear { .. } | ApiError::Failed(_) => UserMessage::Unknown,
            },
            Self::BareNumber(error) => error.user_message(),
            Self::Repeated(_) | Self::Trapped => UserMessage::Unknown,
        }
    }

    /// Returns true if the message was certainly not sent.
    pub fn is_certainly_unsent(&self) -> bool {
        match self {
            Self::InvalidConfig(_)
            | Self::InvalidMessage(_)
            | Self::InsufficientMessage
            | Self::UnreadableValue(_)
            | Self::NumberNotAllowed
            | Self::LimitReached { .. }
            | Self::TemplateNotFound(_)
            | Self::NoKey { .. } => true,
            Self::Api { error, .. } => error.is_certainly_unsent(),
            Self::BareNumber(error) => error.is_certainly_unsent(),
            Self::Repeated(_) | Self::Trapped => false,
        }
    }

    /// Returns the outcome of the send for a trace.
    pub fn outcome(&self) -> &'static str {
        if self.refusal().is_some() {
            "refused"
        } else if self.is_certainly_unsent() {
            "not-sent"
        } else {
            "unknown"
        }
    }

    /// Returns true if a number of the other side could have been accepted.
    pub(super) fn may_depend_on_side(&self) -> bool {
        match self {
            Self::NumberNotAllowed | Self::TemplateNotFound(_) => true,
            Self::Api {
                error: ApiError::Refused(refusal),
                ..
            } => {
                refusal.tencent_code() == WRONG_SIDE
                    || matches!(
                        refusal.user_message(),
                        UserMessage::WrongNumber | UserMessage::CountryRefused
                    )
            }
            _ => false,
        }
    }

    /// Returns Tencent's refusal, if the error is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Api {
                error: ApiError::Refused(refusal),
                ..
            } => Some(refusal),
            Self::BareNumber(error) | Self::Repeated(error) => error.refusal(),
            _ => None,
        }
    }

    /// Returns the cause for Logto's audit log, if Tencent's code does not say it.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Api { error, .. } => match error {
                ApiError::Refused(_) => None,
                ApiError::Failed(failure) => Some(failure.reason()),
                ApiError::Unclear { status, .. } => {
                    Some(["HTTP status ", &status.to_string()].concat())
                }
            },
            Self::BareNumber(error) | Self::Repeated(error) => error.reason(),
            Self::NoKey { reason, .. } => Some(reason.clone()),
            Self::Trapped => Some("trap".to_owned()),
            _ => None,
        }
    }

    /// Returns the place to fix in the config.
    pub fn config_path(&self) -> Option<&Path> {
        match self {
            Self::TemplateNotFound(path)
            | Self::NoKey { path, .. }
            | Self::Api {
                path: Some(path), ..
            } => Some(path),
            Self::BareNumber(error) | Self::Repeated(error) => error.config_path(),
            _ => None,
        }
    }

    /// Returns the issues for the operator who tests a config in the Console. The Console shows each issue
    /// with its key. The list is empty if no key is to blame.
    pub fn issues(&self) -> Vec<Issue> {
        let issues = match self {
            Self::InvalidConfig(issues) => issues.clone(),
            _ => self
                .config_path()
                .map(|path| Issue {
                    path: path.clone(),
                    message: Text::new(id::SEND_DOES_NOT_WORK)
                        .with_text("line", self.line_without_path()),
                })
                .into_iter()
                .collect(),
        };
        match issues.iter().all(|issue| issue.path.is_root()) {
            true => Vec::new(),
            false => issues,
        }
    }
}

impl From<InvalidMessage> for Error {
    fn from(invalid: InvalidMessage) -> Self {
        Self::InvalidMessage(invalid)
    }
}

impl Error {
    /// Returns one line for the operator: the cause, the outcome, and the place to fix.
    pub fn line(&self) -> Text {
        let line = self.line_without_path();
        match (self, self.config_path()) {
            // This line names the place itself.
            (Self::TemplateNotFound(_), _) | (_, None) => line,
            (_, Some(path)) => Text::new(id::SEND_AT_PATH)
                .with_text("line", line)
                .with("path", &path),
        }
    }

    fn line_without_path(&self) -> Text {
        match self {
            Self::InvalidConfig(issues) => {
                let issues: Vec<_> = issues.iter().map(ToString::to_string).collect();
                Text::new(id::SEND_INVALID_CONFIG).with("issues", &issues.join("; "))
            }
            Self::InvalidMessage(InvalidMessage { field, expected }) => {
                Text::new(id::SEND_INVALID_MESSAGE)
                    .with("field", &field)
                    .with_text("expected", Text::new(*expected))
            }
            Self::InsufficientMessage => Text::new(id::SEND_INSUFFICIENT_MESSAGE),
            Self::UnreadableValue(name) => {
                Text::new(id::SEND_UNREADABLE_VALUE).with("name", &quoted(name))
            }
            Self::NumberNotAllowed => Text::new(id::SEND_NUMBER_NOT_ALLOWED),
            Self::NoKey { cause, .. } => Text::new(id::SEND_FAILED)
                .with_text("cause", cause.clone())
                .with_text("outcome", Text::new(id::SEND_NOTHING_SENT)),
            Self::LimitReached { limit, hint } => {
                let line = Text::new(id::SEND_LIMIT_REACHED).with("limit", &limit.key());
                match hint {
                    Some(hint) => Text::new(id::SEND_HINTED)
                        .with_text("line", line)
                        .with_text("hint", hint.clone()),
                    None => line,
                }
            }
            Self::TemplateNotFound(path) => {
                Text::new(id::SEND_TEMPLATE_NOT_FOUND).with("path", &path)
            }
            Self::Api { error, .. } => match error {
                ApiError::Refused(refusal) => refusal.line(),
                ApiError::Failed(failure) => failure.line(),
                ApiError::Unclear { status, problem } => Text::new(id::SEND_UNCLEAR)
                    .with("status", &status)
                    .with_text("problem", Text::new(*problem)),
            },
            Self::BareNumber(error) => {
                Text::new(id::SEND_BARE_NUMBER).with_text("line", error.line_without_path())
            }
            Self::Repeated(last) => {
                Text::new(id::SEND_REPEATED).with_text("line", last.line_without_path())
            }
            Self::Trapped => Text::new(id::SEND_TRAPPED),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line().fmt(formatter)
    }
}

impl std::error::Error for Error {}
