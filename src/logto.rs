//! The host: the messages that it hands over, the error codes that it knows, the sentences for its users.

mod message;

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
    /// The sentence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TryLater => "The message could not be sent. Please try again later.",
            Self::Unknown => {
                "The message may be on its way. Please wait a moment before you ask for another one."
            }
            Self::NotSetUp => {
                "Text messages are not set up correctly. Please tell the operator of this service."
            }
            Self::Wait => "Too many messages in a short time. Please wait a moment and try again.",
            Self::Tomorrow => {
                "Too many messages to this number today. Please use another way, or try tomorrow."
            }
            Self::Unavailable => {
                "Text messages are not available at the moment. Please use another way."
            }
            Self::WrongNumber => "This is not a valid phone number. Please check it.",
            Self::NumberRefused => {
                "This number does not accept messages. Please use another number or another way."
            }
            Self::CountryRefused => {
                "Messages to this country are not possible. Please use another number or another way."
            }
        }
    }
}
