//! The messages between core and shim: the core says what to do next, and the shim reports what
//! happened.
//!
//! Each task of the core (a send, a count, an examination) is a function from everything that happened
//! so far to the next [`Step`]. The shim does what the step says, adds an [`Event`], and calls the
//! function again, so the core needs no state and no promises.

mod clock;
mod entropy;
mod event;
mod place;
mod request;
mod store;

use serde::Serialize;

pub use clock::{Clock, ClockOffsets, is_plausible};
pub use entropy::{Entropy, TraceId};
pub use event::{Event, SeenFailure, remaining_ms, started_at};
pub use place::{Content, Place, Reading};
pub use request::HttpRequest;
pub use store::{StoreAction, StoreCommand, StoreExamination};

/// The next thing to do in a task that ends with an `Outcome`.
#[allow(
    clippy::large_enum_variant,
    reason = "a step is serialized as soon as it is made, and the large variant is the usual one"
)]
#[derive(Clone, Debug, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Step<Outcome> {
    /// The shim must send the request, read the answer and add an event.
    Request {
        /// The request.
        request: HttpRequest,
        /// The time for the whole exchange, including the answer's body.
        timeout_ms: f64,
        /// True if tasks that make the same request at the same time must share one exchange.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        is_shared: bool,
    },
    /// The shim must read all places at once, and add one event with the readings in the order of the
    /// places.
    Read {
        /// The places.
        places: Vec<Place>,
        /// The length of the longest text, in bytes.
        max_bytes: usize,
    },
    /// The shim must send all requests at once, read the answers, and add an event for each request,
    /// in the order of the requests.
    Requests {
        /// The requests.
        requests: Vec<HttpRequest>,
        /// The time for each exchange.
        timeout_ms: f64,
    },
    /// The shim must send the command to the store that several processes share, and add an event with
    /// the reply. The shim knows how long it may wait.
    Store {
        /// The command.
        command: StoreCommand,
    },
    /// The shim must examine the store with a command that tries it, and add an event.
    ExamineStore {
        /// The command.
        command: StoreCommand,
    },
    /// The shim must wait and add an event.
    Wait {
        /// The time to wait.
        ms: f64,
    },
    /// The task is over.
    Done {
        /// The result of the task.
        outcome: Outcome,
    },
}

impl<Outcome> Step<Outcome> {
    /// Converts the outcome with `outcome_of`, if the task is over.
    pub fn map<Other>(self, outcome_of: impl FnOnce(Outcome) -> Other) -> Step<Other> {
        match self {
            Self::Request {
                request,
                timeout_ms,
                is_shared,
            } => Step::Request {
                request,
                timeout_ms,
                is_shared,
            },
            Self::Read { places, max_bytes } => Step::Read { places, max_bytes },
            Self::Requests {
                requests,
                timeout_ms,
            } => Step::Requests {
                requests,
                timeout_ms,
            },
            Self::Store { command } => Step::Store { command },
            Self::ExamineStore { command } => Step::ExamineStore { command },
            Self::Wait { ms } => Step::Wait { ms },
            Self::Done { outcome } => Step::Done {
                outcome: outcome_of(outcome),
            },
        }
    }
}
