//! The errors of a send, and what each reader of an error gets.
//!
//! Logto's server gets a [`ConnectorErrorCode`]; the end user a [`UserMessage`] without internals; the
//! operator's console the `Display` text, which names the place to fix. None of them holds a key, a
//! number or a code: Tencent's texts are never passed on.

use std::fmt;

use crate::config::{Issue, Path};
use crate::logto::{ConnectorErrorCode, InvalidMessage, UserMessage};
use crate::tencent::{ApiError, Refusal};

/// The reason why a message was not sent, or is not known to have been sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The config has issues; all of them are listed.
    InvalidConfig(Vec<Issue>),
    /// A field of the message is not what the kit promises.
    InvalidMessage(InvalidMessage),
    /// The message lacks the values that the template needs.
    InsufficientMessage {
        /// The values that would be enough.
        expected: &'static str,
    },
    /// The operator does not allow messages to this country.
    NumberNotAllowed,
    /// No template serves the message's side; the place where its code would be.
    TemplateNotFound(Path),
    /// Tencent's API did not accept the message.
    Api {
        /// The result of the last attempt.
        error: ApiError,
        /// The place in the config that decides what Tencent refused.
        path: Option<Path>,
    },
    /// A send that failed, after the host's HTTP client, or a wrapper around `fetch`, had begun to
    /// send its request more than once. The failure says nothing about the other times.
    Repeated(Box<Self>),
}

impl Error {
    /// Returns the code for Logto's server.
    pub fn code(&self) -> ConnectorErrorCode {
        match self {
            Self::InvalidConfig(_) => ConnectorErrorCode::InvalidConfig,
            Self::InvalidMessage(_) | Self::NumberNotAllowed => {
                ConnectorErrorCode::InvalidRequestParameters
            }
            Self::InsufficientMessage { .. } => ConnectorErrorCode::InsufficientRequestParameters,
            Self::TemplateNotFound(_) => ConnectorErrorCode::TemplateNotFound,
            Self::Api { error, .. } => match error {
                ApiError::Refused(refusal) => refusal.connector_error_code(),
                ApiError::Unclear { .. } => ConnectorErrorCode::InvalidResponse,
                ApiError::Failed(_) => ConnectorErrorCode::General,
            },
            Self::Repeated(last) => last.code(),
        }
    }

    /// Returns the sentence for the end user.
    pub fn user_message(&self) -> UserMessage {
        match self {
            Self::InvalidConfig(_)
            | Self::InsufficientMessage { .. }
            | Self::TemplateNotFound(_) => UserMessage::NotSetUp,
            Self::InvalidMessage(InvalidMessage { field: "to", .. }) => UserMessage::WrongNumber,
            Self::InvalidMessage(_) => UserMessage::NotSetUp,
            Self::NumberNotAllowed => UserMessage::CountryRefused,
            Self::Api { error, .. } => match error {
                ApiError::Refused(refusal) => refusal.user_message(),
                ApiError::Failed(failure) if failure.is_certainly_unsent() => UserMessage::TryLater,
                ApiError::Unclear { .. } | ApiError::Failed(_) => UserMessage::Unknown,
            },
            Self::Repeated(_) => UserMessage::Unknown,
        }
    }

    /// Returns Tencent's refusal, where it was one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Api {
                error: ApiError::Refused(refusal),
                ..
            } => Some(refusal),
            Self::Repeated(last) => last.refusal(),
            _ => None,
        }
    }

    /// Returns the place to fix in the config.
    pub fn config_path(&self) -> Option<&Path> {
        match self {
            Self::TemplateNotFound(path)
            | Self::Api {
                path: Some(path), ..
            } => Some(path),
            Self::Repeated(last) => last.config_path(),
            _ => None,
        }
    }

    /// Returns the issues to fix in the config, for `invalid_config`. The Console's test shows them.
    pub fn issues(&self) -> Vec<Issue> {
        match self {
            Self::InvalidConfig(issues) => issues.clone(),
            Self::Api {
                error: ApiError::Refused(refusal),
                path,
            } if self.code() == ConnectorErrorCode::InvalidConfig => vec![Issue {
                path: path.clone().unwrap_or_default(),
                message: refusal.to_string(),
            }],
            Self::Repeated(last) => last.issues(),
            _ => Vec::new(),
        }
    }
}

impl From<InvalidMessage> for Error {
    fn from(invalid: InvalidMessage) -> Self {
        Self::InvalidMessage(invalid)
    }
}

/// Writes one line for the operator's console.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidConfig(issues) => {
                formatter.write_str("The config is not valid:")?;
                let mut separator = " ";
                for issue in issues {
                    write!(formatter, "{separator}{issue}")?;
                    separator = "; ";
                }
                Ok(())
            }
            Self::InvalidMessage(InvalidMessage { field, expected }) => {
                write!(formatter, "The message's {field} must be {expected}")
            }
            Self::InsufficientMessage { expected } => {
                write!(formatter, "The message lacks {expected}")
            }
            Self::NumberNotAllowed => formatter.write_str(
                "The number's calling code is not among allowedCallingCodes; nothing was sent",
            ),
            Self::TemplateNotFound(path) => write!(
                formatter,
                "No template serves the number's side: {path} is not filled in; nothing was sent"
            ),
            Self::Api { error, path } => {
                match error {
                    ApiError::Refused(refusal) => refusal.fmt(formatter)?,
                    ApiError::Failed(failure) => failure.fmt(formatter)?,
                    ApiError::Unclear { status, problem } => write!(
                        formatter,
                        "The answer (HTTP status {status}) {problem}; the message may or may not have \
                         been sent; check endpoint, and any proxy between"
                    )?,
                }
                match path {
                    Some(path) => write!(formatter, " [{path}]"),
                    None => Ok(()),
                }
            }
            Self::Repeated(last) => write!(
                formatter,
                "{last}; the host's HTTP client, or a wrapper around fetch, began to send the message \
                 more than once: see docs/hosts.md"
            ),
        }
    }
}

impl std::error::Error for Error {}
