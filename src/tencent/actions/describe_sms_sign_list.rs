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

/// The status of a qualification: `QualificationStatusCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualification {
    /// 0: in review; 4: a change is in review.
    InReview,
    /// 1: approved.
    Approved,
    /// 3: must be completed and submitted again.
    Incomplete,
    /// 2: refused; 5: a change was refused; and every code that Tencent may add.
    Refused,
}

/// A type of signature that Tencent no longer accepts: `SignType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutdatedType {
    /// 1: an app.
    App,
    /// 2: a website.
    Website,
    /// 3: an official account (公众号).
    OfficialAccount,
    /// 6: a mini program (小程序).
    MiniProgram,
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

    /// Returns the status of the signature's qualification, which the mainland's real-name rule requires.
    /// Returns `None` if Tencent reports no status. Overseas signatures have no qualification, or the ID
    /// is 0. Since November 2024, a signature can be usable although its qualification is not approved.
    pub fn qualification(self) -> Option<Qualification> {
        integer(self.0, "QualificationId").filter(|id| *id != 0)?;
        let status = "QualificationStatusCode";
        self.0.get(status).filter(|code| **code != Value::Null)?;
        Some(match integer(self.0, status) {
            Some(0 | 4) => Qualification::InReview,
            Some(1) => Qualification::Approved,
            Some(3) => Qualification::Incomplete,
            _ => Qualification::Refused,
        })
    }

    /// Returns the type if Tencent no longer accepts signatures of it: on the mainland apps, and everywhere
    /// websites, official accounts and mini programs (documents 382/116397). The documents name `SignType`
    /// only for the application for a signature; it is inferred that the list may contain it.
    pub fn outdated_type(self, route: Route) -> Option<OutdatedType> {
        match integer(self.0, "SignType")? {
            1 if route == Route::Mainland => Some(OutdatedType::App),
            2 => Some(OutdatedType::Website),
            3 => Some(OutdatedType::OfficialAccount),
            6 => Some(OutdatedType::MiniProgram),
            _ => None,
        }
    }
}
