//! `DescribeSmsSignList`: which signatures there are, and where they stand.

use super::{Call, Entry, Parameter, Status, integer, international, text};
use crate::json::Value;
use crate::phone::Route;

/// As many signatures as one answer holds.
pub const LARGEST_PAGE: usize = 100;

/// Asks for the signatures of one side from the one at `offset` on: they cannot be looked up by their
/// text.
pub fn describe_sms_sign_list(route: Route, offset: usize) -> Call {
    Call::new(
        "DescribeSmsSignList",
        &[
            ("International", international(route)),
            ("Limit", Parameter::Number(LARGEST_PAGE as u64)),
            ("Offset", Parameter::Number(offset as u64)),
        ],
        "DescribeSignListStatusSet",
        &["SignId", "SignName", "StatusCode"],
    )
}

/// A signature as Tencent has it.
#[derive(Clone, Copy)]
pub struct Signature<'a>(pub &'a Entry);

impl<'a> Signature<'a> {
    /// Its `SignId`.
    pub fn id(self) -> Option<u64> {
        integer(self.0, "SignId")
    }

    /// Its text, without 【】.
    pub fn name(self) -> &'a str {
        text(self.0, "SignName")
    }

    /// Where it stands.
    pub fn status(self) -> Status {
        Status::of(self.0)
    }

    /// Why it was refused.
    pub fn review_reply(self) -> &'a str {
        text(self.0, "ReviewReply")
    }

    /// Whether the qualification behind it, which the mainland's real-name rule asks for, is known to
    /// be something else than approved (1). Overseas there is none, or its ID is 0.
    pub fn lacks_qualification(self) -> bool {
        let has_qualification = integer(self.0, "QualificationId").is_some_and(|id| id != 0);
        let status = "QualificationStatusCode";
        let is_told = self.0.get(status).is_some_and(|code| *code != Value::Null);
        has_qualification && is_told && integer(self.0, status) != Some(1)
    }
}
