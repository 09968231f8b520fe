//! `DescribeSmsTemplateList`: the account's templates and their review status.

use super::{Call, Entry, Parameter, Status, integer, international, text};
use crate::phone::Route;

/// The most IDs in one call.
pub const MAX_TEMPLATE_IDS: usize = 100;

/// Creates a call for templates of one side by their IDs. The IDs are integers in this action, but
/// texts in `SendSms`. The answer omits templates that do not exist.
pub fn describe_sms_template_list(route: Route, ids: &[u64]) -> Call {
    Call::new(
        "DescribeSmsTemplateList",
        &[
            ("International", international(route)),
            ("TemplateIdSet", Parameter::Numbers(ids)),
        ],
        "DescribeTemplateStatusSet",
        &[
            "TemplateId",
            "StatusCode",
            "International",
            "TemplateContent",
        ],
    )
}

/// A template of the account.
#[derive(Clone, Copy)]
pub struct Template<'a>(pub &'a Entry);

impl<'a> Template<'a> {
    /// Returns true if the template has this `TemplateId`.
    pub fn has_id(self, id: u64) -> bool {
        integer(self.0, "TemplateId") == Some(id)
    }

    /// Returns the review status.
    pub fn status(self) -> Status {
        Status::of(self.0)
    }

    /// Returns the reviewer's reason for a rejection.
    pub fn review_reply(self) -> &'a str {
        text(self.0, "ReviewReply")
    }

    /// Returns true if the template can be used for messages to that side. `International` is 0 for the
    /// mainland, 1 for overseas and 3 for both.
    pub fn serves(self, route: Route) -> bool {
        matches!(
            (integer(self.0, "International"), route),
            (Some(3), _) | (Some(0), Route::Mainland) | (Some(1), Route::Overseas)
        )
    }

    /// Returns the text, with placeholders `{1}`, `{2}`, ….
    pub fn content(self) -> &'a str {
        text(self.0, "TemplateContent")
    }

    /// Returns the number of values that the template takes: the number of different placeholders `{1}`,
    /// `{2}`, … in its text.
    pub fn variables(self) -> usize {
        self.content()
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}')?.0.trim().parse::<u32>().ok())
            // Each placeholder is a bit of a `u64`, which is enough because Tencent allows a dozen.
            .fold(0_u64, |seen, number| {
                seen | 1_u64.checked_shl(number).unwrap_or(0)
            })
            .count_ones() as usize
    }
}
