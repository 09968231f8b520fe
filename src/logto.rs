//! The interface of Logto, the host: its messages, its error codes, and the sentences for its users.

pub mod handlebars;
mod message;

use crate::text::{Text, id};

pub use message::{InvalidMessage, Message};

/// The values of the kit's `ConnectorErrorCodes` that this connector throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectorErrorCode {
    /// Any error without a more specific code. The sign-in page shows the description.
    General,
    /// A field of the message is malformed.
    InvalidRequestParameters,
    /// A field of the message is missing.
    InsufficientRequestParameters,
    /// The operator must change the config, or something in Tencent's console.
    InvalidConfig,
    /// The answer does not have Tencent's format.
    InvalidResponse,
    /// No template serves the message.
    TemplateNotFound,
    /// Too many messages were sent in a short time.
    RateLimitExceeded,
    /// A quota or a package is used up. Kits before 5.1 do not have this code.
    UsageLimitExceeded,
}

impl ConnectorErrorCode {
    /// Returns the kit's value, such as `invalid_config`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::InvalidRequestParameters => "invalid_request_parameters",
            Self::InsufficientRequestParameters => "insufficient_request_parameters",
            Self::InvalidConfig => "invalid_config",
            Self::InvalidResponse => "invalid_response",
            Self::TemplateNotFound => "template_not_found",
            Self::RateLimitExceeded => "rate_limit_exceeded",
            Self::UsageLimitExceeded => "usage_limit_exceeded",
        }
    }
}

/// The message for the end user: one sentence without internals.
///
/// Logto's sign-in page shows this sentence only for the code `general`. The page has its own sentences
/// for the other codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserMessage {
    /// The message was not sent, for a temporary reason.
    TryLater,
    /// The message may or may not have been sent.
    Unknown,
    /// The message was not sent, and the operator must fix the cause.
    NotSetUp,
    /// The number got too many messages in a short time.
    Wait,
    /// The number got too many messages today.
    Tomorrow,
    /// A quota or a package is used up.
    Unavailable,
    /// The number is malformed.
    WrongNumber,
    /// The number does not accept messages.
    NumberRefused,
    /// Messages cannot be sent to the number's country.
    CountryRefused,
}

impl UserMessage {
    /// Returns the sentence.
    pub const fn text(self) -> Text {
        Text::new(match self {
            Self::TryLater => id::USER_TRY_LATER,
            Self::Unknown => id::USER_UNKNOWN,
            Self::NotSetUp => id::USER_NOT_SET_UP,
            Self::Wait => id::USER_WAIT,
            Self::Tomorrow => id::USER_TOMORROW,
            Self::Unavailable => id::USER_UNAVAILABLE,
            Self::WrongNumber => id::USER_WRONG_NUMBER,
            Self::NumberRefused => id::USER_NUMBER_REFUSED,
            Self::CountryRefused => id::USER_COUNTRY_REFUSED,
        })
    }
}
