//! The finding about Tencent's review of a signature or a template.

use crate::quoted::quoted;
use crate::tencent::actions::Status;
use crate::text::{Text, id};

use crate::doctor::report::{Check, Finding};

impl Check {
    /// Returns the finding that `thing` cannot be used, or `None` if it can be used.
    pub(super) fn reviewed(self, thing: Text, status: Status, reply: &str) -> Option<Finding> {
        let (what, advice) = match status {
            Status::Usable => return None,
            Status::InReview => (Text::new(id::REVIEW_IN_REVIEW), id::REVIEW_IN_REVIEW_DO),
            Status::NotYetInForce => (
                Text::new(id::REVIEW_NOT_IN_FORCE),
                id::REVIEW_NOT_IN_FORCE_DO,
            ),
            Status::Refused if reply.is_empty() => {
                (Text::new(id::REVIEW_REFUSED), id::REVIEW_REFUSED_DO)
            }
            Status::Refused => (
                Text::new(id::REVIEW_REFUSED_BECAUSE).with("reply", &quoted(reply)),
                id::REVIEW_REFUSED_DO,
            ),
        };
        let what = what.with_text("thing", thing);
        Some(self.wrong(what).advise(Text::new(advice)))
    }
}
