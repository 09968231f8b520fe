//! `DescribeSmsTemplateList`: which templates there are, and where they stand.

use super::{Call, Entry, Parameter, Status, integer, international, text};
use crate::phone::Route;

/// As many templates as one question may name.
pub const MOST_IDS: usize = 100;

/// Asks for templates of one side by their IDs, which are integers here, where `SendSms` takes texts.
/// One that does not exist is not in the answer.
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

/// A template as Tencent has it.
#[derive(Clone, Copy)]
pub struct Template<'a>(pub &'a Entry);

impl<'a> Template<'a> {
    /// Whether it is the one with this `TemplateId`.
    pub fn has_id(self, id: u64) -> bool {
        integer(self.0, "TemplateId") == Some(id)
    }

    /// Where it stands.
    pub fn status(self) -> Status {
        Status::of(self.0)
    }

    /// Why it was refused.
    pub fn review_reply(self) -> &'a str {
        text(self.0, "ReviewReply")
    }

    /// Whether messages to that side can be written with it: 0 is for the mainland, 1 for overseas, 3
    /// for both.
    pub fn serves(self, route: Route) -> bool {
        matches!(
            (integer(self.0, "International"), route),
            (Some(3), _) | (Some(0), Route::Mainland) | (Some(1), Route::Overseas)
        )
    }

    /// How many values it takes: how many different `{1}`, `{2}`, … its text holds.
    pub fn variables(self) -> usize {
        text(self.0, "TemplateContent")
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}')?.0.trim().parse::<u32>().ok())
            // A bit for each: Tencent allows a dozen.
            .fold(0_u64, |seen, number| {
                seen | 1_u64.checked_shl(number).unwrap_or(0)
            })
            .count_ones() as usize
    }
}
