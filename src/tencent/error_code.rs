//! Tencent's error codes, from `error_codes.tsv`: one table for `Response.Error.Code` and `SendStatusSet[].Code` alike.
//!
//! Sources: the error pages of SendSms (<https://cloud.tencent.com/document/api/382/55981>,
//! <https://cloud.tencent.com/document/product/382/59177>), the constants of Tencent's SDKs, and the
//! misspelt variants that their documents and older versions hold. Which codes say for certain that
//! nothing was sent is inferred from those texts.

use super::Parameter;
use crate::logto::{ConnectorErrorCode, UserMessage};
use crate::text::{Id, Text};

/// One of Tencent's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code in the answer.
    pub tencent_code: &'static str,
    /// The code for Logto's server.
    pub connector_error_code: ConnectorErrorCode,
    /// How the same request may be made again.
    pub retry: Retry,
    /// The party that can fix the cause.
    pub fixed_by: FixedBy,
    /// The part of the request that is refused, where the code tells.
    pub parameter: Option<Parameter>,
    /// The sentence for the end user.
    pub user_message: UserMessage,
    advice: Id,
}

impl ErrorCode {
    /// Returns the text for the operator: the cause, and the remedy.
    pub fn advice(&self) -> Text {
        Text::new(self.advice)
    }
}

/// How a refused request may be made again without anyone's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It would be refused again, or may have been sent.
    No,
    /// It was not sent, and a moment later it may be.
    AfterDelay,
    /// It was not sent, because the clock is wrong.
    WithCorrectedClock,
}

/// The party that can fix the cause of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixedBy {
    /// The person who asked for the message, by another number or by patience.
    EndUser,
    /// The operator, in the config or in Tencent's console.
    Config,
    /// The operator, with Tencent: permissions, quotas, bills.
    Account,
    /// Tencent alone.
    Tencent,
    /// Nobody: it passes.
    Time,
}

/// The row of `tencent_code`; else, because Tencent adds codes, the row of its first part, such as
/// `LimitExceeded` for `LimitExceeded.Whatever`.
pub(super) fn look_up(tencent_code: &str) -> Option<&'static ErrorCode> {
    let row = |wanted: &str| {
        TABLE
            .binary_search_by(|row| row.tencent_code.cmp(wanted))
            .ok()
            .and_then(|index| TABLE.get(index))
    };
    row(tencent_code).or_else(|| row(tencent_code.split_once('.')?.0))
}

/// Every code that is known.
pub fn all() -> impl Iterator<Item = &'static ErrorCode> {
    TABLE.iter()
}

/// The rows of `error_codes.tsv`, sorted by code. Tencent sends all of them but `AuthFailure`, which is
/// there for its family.
static TABLE: &[ErrorCode] = include!(concat!(env!("OUT_DIR"), "/error_codes.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logto::ConnectorErrorCode::{InvalidConfig, TemplateNotFound, UsageLimitExceeded};

    #[test]
    fn the_table_is_sorted_and_names_no_code_twice() {
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
    fn an_unknown_code_is_taken_for_its_first_part() {
        let code = |tencent_code| look_up(tencent_code).map(|row| row.connector_error_code);
        assert_eq!(code("LimitExceeded.NewLimit"), Some(UsageLimitExceeded));
        assert_eq!(code("AuthFailure.NewFailure"), Some(InvalidConfig));
        assert_eq!(code("UnauthorizedOperation.A.B"), Some(InvalidConfig));
        assert_eq!(code("Unheard.Of"), None);
        assert_eq!(code("LimitExceededNot"), None);
        assert_eq!(code(""), None);
    }

    /// What may have been sent is never sent again, and the user is told so.
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
    fn rows_are_whole() {
        for row in TABLE {
            let advice = row.advice();
            let name = advice.id().name();
            assert_eq!(name.strip_prefix("advice."), Some(row.tencent_code));
            assert!(!advice.to_string().ends_with('.'), "{row:?}");
            // The Console's test names a key for every refusal that is the config's fault.
            if matches!(row.connector_error_code, InvalidConfig | TemplateNotFound) {
                assert!(row.parameter.is_some(), "{row:?}");
            }
        }
    }
}
