//! `DescribeSmsSignList`: which signatures there are, and where they stand.

use serde::Serialize;

use super::{Query, Side, Status, integer, list, text};
use crate::api::Response;

/// Asks for a page of one side's signatures: they cannot be looked up by their text.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeSmsSignList {
    /// The side whose signatures are meant.
    pub international: Side,
    /// How many; at most [`Self::LARGEST_PAGE`].
    pub limit: usize,
    /// After how many.
    pub offset: usize,
}

impl DescribeSmsSignList {
    /// The documented limit of a page.
    pub const LARGEST_PAGE: usize = 100;
}

/// A signature as Tencent has it.
#[derive(Clone, Debug)]
pub struct Signature {
    /// `SignId`
    pub id: i64,
    /// Its text, without 【】.
    pub name: String,
    /// `StatusCode`
    pub status: Status,
    /// Why it was refused.
    pub review_reply: String,
    /// `QualificationStatusCode`, for the mainland's real-name rule: 1 is approved.
    qualification: Option<i64>,
}

impl Signature {
    /// Whether the qualification behind it is known to be something else than approved.
    pub fn lacks_qualification(&self) -> bool {
        self.qualification.is_some_and(|status| status != 1)
    }
}

impl Query for DescribeSmsSignList {
    const ACTION: &'static str = "DescribeSmsSignList";
    type Finding = Vec<Signature>;

    fn read(response: &Response) -> Option<Self::Finding> {
        list(response, "DescribeSignListStatusSet", |signature| {
            Some(Signature {
                id: integer(signature, "SignId")?,
                name: text(signature, "SignName")?,
                status: integer(signature, "StatusCode")?.into(),
                review_reply: text(signature, "ReviewReply").unwrap_or_default(),
                // 0 and none stand for a signature of the international side.
                qualification: integer(signature, "QualificationId")
                    .filter(|id| *id != 0)
                    .and_then(|_| integer(signature, "QualificationStatusCode")),
            })
        })
    }
}
