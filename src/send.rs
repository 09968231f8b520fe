//! The policy of a send: decides on the next step from everything that happened so far.
//!
//! A message is never sent twice. `SendSms` has no idempotency token, so a message is sent again only if
//! something proves that it was not sent: an error before a connection, or a temporary refusal by Tencent
//! that says so. An attempt with an unknown outcome ends the send. An attempt that the host's own HTTP
//! client repeated also ends the send, because nothing proves the outcome of the first request.
//!
//! There is no second attempt after some seconds without a connection. It would rely on missing events on
//! the client's diagnostics channels, and clients omit different events: over HTTP/2, undici 5 and 6 do
//! not publish that a request is sent, and three messages arrived. The loss is small: Node tries every
//! address of a host in turn, a quarter of a second each, before it gives up.

mod error;
mod spending;
mod template;

use serde::Serialize;

use crate::config::Config;
use crate::logto::Message;
use crate::step::{Clock, ClockOffsets, Entropy, Event, Step, remaining_ms};
use crate::tencent::actions::send_sms::{self, Receipt, receipt};
use crate::tencent::{
    Account, ApiError, Endpoint, MAX_ACCESS_POINTS, Refusal, Retry, clock_offset,
};
use crate::text::{Text, id};
use template::Choice;

pub use error::Error;
pub use spending::Spending;
pub use template::{fill, needed_paths};

/// The least remaining time for another attempt.
const SHORTEST_ATTEMPT_MS: f64 = 200.0;

/// The longest wait before the second attempt. Before the third attempt it is twice as long. The actual
/// wait is a random part of it ("full jitter"), so that many sends that failed together do not retry
/// together.
const LONGEST_FIRST_WAIT_MS: f64 = 500.0;

/// The result of a send: Tencent accepted the message.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// The proof of acceptance.
    pub receipt: Receipt,
    /// Warnings for the operator about the accepted message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Text>,
}

/// The memory of a process that sends. A send works without it, too.
#[derive(Debug)]
pub struct Memory {
    /// The known errors of this machine's clock.
    pub offsets: ClockOffsets,
    /// The counts of the limits.
    pub spending: Spending,
}

impl Memory {
    /// Creates the memory of a process that has not sent anything.
    pub const fn none() -> Self {
        Self {
            offsets: ClockOffsets::none(),
            spending: Spending::none(),
        }
    }
}

/// Returns the next step of a send with this history. `now` is this machine's clock in UNIX
/// milliseconds. `memory` is updated from the history: a send takes its places in the limits when it has
/// no other event than its start, and gives them back in its last step if nothing was sent. `entropy` is a function because most steps need no randomness, and because it is the slowest part of
/// the steps that do.
pub fn next_step(
    config: &Config,
    message: &Message,
    events: &[Event],
    now: f64,
    memory: &mut Memory,
    entropy: &dyn Fn() -> Entropy,
) -> Result<Step<Sent>, Error> {
    let Memory { offsets, spending } = memory;
    let account = config.account(message.to.route());
    let attempts = attempts(account, message, events);
    for attempt in &attempts {
        if attempt.is_clock_error() {
            offsets.correct(attempt.endpoint.host(), attempt.clock_offset);
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
    if send.is_at_start() {
        let random = || entropy().trace_id;
        let admitted = spending.admit(config, message, now, &random);
        admitted.map_err(|error| send.described(error))?;
    }
    let mut step = send.next_step().map_err(|error| send.described(error));
    match &mut step {
        Ok(Step::Done { outcome }) => outcome.warnings.extend(spending.line(now)),
        Ok(_) => {}
        Err(error) if error.is_certainly_unsent() => spending.give_back(config, message),
        Err(_) => {}
    }
    step
}

/// Returns the access point that a send with this history uses. After each failure, the send uses another
/// host.
pub fn access_point(account: &Account, events: &[Event]) -> Endpoint {
    let is_failure = |event: &&Event| matches!(event, Event::Failed { .. });
    let failures = events.iter().filter(is_failure).count();
    account.endpoint.after_failures(failures)
}

/// An exchange with the action `SendSms`.
struct Attempt {
    endpoint: Endpoint,
    departures: u64,
    result: Result<Receipt, ApiError>,
    /// The clock's offset, calculated from the answer's date.
    clock_offset: Option<f64>,
}

impl Attempt {
    fn is_clock_error(&self) -> bool {
        matches!(&self.result, Err(error) if error.is_clock_error())
    }
}

fn attempts(account: &Account, message: &Message, events: &[Event]) -> Vec<Attempt> {
    let mut failures = 0;
    let mut attempts = Vec::new();
    for event in events {
        let (Event::Answered { departures, .. } | Event::Failed { departures, .. }) = event else {
            continue;
        };
        let endpoint = account.endpoint.after_failures(failures);
        failures += usize::from(matches!(event, Event::Failed { .. }));
        if event.action() == Some(send_sms::ACTION)
            && let Some(result) = receipt(event, &endpoint, &message.to)
        {
            attempts.push(Attempt {
                endpoint,
                departures: *departures,
                result,
                clock_offset: clock_offset(event),
            });
        }
    }
    attempts
}

struct Send<'a> {
    config: &'a Config,
    account: &'a Account,
    message: &'a Message,
    attempts: Vec<Attempt>,
    events: &'a [Event],
    now: f64,
    offsets: &'a ClockOffsets,
    entropy: &'a dyn Fn() -> Entropy,
}

impl Send<'_> {
    fn next_step(&self) -> Result<Step<Sent>, Error> {
        let Some(last) = self.attempts.last() else {
            return self.request();
        };
        match &last.result {
            Ok(receipt) => Ok(Step::Done {
                outcome: Sent {
                    warnings: receipt
                        .warning()
                        .into_iter()
                        .chain(
                            self.is_repeated()
                                .then(|| Text::new(id::SEND_ACCEPTED_REPEATED)),
                        )
                        .collect(),
                    receipt: receipt.clone(),
                },
            }),
            Err(error) => self
                .retry(error.retry(), last.clock_offset)
                .unwrap_or_else(|| Err(self.failed(error))),
        }
    }

    /// Returns the step that leads to another attempt, or `None` if no attempt is allowed.
    fn retry(&self, retry: Retry, clock_offset: Option<f64>) -> Option<Result<Step<Sent>, Error>> {
        let attempts = self.attempts.len();
        let wait_ms = match retry {
            // The answer may belong to any of the requests.
            _ if self.is_repeated() => return None,
            Retry::No => return None,
            Retry::AfterDelay if matches!(self.events.last(), Some(Event::Waited { .. })) => 0.0,
            Retry::AfterDelay => {
                let longest = LONGEST_FIRST_WAIT_MS * attempts as f64;
                ((self.entropy)().jitter * longest).ceil()
            }
            // The clock is corrected only once, because a second correction would not help if the first
            // one did not.
            Retry::WithCorrectedClock if clock_offset.is_some() && self.is_first_clock_error() => {
                0.0
            }
            Retry::WithCorrectedClock => return None,
        };
        if attempts >= MAX_ACCESS_POINTS || wait_ms + SHORTEST_ATTEMPT_MS > self.remaining_ms() {
            None
        } else if wait_ms > 0.0 {
            Some(Ok(Step::Wait { ms: wait_ms }))
        } else {
            Some(self.request())
        }
    }

    /// Builds the next request. Each attempt has its own signature and its own trace id.
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

    fn failed(&self, error: &ApiError) -> Error {
        let parameter = match error {
            ApiError::Refused(refusal) => Refusal::parameter(refusal),
            _ => None,
        };
        let path = parameter.and_then(|parameter| {
            let choice = self.choice().ok()?;
            let route = self.message.to.route();
            Some(self.config.path_of(parameter, route, choice.template))
        });
        Error::Api {
            error: error.clone(),
            path,
        }
    }

    /// Adds to an error what the history and the number say about it.
    fn described(&self, mut error: Error) -> Error {
        if self.message.to.is_bare() && error.may_depend_on_side() {
            error = Error::BareNumber(Box::new(error));
        }
        match self.is_repeated() {
            true => Error::Repeated(Box::new(error)),
            false => error,
        }
    }

    fn is_at_start(&self) -> bool {
        let is_start = |event| matches!(event, &Event::Started { .. });
        self.events.iter().all(is_start)
    }

    /// Returns true if the host's HTTP client, or a wrapper around `fetch`, began to send a request
    /// again.
    fn is_repeated(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.departures > 1)
    }

    fn is_first_clock_error(&self) -> bool {
        let attempts = self.attempts.iter();
        attempts.filter(|attempt| attempt.is_clock_error()).count() == 1
    }

    fn remaining_ms(&self) -> f64 {
        let deadline_ms = self.config.timeout.as_secs_f64() * 1000.0;
        remaining_ms(deadline_ms, self.events, self.now)
    }
}
