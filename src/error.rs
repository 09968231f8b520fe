//! What can go wrong with a send, as each of its readers gets it.
//!
//! Logto's server gets a [`ConnectorErrorCode`]; the end user a [`Notice`]
//! without internals; the operator's console the `Display` text, which names what to mend. None of
//! them holds a key, a number or a code: what Tencent answered is never passed on as text.

use std::fmt;

use crate::api::Refusal;
use crate::config::{Issue, Path};
use crate::exchange::Failure;
use crate::logto::{ConnectorErrorCode, Notice};

/// Why a message was not sent, or is not known to have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The config is not good; every issue of it.
    InvalidConfig(Vec<Issue>),
    /// A field of the message is not what the kit promises.
    InvalidMessage {
        /// Its name in `SendMessageData`.
        field: &'static str,
        /// What would be right.
        expected: &'static str,
    },
    /// The message lacks what the template needs.
    InsufficientMessage {
        /// What would be enough.
        expected: &'static str,
    },
    /// The operator does not allow messages to this country.
    NumberNotAllowed,
    /// No template serves the message's side; where its code would be.
    TemplateNotFound(Path),
    /// Tencent understood the request, and refused.
    Refused {
        /// In what words.
        refusal: Refusal,
        /// Where in the config to look.
        path: Option<Path>,
    },
    /// Something answered, but not in Tencent's shape.
    InvalidResponse {
        /// The HTTP status.
        status: u16,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Nothing answered.
    Unreachable(Failure),
    /// A send that failed, after the host's HTTP client, or a wrapper around `fetch`, had begun to
    /// send its request more than once. The failure says nothing about the other times.
    Repeated(Box<Self>),
}

impl Error {
    /// What Logto's server is told.
    pub fn code(&self) -> ConnectorErrorCode {
        match self {
            Self::InvalidConfig(_) => ConnectorErrorCode::InvalidConfig,
            Self::InvalidMessage { .. } | Self::NumberNotAllowed => {
                ConnectorErrorCode::InvalidRequestParameters
            }
            Self::InsufficientMessage { .. } => ConnectorErrorCode::InsufficientRequestParameters,
            Self::TemplateNotFound(_) => ConnectorErrorCode::TemplateNotFound,
            Self::Refused { refusal, .. } => refusal.connector_error_code(),
            Self::InvalidResponse { .. } => ConnectorErrorCode::InvalidResponse,
            Self::Unreachable(_) => ConnectorErrorCode::General,
            Self::Repeated(last) => last.code(),
        }
    }

    /// What the end user is told.
    pub fn notice(&self) -> Notice {
        match self {
            Self::InvalidConfig(_)
            | Self::InsufficientMessage { .. }
            | Self::TemplateNotFound(_) => Notice::NotSetUp,
            Self::InvalidMessage { field: "to", .. } => Notice::WrongNumber,
            Self::InvalidMessage { .. } => Notice::NotSetUp,
            Self::NumberNotAllowed => Notice::CountryRefused,
            Self::Refused { refusal, .. } => refusal.notice(),
            Self::InvalidResponse { .. } => Notice::Unknown,
            Self::Unreachable(failure) if failure.is_certainly_unsent() => Notice::TryLater,
            Self::Unreachable(_) | Self::Repeated(_) => Notice::Unknown,
        }
    }

    /// Returns Tencent's refusal, where it was one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused { refusal, .. } => Some(refusal),
            Self::Repeated(last) => last.refusal(),
            _ => None,
        }
    }

    /// Where in the config to look.
    pub fn config_path(&self) -> Option<&Path> {
        match self {
            Self::TemplateNotFound(path)
            | Self::Refused {
                path: Some(path), ..
            } => Some(path),
            Self::Repeated(last) => last.config_path(),
            _ => None,
        }
    }

    /// For `invalid_config`: what to mend, at its place in the config. The Console's test shows it.
    pub fn issues(&self) -> Vec<Issue> {
        match self {
            Self::InvalidConfig(issues) => issues.clone(),
            Self::Refused { refusal, path } if self.code() == ConnectorErrorCode::InvalidConfig => {
                vec![Issue {
                    path: path.clone().unwrap_or_default(),
                    message: refusal.to_string(),
                }]
            }
            Self::Repeated(last) => last.issues(),
            _ => Vec::new(),
        }
    }
}

/// One line for the operator's console.
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
            Self::InvalidMessage { field, expected } => {
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
            Self::Refused {
                refusal,
                path: Some(path),
            } => write!(formatter, "{refusal} [{path}]"),
            Self::Refused { refusal, .. } => refusal.fmt(formatter),
            Self::InvalidResponse { status, problem } => write!(
                formatter,
                "The answer (HTTP status {status}) {problem}; the message may or may not have been \
                 sent; check endpoint, and any proxy between"
            ),
            Self::Unreachable(failure) => failure.fmt(formatter),
            Self::Repeated(last) => write!(
                formatter,
                "{last}; the host's HTTP client, or a wrapper around fetch, began to send the message \
                 more than once: see docs/hosts.md"
            ),
        }
    }
}

impl std::error::Error for Error {}
