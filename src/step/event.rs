//! The history of a task.

use std::fmt;

use crate::json::Value;

/// One thing that happened. Times are whole UNIX milliseconds.
///
/// The first event of a history is [`Event::Started`]. An event that ends an exchange names the action
/// that its request called, so that a history can hold exchanges of several kinds.
#[derive(Clone)]
pub enum Event {
    /// The task began.
    Started {
        /// The time by this machine's clock.
        at: f64,
    },
    /// An HTTP answer came.
    Answered {
        /// The action of the request.
        action: String,
        /// The time at which the answer was complete.
        received_at: f64,
        /// The HTTP status.
        status: u16,
        /// The time in the `Date` header.
        date: Option<f64>,
        /// The body's text.
        body: String,
        /// How often the request is known to have left, or begun to leave.
        departures: u64,
    },
    /// No answer came.
    Failed {
        /// The action of the request.
        action: String,
        /// The HTTP client's account of the failure.
        failure: SeenFailure,
        /// How often the request is known to have left, or begun to leave.
        departures: u64,
    },
    /// A [`Step::Wait`](super::Step::Wait) is over.
    Waited {
        /// The time that it took.
        waited_ms: f64,
    },
}

/// A failed exchange, as the shim saw it.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenFailure {
    /// The code of Node's or the HTTP client's error, the name of an error without a code, or one of
    /// the shim's own: `deadline`, `too many sends`, `no fetch`, `repeated`.
    pub code: String,
    /// The system call that failed, where the error names one: `connect`, `getaddrinfo`, `queryA`.
    pub syscall: Option<String>,
    /// The host name that could not be resolved, where the error names one. It differs from the
    /// endpoint's where it is a proxy's.
    pub hostname: Option<String>,
    /// The port that could not be reached, where the error names one. It differs from the endpoint's
    /// where it is a proxy's.
    pub port: Option<u64>,
    /// The HTTP status with which a proxy refused the tunnel.
    pub proxy_status: Option<u64>,
}

impl Event {
    /// Reads an event that the shim wrote; `None` for anything else. It is read by hand, because a
    /// derived reader of this enum takes 30 KB of wasm, the formatting of floats among them.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let whole = |key: &str| value.get(key)?.as_u64();
        let millis = |key: &str| whole(key).map(|millis| millis as f64);
        if let Some(at) = millis("startedAt") {
            return Some(Self::Started { at });
        }
        if let Some(waited_ms) = millis("waitedMs") {
            return Some(Self::Waited { waited_ms });
        }
        let action = text("action")?;
        let departures = whole("departures")?;
        Some(match text("failure") {
            Some(code) => Self::Failed {
                action,
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
                action,
                received_at: millis("receivedAt")?,
                status: whole("status")?.try_into().ok()?,
                date: millis("date"),
                body: text("body")?,
                departures,
            },
        })
    }

    /// Returns the offset of this machine's clock by the `Date` header of an answer, in milliseconds.
    pub fn clock_offset(&self) -> Option<f64> {
        match self {
            Self::Answered {
                date: Some(date),
                received_at,
                ..
            } => Some(date - received_at),
            _ => None,
        }
    }

    /// Returns the action of the exchange that this event ends, if it ends one.
    pub fn action(&self) -> Option<&str> {
        match self {
            Self::Answered { action, .. } | Self::Failed { action, .. } => Some(action),
            Self::Started { .. } | Self::Waited { .. } => None,
        }
    }
}

/// Returns the time at which a task with this history began; `now` where the history does not say.
pub fn started_at(events: &[Event], now: f64) -> f64 {
    match events.first() {
        Some(Event::Started { at }) => *at,
        _ => now,
    }
}

/// Returns the time that is left of a task with this history that may take `deadline_ms`. A clock that
/// was set back meanwhile does not lengthen it.
pub fn remaining_ms(deadline_ms: f64, events: &[Event], now: f64) -> f64 {
    let elapsed = now - started_at(events, now);
    (deadline_ms - elapsed.max(0.0)).max(0.0)
}

/// Shows no body, because it may quote the request.
impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { .. } => formatter.write_str("Started"),
            Self::Answered { action, status, .. } => {
                write!(formatter, "Answered({action}, {status})")
            }
            Self::Failed { action, .. } => write!(formatter, "Failed({action})"),
            Self::Waited { waited_ms } => write!(formatter, "Waited({})", *waited_ms as u64),
        }
    }
}
