//! The interface of Logto, the host: its messages, its error codes, its Management API, and the sentences for
//! its users.

pub mod handlebars;
#[cfg(feature = "command-line")]
pub mod management_api;
mod message;

use crate::language::{self, LanguageTag};

pub use message::{InvalidMessage, Message};

/// The ID of this connector. `js-shim/metadata.js` tells it to Logto.
pub const CONNECTOR_ID: &str = "tencent-cloud-sms";

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

include!(concat!(env!("OUT_DIR"), "/user_messages.rs"));

impl UserMessage {
    /// Returns the sentence in the best language for a reader, or else in English.
    pub fn sentence(self, reader: Option<&LanguageTag>) -> &'static str {
        // English stands first. `max_by_key` returns the last of several equal languages.
        let best = self.sentences().iter().rev().max_by_key(|(language, _)| {
            let offered = LanguageTag::parse(language);
            language::fit(offered.as_ref(), reader)
        });
        match best {
            Some((_, sentence)) => sentence,
            None => "",
        }
    }

    /// Returns the languages of the message with their sentences.
    const fn sentences(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::TryLater => TRY_LATER,
            Self::Unknown => UNKNOWN,
            Self::NotSetUp => NOT_SET_UP,
            Self::Wait => WAIT,
            Self::Tomorrow => TOMORROW,
            Self::Unavailable => UNAVAILABLE,
            Self::WrongNumber => WRONG_NUMBER,
            Self::NumberRefused => NUMBER_REFUSED,
            Self::CountryRefused => COUNTRY_REFUSED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_in_the_language_of_its_reader() {
        let sentence = |tag| UserMessage::TryLater.sentence(LanguageTag::parse(tag).as_ref());
        for (reader, expected) in [
            ("en-GB", "The message could not be sent."),
            ("zh-CN", "短信发送失败"),
            ("zh", "短信发送失败"),
            ("zh-TW", "簡訊傳送失敗"),
            ("zh-HK", "簡訊傳送失敗"),
            ("ja", "SMS を送信できませんでした"),
            ("ko-KR", "문자 메시지를"),
            ("de-AT", "Die SMS konnte"),
            ("fr-CA", "Le SMS n'a pas pu"),
            ("es-MX", "No se pudo enviar"),
            ("pt-BR", "Não foi possível"),
            ("pt-PT", "Não foi possível"),
            ("tlh", "The message could not be sent."),
            ("", "The message could not be sent."),
        ] {
            assert!(sentence(reader).starts_with(expected), "{reader}");
        }
        assert_eq!(UserMessage::TryLater.sentence(None), sentence("en"));
    }

    /// Logto's page shows the messages of the code `general`.
    #[test]
    fn every_message_that_the_page_shows_is_translated() {
        for row in crate::tencent::all_error_codes() {
            let message = row.user_message;
            if row.connector_error_code == ConnectorErrorCode::General {
                let languages: Vec<_> = message.sentences().iter().map(|(tag, _)| *tag).collect();
                let expected = ["en", "zh-CN", "zh-TW", "ja", "ko", "de", "fr", "es", "pt"];
                assert_eq!(languages, expected, "{message:?}");
            }
        }
    }
}
