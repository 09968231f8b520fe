//! The host: the messages that it hands over, the error codes that it knows, the sentences for its users.

mod message;

use crate::text::{Text, id};

pub use message::{InvalidMessage, Message};

/// The part of the kit's `ConnectorErrorCodes` that this connector throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectorErrorCode {
    /// Anything without a code of its own; the sign-in page shows the description.
    General,
    /// The message is malformed.
    InvalidRequestParameters,
    /// The message lacks something.
    InsufficientRequestParameters,
    /// The operator can mend it in the config or in Tencent's console.
    InvalidConfig,
    /// The answer is not Tencent's.
    InvalidResponse,
    /// No template for this message.
    TemplateNotFound,
    /// Too many messages for now.
    RateLimitExceeded,
    /// A quota or a package is used up. Kits before 5.1 do not know it.
    UsageLimitExceeded,
}

impl ConnectorErrorCode {
    /// The kit's own value, such as `invalid_config`.
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

/// What the end user is told, in one sentence without internals.
///
/// Logto's sign-in page shows it with the code `general`, and has sentences of its own for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserMessage {
    /// Not sent, for a reason that may pass.
    TryLater,
    /// Perhaps sent.
    Unknown,
    /// Not sent, for a reason that the operator has to mend.
    NotSetUp,
    /// Too many messages in a short time.
    Wait,
    /// Too many messages today.
    Tomorrow,
    /// A quota or a package is used up.
    Unavailable,
    /// The number is malformed.
    WrongNumber,
    /// The number takes no messages.
    NumberRefused,
    /// The number's country gets no messages.
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
