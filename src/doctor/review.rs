//! What Tencent's review of a signature or a template came to.

use crate::queries::Status;
use crate::quoted::quoted;

use super::{Check, Finding};

impl Check {
    /// Why `thing` is not sent with; `None` where it is.
    pub(super) fn reviewed(self, thing: &str, status: Status, reply: &str) -> Option<Finding> {
        let (what, advice) = match status {
            Status::Usable => return None,
            Status::InReview => (
                format!("{thing} is in review"),
                "wait for the approval, or use one that is approved",
            ),
            Status::NotYetInForce => (
                format!("{thing} is approved, but not yet in force"),
                "wait until it is (carriers register signatures first), or use another one",
            ),
            Status::Refused => (
                format!("{thing} was refused{}", because(reply)),
                "mend and apply for it again in the SMS console, or use one that is approved",
            ),
        };
        Some(self.wrong(what).advise(advice))
    }
}

fn because(reply: &str) -> String {
    if reply.is_empty() {
        String::new()
    } else {
        format!(": {}", quoted(reply))
    }
}
