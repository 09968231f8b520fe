//! Tencent's error codes, from `error_codes.tsv`: one table for both `Response.Error.Code` and
//! `SendStatusSet[].Code`.
//!
//! Sources: the error pages of SendSms (<https://cloud.tencent.com/document/api/382/55981>,
//! <https://cloud.tencent.com/document/product/382/59177>), the constants of Tencent's SDKs, and the
//! misspelt variants in their documents and older versions. The set of codes that prove that nothing
//! was sent is inferred from those texts.

use super::Parameter;
use crate::logto::{ConnectorErrorCode, UserMessage};
use crate::text::{Id, Text};

/// An error code of Tencent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code in the answer.
    pub tencent_code: &'static str,
    /// The code for Logto's server.
    pub connector_error_code: ConnectorErrorCode,
    /// The rule for making the same request again.
    pub retry: Retry,
    /// The party that can fix the cause.
    pub fixed_by: FixedBy,
    /// The part of the request that Tencent refused, if the code says which.
    pub parameter: Option<Parameter>,
    /// The sentence for the end user.
    pub user_message: UserMessage,
    advice: Id,
}

impl ErrorCode {
    /// Returns the text for the operator: the cause and the remedy.
    pub fn advice(&self) -> Text {
        Text::new(self.advice)
    }
}

/// The rule for making a refused request again without anyone's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// No retry: Tencent would refuse the request again, or the message may have been sent.
    No,
    /// A retry after a delay: the message was not sent, and a moment later Tencent may accept it.
    AfterDelay,
    /// A retry with a corrected timestamp: the message was not sent, because the clock is wrong.
    WithCorrectedClock,
}

/// The party that can fix the cause of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedBy {
    /// The person who requested the message, by entering another number or by waiting.
    EndUser,
    /// The operator, in the config or in Tencent's console.
    Config,
    /// The operator, together with Tencent: permissions, quotas, bills.
    Account,
    /// Tencent alone.
    Tencent,
    /// Nobody: the cause passes by itself.
    Time,
}

/// Returns the row of `tencent_code`. For an unknown code, because Tencent adds codes, returns the row
/// of its first part, such as `LimitExceeded` for `LimitExceeded.Whatever`.
pub(super) fn look_up(tencent_code: &str) -> Option<&'static ErrorCode> {
    let row = |wanted: &str| {
        TABLE
            .binary_search_by(|row| row.tencent_code.cmp(wanted))
            .ok()
            .and_then(|index| TABLE.get(index))
    };
    row(tencent_code).or_else(|| row(tencent_code.split_once('.')?.0))
}

/// Returns every known code.
pub fn all() -> impl Iterator<Item = &'static ErrorCode> {
    TABLE.iter()
}

/// The rows of `error_codes.tsv`, sorted by code. Tencent sends all of these codes except
/// `AuthFailure`, which stands for unknown codes that begin with it.
static TABLE: &[ErrorCode] = include!(concat!(env!("OUT_DIR"), "/error_codes.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logto::ConnectorErrorCode::{InvalidConfig, TemplateNotFound, UsageLimitExceeded};

    #[test]
    fn the_table_is_sorted_and_contains_no_code_twice() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].tencent_code < pair[1].tencent_code, "{pair:?}");
        }
    }

    #[test]
    fn every_row_is_found_by_its_code() {
        for row in TABLE {
            assert_eq!(look_up(row.tencent_code), Some(row));
        }
    }

    #[test]
    fn an_unknown_code_is_treated_like_its_first_part() {
        let code = |tencent_code| look_up(tencent_code).map(|row| row.connector_error_code);
        assert_eq!(code("LimitExceeded.NewLimit"), Some(UsageLimitExceeded));
        assert_eq!(code("AuthFailure.NewFailure"), Some(InvalidConfig));
        assert_eq!(code("UnauthorizedOperation.A.B"), Some(InvalidConfig));
        assert_eq!(code("Unheard.Of"), None);
        assert_eq!(code("LimitExceededNot"), None);
        assert_eq!(code(""), None);
    }

    /// A message that may have been sent must never be sent again. Its row has the user message
    /// `Unknown`.
    #[test]
    fn an_unknown_outcome_is_not_retried() {
        for row in TABLE
            .iter()
            .filter(|row| row.user_message == UserMessage::Unknown)
        {
            assert_eq!(row.retry, Retry::No, "{row:?}");
        }
    }

    #[test]
    fn every_row_is_complete() {
        for row in TABLE {
            let advice = row.advice();
            assert!(!advice.to_string().ends_with('.'), "{row:?}");
            // The Console's test names a key of the config for every refusal that the config causes.
            if matches!(row.connector_error_code, InvalidConfig | TemplateNotFound) {
                assert!(row.parameter.is_some(), "{row:?}");
            }
        }
    }
}
