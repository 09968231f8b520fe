//! What the core and the shim say to each other: the core what to do next, the shim what came of it.
//!
//! Each task of the core (a send, a count, an examination) is a function from everything that happened
//! so far to the next [`Step`]. The shim does what the step says, adds [`Event`]s, and asks again; so
//! the core needs neither state nor promises.

mod clock;
mod failure;

use std::fmt;

use serde::Serialize;

use crate::api::{HttpRequest, TraceId};
use crate::json::Value;

pub use clock::{Clock, ClockOffsets, believable_offset};
pub use failure::{Failure, SeenFailure};

/// What happened, in order. Times are whole UNIX milliseconds.
#[derive(Clone)]
pub enum Event {
    /// An HTTP answer came.
    Answered {
        /// When the request left.
        sent_at: f64,
        /// When the answer was there.
        received_at: f64,
        /// The HTTP status.
        status: u16,
        /// The `Date` header, as a time.
        date: Option<f64>,
        /// The body's text.
        body: String,
        /// How often the request is known to have left, or begun to leave.
        departures: u64,
    },
    /// No answer came.
    Failed {
        /// When the attempt began.
        sent_at: f64,
        /// What the HTTP client says about it.
        failure: SeenFailure,
        /// How often the request is known to have left, or begun to leave.
        departures: u64,
    },
    /// A [`Step::Wait`] is over.
    Waited {
        /// How long it was.
        waited_ms: f64,
    },
}

impl Event {
    /// Reads what the shim wrote; `None` where it is no event. By hand: a derived reader of this enum
    /// is 30 KB of wasm, the formatting of floats among them.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let whole = |key: &str| value.get(key)?.as_u64();
        let millis = |key: &str| whole(key).map(|millis| millis as f64);
        if let Some(waited_ms) = millis("waitedMs") {
            return Some(Self::Waited { waited_ms });
        }
        let sent_at = millis("sentAt")?;
        let departures = whole("departures")?;
        Some(match text("failure") {
            Some(code) => Self::Failed {
                sent_at,
                failure: SeenFailure {
                    code,
                    syscall: text("syscall"),
                    hostname: text("hostname"),
                    port: whole("port"),
                    proxy_status: whole("proxyStatus"),
                },
                departures,
            },
            None => Self::Answered {
                sent_at,
                received_at: millis("receivedAt")?,
                status: whole("status")?.try_into().ok()?,
                date: millis("date"),
                body: text("body")?,
                departures,
            },
        })
    }
}

/// The body may quote the request: not shown.
impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered { status, .. } => write!(formatter, "Answered({status})"),
            Self::Failed { .. } => formatter.write_str("Failed"),
            Self::Waited { waited_ms } => write!(formatter, "Waited({})", *waited_ms as u64),
        }
    }
}

/// What to do next in a task that ends with an `Outcome`.
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
    /// Send this, read the answer, add what happened, and ask again.
    Request {
        /// What to send.
        request: HttpRequest,
        /// Give up if the answer is not there, body and all, by then.
        timeout_ms: f64,
    },
    /// Send all of these at once, read the answers, add what happened in their order, and ask again.
    Requests {
        /// What to send.
        requests: Vec<HttpRequest>,
        /// As for one.
        timeout_ms: f64,
    },
    /// Wait, add that, and ask again.
    Wait {
        /// How long.
        ms: f64,
    },
    /// There is nothing left to do.
    Done {
        /// What it was for.
        outcome: Outcome,
    },
}

impl<Outcome> Step<Outcome> {
    /// The same step of a task that ends with something else.
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

/// Randomness for one step.
#[derive(Clone, Copy)]
pub struct Entropy {
    /// For `X-TC-TraceId`.
    pub trace_id: TraceId,
    /// From 0 up to 1, for the wait before a retry.
    pub jitter: f64,
}
