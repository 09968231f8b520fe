//! The history of a task.

use std::fmt;

use super::{Place, Reading, StoreAction, StoreExamination};
use crate::json::Value;

/// An event in the history of a task. Times are whole UNIX milliseconds.
///
/// The first event of a history is [`Event::Started`]. An event that ends an exchange names the action
/// of the request, so that a history can contain exchanges of several actions.
#[derive(Clone)]
pub enum Event {
    /// The task began.
    Started {
        /// The time by this machine's clock.
        at: f64,
    },
    /// An HTTP answer arrived.
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
        /// The number of times that the HTTP client is known to have begun to send the request.
        departures: u64,
    },
    /// No complete answer arrived.
    Failed {
        /// The action of the request.
        action: String,
        /// The HTTP client's error.
        failure: SeenFailure,
        /// The number of times that the HTTP client is known to have begun to send the request.
        departures: u64,
    },
    /// A [`Step::Store`](super::Step::Store) is over.
    Stored {
        /// The action of the command.
        action: StoreAction,
        /// The reply, or `None` if the store did not reply in time, or not by the rules of the command.
        reply: Option<Vec<u64>>,
    },
    /// A [`Step::ExamineStore`](super::Step::ExamineStore) is over.
    StoreExamined(StoreExamination),
    /// The places of a [`Step::Read`](super::Step::Read) were read.
    Read {
        /// The readings, in the order of the places.
        readings: Vec<Reading>,
    },
    /// A [`Step::Wait`](super::Step::Wait) is over.
    Waited {
        /// The time that the wait took.
        waited_ms: f64,
    },
}

/// The error of a failed exchange, as the shim observed it.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenFailure {
    /// The code of Node's or the HTTP client's error, the name of an error without a code, or one of
    /// the shim's own codes: `deadline`, `too many sends`, `no fetch`, `repeated`.
    pub code: String,
    /// The system call that failed, if the error names one: `connect`, `getaddrinfo`, `queryA`.
    pub syscall: Option<String>,
    /// The host name that could not be resolved, if the error names one. A name other than the
    /// endpoint's belongs to a proxy.
    pub hostname: Option<String>,
    /// The port that could not be reached, if the error names one. A port other than the endpoint's
    /// belongs to a proxy.
    pub port: Option<u64>,
    /// The HTTP status with which a proxy refused to open the tunnel.
    pub proxy_status: Option<u64>,
}

impl Event {
    /// Reads an event that the shim wrote, or returns `None` for any other value. The reader is written
    /// by hand, because a derived one takes 30 KB of wasm, including the formatting of floats.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let integer = |key: &str| value.get(key)?.as_u64();
        let millis = |key: &str| integer(key).map(|millis| millis as f64);
        if let Some(at) = millis("startedAt") {
            return Some(Self::Started { at });
        }
        if let Some(waited_ms) = millis("waitedMs") {
            return Some(Self::Waited { waited_ms });
        }
        if let Some(action) = value.get("store").and_then(Value::as_str) {
            let reply = value.get("reply").and_then(Value::as_array);
            return Some(Self::Stored {
                action: StoreAction::parse(action)?,
                reply: reply.and_then(|reply| reply.iter().map(Value::as_u64).collect()),
            });
        }
        if let Some(examined) = value.get("storeExamined") {
            let text = |key| examined.get(key)?.as_str().map(str::to_owned);
            return Some(Self::StoreExamined(StoreExamination {
                failure: text("failure"),
                info: text("info"),
                round_trip_us: examined.get("roundTripUs").and_then(Value::as_u64),
            }));
        }
        if let Some(read) = value.get("read") {
            let mut readings = Vec::new();
            for reading in read.as_array()? {
                readings.push(Reading::read(reading)?);
            }
            return Some(Self::Read { readings });
        }
        let action = text("action")?;
        let departures = integer("departures")?;
        Some(match text("failure") {
            Some(code) => Self::Failed {
                action,
                failure: SeenFailure {
                    code,
                    syscall: text("syscall"),
                    hostname: text("hostname"),
                    port: integer("port"),
                    proxy_status: integer("proxyStatus"),
                },
                departures,
            },
            None => Self::Answered {
                action,
                received_at: millis("receivedAt")?,
                status: integer("status")?.try_into().ok()?,
                date: millis("date"),
                body: text("body")?,
                departures,
            },
        })
    }

    /// Returns the offset of this machine's clock in milliseconds, calculated from the `Date` header of
    /// an answer.
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

    /// Returns the action of the exchange that this event ends, or `None` if it ends none.
    pub fn action(&self) -> Option<&str> {
        match self {
            Self::Answered { action, .. } | Self::Failed { action, .. } => Some(action),
            Self::Started { .. }
            | Self::Stored { .. }
            | Self::StoreExamined(_)
            | Self::Read { .. }
            | Self::Waited { .. } => None,
        }
    }

    /// Returns the readings of exactly these places, or `None` if the event has none.
    pub fn readings_of(&self, places: &[Place]) -> Option<&[Reading]> {
        match self {
            Self::Read { readings } if readings.iter().map(|reading| &reading.place).eq(places) => {
                Some(readings)
            }
            _ => None,
        }
    }
}

/// Returns the time at which a task with this history began, or `now` if the history has no start.
pub fn started_at(events: &[Event], now: f64) -> f64 {
    match events.first() {
        Some(Event::Started { at }) => *at,
        _ => now,
    }
}

/// Returns the remaining time of a task with this history and this deadline, in milliseconds. A clock
/// that was set back during the task does not extend it.
pub fn remaining_ms(deadline_ms: f64, events: &[Event], now: f64) -> f64 {
    let elapsed = now - started_at(events, now);
    (deadline_ms - elapsed.max(0.0)).max(0.0)
}

/// Omits the body, because it may quote the request, and what was read, because it may be a key.
impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { .. } => formatter.write_str("Started"),
            Self::Answered { action, status, .. } => {
                write!(formatter, "Answered({action}, {status})")
            }
            Self::Failed { action, .. } => write!(formatter, "Failed({action})"),
            Self::Stored { action, reply } => write!(formatter, "Stored({action:?}, {reply:?})"),
            Self::StoreExamined(_) => formatter.write_str("StoreExamined"),
            Self::Read { readings } => write!(formatter, "Read({})", readings.len()),
            Self::Waited { waited_ms } => write!(formatter, "Waited({})", *waited_ms as u64),
        }
    }
}
