//! `DescribeSmsSignList`: the account's signatures and their review status.

use super::{Call, Entry, Parameter, Status, integer, international, text};
use crate::json::Value;
use crate::phone::Route;

/// The most signatures in one answer.
pub const LARGEST_PAGE: usize = 100;

/// Creates a call for a page of the signatures of one side, beginning at `offset`. The action cannot
/// look up a signature by its text.
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

/// A signature of the account.
#[derive(Clone, Copy)]
pub struct Signature<'a>(pub &'a Entry);

impl<'a> Signature<'a> {
    /// Returns the `SignId`.
    pub fn id(self) -> Option<u64> {
        integer(self.0, "SignId")
    }

    /// Returns the signature's text, without 【】.
    pub fn name(self) -> &'a str {
        text(self.0, "SignName")
    }

    /// Returns the review status.
    pub fn status(self) -> Status {
        Status::of(self.0)
    }

    /// Returns the reviewer's reason for a rejection.
    pub fn review_reply(self) -> &'a str {
        text(self.0, "ReviewReply")
    }

    /// Returns true if Tencent reports a status other than approved (1) for the signature's
    /// qualification. The mainland's real-name rule requires a qualification. Overseas signatures have
    /// none, or the ID is 0.
    pub fn lacks_qualification(self) -> bool {
        let has_qualification = integer(self.0, "QualificationId").is_some_and(|id| id != 0);
        let status = "QualificationStatusCode";
        let is_reported = self.0.get(status).is_some_and(|code| *code != Value::Null);
        has_qualification && is_reported && integer(self.0, status) != Some(1)
    }
}
