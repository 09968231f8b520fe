//! The policy of a send: given what happened so far, what to do next.
//!
//! A message is never sent twice. `SendSms` has no idempotency token, so only what was certainly not
//! sent is tried again: no connection, or a refusal by Tencent that says so and may pass. An attempt
//! whose outcome is unknown ends the send.

use serde::Serialize;

use crate::api::{Refusal, Retry};
use crate::config::{Account, Config, Endpoint};
use crate::error::Error;
use crate::exchange::{CONNECT_TIMEOUT_MS, Clock, Entropy, Event, Failure, Step};
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
    /// The clock's error, for the next send.
    pub clock_offset: f64,
}

/// The next step of a send to which `events` happened so far. Most steps need no `entropy`, and it is
/// the dearest part of those that do: it is drawn when it is needed, once.
pub fn next_step(
    config: &Config,
    message: &Message,
    events: &[Event],
    clock: Clock,
    entropy: &dyn Fn() -> Entropy,
) -> Result<Step<Sent>, Error> {
    Send {
        config,
        message,
        attempts: events
            .iter()
            .filter_map(|event| Attempt::read(event, message, clock))
            .collect(),
        events,
        clock,
        entropy,
    }
    .next_step()
}

/// Where a send to which `events` happened so far goes, or went: each failure turns it to another host.
pub fn access_point(account: &Account, events: &[Event]) -> Endpoint {
    let is_failure = |event: &&Event| matches!(event, Event::Failed { .. });
    let failures = events.iter().filter(is_failure).count();
    account.endpoint.after_failures(failures)
}

/// An event that was an attempt, understood.
struct Attempt {
    sent_at: f64,
    outcome: Outcome,
}

enum Outcome {
    Accepted(Receipt),
    Refused {
        refusal: Refusal,
        /// By the answer's `Date`, where that can be believed.
        clock_offset: Option<f64>,
    },
    Unclear {
        status: u16,
        problem: &'static str,
    },
    Failed(Failure),
}

impl Attempt {
    fn read(event: &Event, message: &Message, clock: Clock) -> Option<Self> {
        match event {
            Event::Answered {
                sent_at,
                received_at,
                status,
                date,
                body,
            } => Some(Self {
                sent_at: *sent_at,
                outcome: match verdict(body, &message.to) {
                    Verdict::Accepted(receipt) => Outcome::Accepted(receipt),
                    Verdict::Refused(refusal) => Outcome::Refused {
                        refusal,
                        clock_offset: date.and_then(|date| clock.offset_by(date, *received_at)),
                    },
                    Verdict::Unclear(problem) => Outcome::Unclear {
                        status: *status,
                        problem,
                    },
                },
            }),
            Event::Failed {
                sent_at,
                failure,
                request_sent,
            } => Some(Self {
                sent_at: *sent_at,
                outcome: Outcome::Failed(Failure::new(failure, *request_sent)),
            }),
            Event::Waited { .. } => None,
        }
    }
}

struct Send<'a> {
    config: &'a Config,
    message: &'a Message,
    events: &'a [Event],
    attempts: Vec<Attempt>,
    clock: Clock,
    entropy: &'a dyn Fn() -> Entropy,
}

impl Send<'_> {
    fn next_step(&self) -> Result<Step<Sent>, Error> {
        match self.attempts.last().map(|attempt| &attempt.outcome) {
            None if !self.config.allows(&self.message.to) => Err(Error::NumberNotAllowed),
            None => self.request(),
            Some(Outcome::Accepted(receipt)) => Ok(Step::Done {
                outcome: Sent {
                    receipt: receipt.clone(),
                    clock_offset: self.clock_offset(),
                },
            }),
            Some(Outcome::Refused { refusal, .. }) => self
                .retry(refusal.retry())
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
                self.retry(retry)
                    .unwrap_or(Err(Error::Unreachable(*failure)))
            }
        }
    }

    /// What leads to another attempt, where there is one to be made.
    fn retry(&self, retry: Retry) -> Option<Result<Step<Sent>, Error>> {
        let attempts = self.attempts.len();
        let wait_ms = match retry {
            Retry::No => return None,
            Retry::AfterDelay if matches!(self.events.last(), Some(Event::Waited { .. })) => 0.0,
            Retry::AfterDelay => {
                let longest = LONGEST_FIRST_WAIT_MS * attempts as f64;
                ((self.entropy)().jitter * longest).ceil()
            }
            // Once: an answer whose date does not help will not help again.
            Retry::WithCorrectedClock => match self.corrections().collect::<Vec<_>>()[..] {
                [Some(_)] => 0.0,
                _ => return None,
            },
        };
        if attempts >= MOST_ATTEMPTS || wait_ms + SHORTEST_ATTEMPT_MS > self.remaining_ms() {
            None
        } else if wait_ms > 0.0 {
            Some(Ok(Step::Wait { ms: wait_ms }))
        } else {
            Some(self.request())
        }
    }

    /// Each attempt is signed afresh, with a trace id of its own.
    fn request(&self) -> Result<Step<Sent>, Error> {
        let choice = self.choice()?;
        let account = self.config.account(self.message.to.route());
        let clock = Clock {
            offset: self.clock_offset(),
            ..self.clock
        };
        let request = send_sms::request(
            account,
            &access_point(account, self.events),
            &self.message.to,
            choice.template_id,
            &template::fill(choice.template, self.message)?,
            clock.timestamp(),
            (self.entropy)().trace_id,
        );
        let timeout_ms = self.remaining_ms();
        Ok(Step::Request {
            request,
            connect_timeout_ms: timeout_ms.min(CONNECT_TIMEOUT_MS),
            timeout_ms,
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

    /// For each refusal because of the clock, the offset that its answer gives, if any.
    fn corrections(&self) -> impl DoubleEndedIterator<Item = Option<f64>> {
        self.attempts
            .iter()
            .filter_map(|attempt| match &attempt.outcome {
                Outcome::Refused {
                    refusal,
                    clock_offset,
                } if refusal.retry() == Retry::WithCorrectedClock => Some(*clock_offset),
                _ => None,
            })
    }

    fn clock_offset(&self) -> f64 {
        let corrected = self.corrections().flatten().next_back();
        corrected.unwrap_or(self.clock.offset)
    }

    fn remaining_ms(&self) -> f64 {
        let deadline_ms = self.config.timeout.as_secs_f64() * 1000.0;
        let started_at = self.attempts.first().map(|first| first.sent_at);
        self.clock.remaining_ms(deadline_ms, started_at)
    }
}
