//! The strict rules for a config that is being saved.
//!
//! Sending is lenient: [`Config::parse`](super::Config::parse) refuses only what no message can be sent with.
//! Saving is strict: a value that certainly does not do what it says is refused as well, while its author is
//! there to correct it. A config that was stored by an older version, or handed over by the Console's test,
//! still sends.
//!
//! Nothing is refused here only because it is not known. Another connector's key, or a usage type of a later
//! Logto, is accepted.

pub(super) mod names;
pub(super) mod params;
pub(super) mod values;

use super::Issue;
use crate::json::Value;
use crate::text::{Id, Text};

/// The effect of a value that the lenient parser accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Messages that use the value fail, or arrive without their code.
    Broken,
    /// Messages are sent, but the value has no effect.
    Ineffective,
    /// The value is probably a mistake. Only the doctor reports it.
    Doubtful,
}

/// A problem with a value that the lenient parser accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The effect of the value.
    pub severity: Severity,
    /// The place and the problem.
    pub issue: Issue,
}

/// A problem with the value that a rule examined: the severity, and the end of a sentence that begins with
/// the path of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Objection {
    pub(super) severity: Severity,
    pub(super) problem: Text,
}

/// A rule for the value of a key. It ignores values of the wrong type, which the lenient parser refuses.
pub(super) type Rule = fn(&Value) -> Option<Objection>;

impl Objection {
    pub(super) const fn broken(problem: Text) -> Self {
        Self {
            severity: Severity::Broken,
            problem,
        }
    }

    pub(super) const fn ineffective(problem: Text) -> Self {
        Self {
            severity: Severity::Ineffective,
            problem,
        }
    }

    pub(super) const fn doubtful(problem: Id) -> Self {
        Self {
            severity: Severity::Doubtful,
            problem: Text::new(problem),
        }
    }
}
