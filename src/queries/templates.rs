//! `DescribeSmsTemplateList`: which templates there are, and where they stand.

use serde::Serialize;

use super::{Query, Side, Status, integer, list, text};
use crate::api::Response;
use crate::phone::Route;

/// Asks for templates by their IDs; at most 100. One that does not exist is not in the answer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSmsTemplateList {
    /// The side whose templates are meant.
    pub international: Side,
    /// Integers here, where `SendSms` takes texts.
    pub template_id_set: Vec<u64>,
}

/// A template as Tencent has it.
#[derive(Clone, Debug)]
pub struct Template {
    /// `TemplateId`
    pub id: i64,
    /// `StatusCode`
    pub status: Status,
    /// Which sides it serves: 0 mainland, 1 overseas, 3 both.
    international: i64,
    /// The text, with `{1}`, `{2}`, … in it.
    pub content: String,
    /// Why it was refused.
    pub review_reply: String,
}

impl Template {
    /// Whether messages to that side can be written with it.
    pub const fn serves(&self, route: Route) -> bool {
        matches!(
            (self.international, route),
            (3, _) | (0, Route::Mainland) | (1, Route::Overseas)
        )
    }

    /// How many values it takes: how many different `{1}`, `{2}`, … it holds.
    pub fn variables(&self) -> usize {
        self.content
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

impl Query for DescribeSmsTemplateList {
    const ACTION: &'static str = "DescribeSmsTemplateList";
    type Finding = Vec<Template>;

    fn read(response: &Response) -> Option<Self::Finding> {
        list(response, "DescribeTemplateStatusSet", |template| {
            Some(Template {
                id: integer(template, "TemplateId")?,
                status: integer(template, "StatusCode")?.into(),
                international: integer(template, "International")?,
                content: text(template, "TemplateContent")?,
                review_reply: text(template, "ReviewReply").unwrap_or_default(),
            })
        })
    }
}
