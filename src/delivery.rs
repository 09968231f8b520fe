//! The policy of a send: given what became of the attempts so far, what to do next.
//!
//! A message is never sent twice. `SendSms` has no idempotency token, so an attempt whose outcome is
//! unknown ends the send.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::error::Error;
use crate::message::Message;
use crate::send_sms::{HttpRequest, Receipt, TraceId, http_request, interpret};
use crate::tc3::Timestamp;
use crate::template;

/// What became of one attempt.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum Attempt {
    /// An HTTP answer came.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body's text.
        body: String,
    },
    /// None came.
    Failed {
        /// What the HTTP client calls it, such as `ECONNREFUSED`.
        failure: String,
    },
}

/// The body may quote the request: not shown.
impl fmt::Debug for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered { status, .. } => write!(formatter, "Answered({status})"),
            Self::Failed { failure } => write!(formatter, "Failed({})", Failure::new(failure)),
        }
    }
}

/// What to do next.
#[derive(Clone, Debug, Serialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Step {
    /// Send this, wait for the answer no longer than `timeout_ms`, and ask again.
    Request {
        /// What to send.
        request: HttpRequest,
        /// For the whole attempt, the answer's body included.
        timeout_ms: u64,
    },
    /// Done: Tencent accepted the message.
    Sent {
        /// The proof.
        receipt: Receipt,
    },
}

/// The next step of a send. `now` is UNIX time in milliseconds.
pub fn next_step(
    config: &Config,
    message: &Message,
    attempts: &[Attempt],
    now: f64,
    trace_id: TraceId,
) -> Result<Step, Error> {
    match attempts.last() {
        None => {
            if !config.allows(&message.to) {
                return Err(Error::NumberNotAllowed);
            }
            let route = message.to.route();
            let choice = template::choose(&config.templates, message, route)?;
            let request = http_request(
                config.account(route),
                &message.to,
                choice.template_id,
                &template::fill(choice.template, message)?,
                Timestamp::from_millis(now),
                trace_id,
            );
            let timeout_ms = config.timeout.as_millis().try_into().unwrap_or(u64::MAX);
            Ok(Step::Request {
                request,
                timeout_ms,
            })
        }
        Some(Attempt::Answered { status, body }) => {
            interpret(*status, body, &message.to).map(|receipt| Step::Sent { receipt })
        }
        Some(Attempt::Failed { failure }) => Err(Error::Unreachable(Failure::new(failure))),
    }
}

/// Why no answer came. Displays as a line for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing listens there.
    ConnectionRefused,
    /// The name has no address.
    NameNotFound,
    /// No connection in time.
    ConnectTimeout,
    /// No answer in time. It is not known whether the message was sent.
    Timeout,
    /// The connection broke. It is not known whether the message was sent.
    ConnectionLost,
    /// Anything else. It is not known whether the message was sent.
    Other,
}

impl Failure {
    /// From the code of Node's or undici's error, or the name of an error without one.
    ///
    /// The codes are Node's (`errno`, `dns`) and undici's (`UND_ERR_*`), as its `fetch` puts them
    /// into `error.cause`; `TimeoutError` is the name that `AbortSignal.timeout` rejects with.
    pub fn new(code: &str) -> Self {
        match code {
            "ECONNREFUSED" => Self::ConnectionRefused,
            "ENOTFOUND" | "EAI_AGAIN" => Self::NameNotFound,
            "UND_ERR_CONNECT_TIMEOUT" | "ETIMEDOUT" => Self::ConnectTimeout,
            "TimeoutError" | "UND_ERR_HEADERS_TIMEOUT" | "UND_ERR_BODY_TIMEOUT" => Self::Timeout,
            "ECONNRESET" | "EPIPE" | "UND_ERR_SOCKET" => Self::ConnectionLost,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ConnectionRefused => {
                "Tencent's API refused the connection; check endpoint and the server's firewall"
            }
            Self::NameNotFound => {
                "The API's host name has no address; check endpoint and the server's DNS"
            }
            Self::ConnectTimeout => {
                "No connection to Tencent's API in time; check the server's firewall and proxy"
            }
            Self::Timeout => {
                "No answer from Tencent's API in time; the message may or may not have been sent"
            }
            Self::ConnectionLost => {
                "The connection to Tencent's API broke; the message may or may not have been sent"
            }
            Self::Other => {
                "The request to Tencent's API failed; the message may or may not have been sent"
            }
        })
    }
}
