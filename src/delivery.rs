//! The policy of a send: given what happened so far, what to do next.
//!
//! A message is never sent twice. `SendSms` has no idempotency token, so a message is tried again only
//! where something proves that it was not sent: an error that comes before a connection, or a refusal by
//! Tencent that says so and may pass. An attempt whose outcome is unknown ends the send. So does one
//! that the host's own HTTP client repeated, because nothing proves what became of the first time.
//!
//! There is no second try after some seconds without a connection. Its proof would be the silence of
//! the client's diagnostics channels, and clients are silent in different ways: over HTTP/2, undici 5
//! and 6 do not publish that a request leaves, and three messages arrived. What is lost is small: Node
//! tries every address of a host in turn, a quarter of a second each, before it gives up.

use serde::Serialize;

use crate::api::{Refusal, Retry};
use crate::config::{Account, Config, Endpoint};
use crate::error::Error;
use crate::exchange::{Clock, ClockOffsets, Entropy, Event, Failure, Step, believable_offset};
use crate::message::Message;
use crate::send_sms::{self, Receipt, Verdict, verdict};
use crate::template::{self, Choice};

/// As many requests as one send may make.
const MOST_ATTEMPTS: usize = 3;

/// An attempt that has less than this left is not begun.
const SHORTEST_ATTEMPT_MS: f64 = 200.0;

/// Before the second attempt at most this, before the third twice as long; and as chance has it, so
/// that many sends that failed together do not come back together ("full jitter").
const LONGEST_FIRST_WAIT_MS: f64 = 500.0;

/// The end of a send: Tencent accepted the message.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// The proof.
    pub receipt: Receipt,
    /// Lines for the operator about a message that was accepted all the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<&'static str>,
}

const REPEATED: &str = "Tencent accepted the message, but the host's HTTP client, or a wrapper around \
                        fetch, began to send it more than once; see docs/hosts.md";

/// Returns the next step of a send to which `events` happened so far. `now` is this machine's clock, in
/// UNIX milliseconds; `offsets` says how far it is off, and learns from the events. Most steps need no
/// `entropy`, and it is the dearest part of those that do: it is drawn when it is needed, once.
pub fn next_step(
    config: &Config,
    message: &Message,
    events: &[Event],
    now: f64,
    offsets: &mut ClockOffsets,
    entropy: &dyn Fn() -> Entropy,
) -> Result<Step<Sent>, Error> {
    let account = config.account(message.to.route());
    let attempts = attempts(account, message, events);
    for attempt in &attempts {
        if let Outcome::Refused(refusal, offset) = &attempt.outcome
            && refusal.retry() == Retry::WithCorrectedClock
        {
            offsets.correct(attempt.endpoint.host(), *offset);
        }
    }
    let send = Send {
        config,
        account,
        message,
        attempts,
        events,
        now,
        offsets,
        entropy,
    };
    let is_repeated = send.is_repeated();
    send.next_step().map_err(|error| match is_repeated {
        true => Error::Repeated(Box::new(error)),
        false => error,
    })
}

/// Where a send to which `events` happened so far goes, or went: each failure turns it to another host.
pub fn access_point(account: &Account, events: &[Event]) -> Endpoint {
    let is_failure = |event: &&Event| matches!(event, Event::Failed { .. });
    let failures = events.iter().filter(is_failure).count();
    account.endpoint.after_failures(failures)
}

/// An attempt, interpreted.
struct Attempt {
    sent_at: f64,
    endpoint: Endpoint,
    departures: u64,
    outcome: Outcome,
}

enum Outcome {
    Accepted(Receipt),
    /// The refusal, and the clock's offset by the answer's `Date`, where that can be believed.
    Refused(Refusal, Option<f64>),
    Unclear {
        status: u16,
        problem: &'static str,
    },
    Failed(Failure),
}

/// Interprets the events that are attempts.
fn attempts(account: &Account, message: &Message, events: &[Event]) -> Vec<Attempt> {
    let mut failures = 0;
    let mut attempts = Vec::new();
    for event in events {
        let endpoint = account.endpoint.after_failures(failures);
        attempts.push(match event {
            Event::Answered {
                sent_at,
                received_at,
                status,
                date,
                body,
                departures,
            } => Attempt {
                sent_at: *sent_at,
                endpoint,
                departures: *departures,
                outcome: match verdict(body, &message.to) {
                    Verdict::Accepted(receipt) => Outcome::Accepted(receipt),
                    Verdict::Refused(refusal) => {
                        let offset = date.and_then(|date| believable_offset(date, *received_at));
                        Outcome::Refused(refusal, offset)
                    }
                    Verdict::Unclear(problem) => Outcome::Unclear {
                        status: *status,
                        problem,
                    },
                },
            },
            Event::Failed {
                sent_at,
                failure,
                departures,
            } => {
                failures += 1;
                let failure = Failure::new(failure, &endpoint, *departures);
                Attempt {
                    sent_at: *sent_at,
                    endpoint,
                    departures: *departures,
                    outcome: Outcome::Failed(failure),
                }
            }
            Event::Waited { .. } => continue,
        });
    }
    attempts
}

struct Send<'a> {
    config: &'a Config,
    account: &'a Account,
    message: &'a Message,
    events: &'a [Event],
    attempts: Vec<Attempt>,
    now: f64,
    offsets: &'a ClockOffsets,
    entropy: &'a dyn Fn() -> Entropy,
}

impl Send<'_> {
    fn next_step(&self) -> Result<Step<Sent>, Error> {
        match self.attempts.last().map(|attempt| &attempt.outcome) {
            None if !self.config.allows(&self.message.to) => Err(Error::NumberNotAllowed),
            None => self.request(),
            Some(Outcome::Accepted(receipt)) => Ok(Step::Done {
                outcome: Sent {
                    warnings: receipt
                        .warning()
                        .into_iter()
                        .chain(self.is_repeated().then_some(REPEATED))
                        .collect(),
                    receipt: receipt.clone(),
                },
            }),
            Some(Outcome::Refused(refusal, offset)) => self
                .retry(refusal.retry(), *offset)
                .unwrap_or_else(|| Err(self.refused(refusal))),
            Some(Outcome::Unclear { status, problem }) => Err(Error::InvalidResponse {
                status: *status,
                problem,
            }),
            Some(Outcome::Failed(failure)) => {
                let retry = if failure.is_certainly_unsent() {
                    Retry::AfterDelay
                } else {
                    Retry::No
                };
                self.retry(retry, None)
                    .unwrap_or(Err(Error::Unreachable(*failure)))
            }
        }
    }

    /// Returns the step that leads to another attempt, where one may be made.
    fn retry(&self, retry: Retry, offset: Option<f64>) -> Option<Result<Step<Sent>, Error>> {
        let attempts = self.attempts.len();
        let wait_ms = match retry {
            // The answer may belong to either of the requests.
            _ if self.is_repeated() => return None,
            Retry::No => return None,
            Retry::AfterDelay if matches!(self.events.last(), Some(Event::Waited { .. })) => 0.0,
            Retry::AfterDelay => {
                let longest = LONGEST_FIRST_WAIT_MS * attempts as f64;
                ((self.entropy)().jitter * longest).ceil()
            }
            // Once: an answer whose date does not help will not help again.
            Retry::WithCorrectedClock if offset.is_some() && self.refusals_by_clock() == 1 => 0.0,
            Retry::WithCorrectedClock => return None,
        };
        if attempts >= MOST_ATTEMPTS || wait_ms + SHORTEST_ATTEMPT_MS > self.remaining_ms() {
            None
        } else if wait_ms > 0.0 {
            Some(Ok(Step::Wait { ms: wait_ms }))
        } else {
            Some(self.request())
        }
    }

    /// Builds the next request. Each attempt is signed afresh, with a trace id of its own.
    fn request(&self) -> Result<Step<Sent>, Error> {
        let choice = self.choice()?;
        let endpoint = access_point(self.account, self.events);
        let clock = Clock {
            now: self.now,
            offset: self.offsets.of(endpoint.host()),
        };
        let request = send_sms::request(
            self.account,
            &endpoint,
            &self.message.to,
            choice.template_id,
            &template::fill(choice.template, self.message)?,
            clock.timestamp(),
            (self.entropy)().trace_id,
        );
        Ok(Step::Request {
            request,
            timeout_ms: self.remaining_ms(),
        })
    }

    fn choice(&self) -> Result<Choice<'_>, Error> {
        template::choose(
            &self.config.templates,
            self.message,
            self.message.to.route(),
        )
    }

    fn refused(&self, refusal: &Refusal) -> Error {
        let path = refusal.config_key().and_then(|key| {
            let choice = self.choice().ok()?;
            let route = self.message.to.route();
            Some(self.config.path_of(key, route, choice.template))
        });
        Error::Refused {
            refusal: refusal.clone(),
            path,
        }
    }

    /// Whether the host's HTTP client, or a wrapper around `fetch`, began to send a request again.
    fn is_repeated(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.departures > 1)
    }

    fn refusals_by_clock(&self) -> usize {
        let attempts = self.attempts.iter();
        attempts
            .filter(|attempt| match &attempt.outcome {
                Outcome::Refused(refusal, _) => refusal.retry() == Retry::WithCorrectedClock,
                _ => false,
            })
            .count()
    }

    fn remaining_ms(&self) -> f64 {
        let deadline_ms = self.config.timeout.as_secs_f64() * 1000.0;
        let started_at = self.attempts.first().map(|first| first.sent_at);
        let clock = Clock {
            now: self.now,
            offset: 0.0,
        };
        clock.remaining_ms(deadline_ms, started_at)
    }
}
