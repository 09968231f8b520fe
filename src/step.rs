//! The language of core and shim: the core says what to do next, the shim what came of it.
//!
//! Each task of the core (a send, a count, an examination) is a function from everything that happened
//! so far to the next [`Step`]. The shim does what the step says, adds an [`Event`], and asks again; so
//! the core needs neither state nor promises.

mod clock;
mod entropy;
mod event;
mod request;

use serde::Serialize;

pub use clock::{Clock, ClockOffsets, is_believable};
pub use entropy::{Entropy, TraceId};
pub use event::{Event, SeenFailure, remaining_ms, started_at};
pub use request::HttpRequest;

/// The next thing to do in a task that ends with an `Outcome`.
#[allow(
    clippy::large_enum_variant,
    reason = "made once and serialized at once; the large variant is the usual one"
)]
#[derive(Clone, Debug, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Step<Outcome> {
    /// Send this, read the answer, add an event, and ask again.
    Request {
        /// The request.
        request: HttpRequest,
        /// The time for the whole exchange, answer and all.
        timeout_ms: f64,
    },
    /// Send all of these at once, read the answers, add an event for each, in order, and ask again.
    Requests {
        /// The requests.
        requests: Vec<HttpRequest>,
        /// The time for each exchange.
        timeout_ms: f64,
    },
    /// Wait, add an event, and ask again.
    Wait {
        /// The time to wait.
        ms: f64,
    },
    /// The task is over.
    Done {
        /// Its result.
        outcome: Outcome,
    },
}

impl<Outcome> Step<Outcome> {
    /// Turns the outcome, if the task is over, into another one.
    pub fn map<Other>(self, outcome_of: impl FnOnce(Outcome) -> Other) -> Step<Other> {
        match self {
            Self::Request {
                request,
                timeout_ms,
            } => Step::Request {
                request,
                timeout_ms,
            },
            Self::Requests {
                requests,
                timeout_ms,
            } => Step::Requests {
                requests,
                timeout_ms,
            },
            Self::Wait { ms } => Step::Wait { ms },
            Self::Done { outcome } => Step::Done {
                outcome: outcome_of(outcome),
            },
        }
    }
}
