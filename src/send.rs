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

#[cfg(feature = "command-line")]
mod counts;
mod error;
mod spending;
mod template;

use serde::Serialize;

use crate::config::{Config, Issue, Store};
use crate::credentials::{self, Circumstances, Progress, Source, TemporaryKeys};
use crate::logto::Message;
use crate::step::{
    Clock, ClockOffsets, Entropy, Event, Step, StoreAction, remaining_ms, started_at,
};
use crate::tencent::actions::send_sms::{self, Receipt, receipt};
use crate::tencent::{
    Account, ApiError, Endpoint, MAX_ACCESS_POINTS, Parameter, Refusal, Retry, clock_offset,
};
use crate::text::{Text, id};
use template::Choice;

#[cfg(feature = "command-line")]
pub use counts::{CountsOfNumber, counts_of};
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
    /// The temporary API keys.
    pub keys: TemporaryKeys,
    /// The counts of the limits.
    pub spending: Spending,
}

impl Memory {
    /// Creates the memory of a process that has not sent anything.
    pub const fn none() -> Self {
        Self {
            offsets: ClockOffsets::none(),
            keys: TemporaryKeys::none(),
            spending: Spending::none(),
        }
    }
}

/// Returns the next step of a send with this history. `now` is this machine's clock in UNIX milliseconds.
/// `memory` is updated from the history: a send takes its places in the limits when it has no other event than
/// its start, and gives them back in its last step if nothing was sent. `entropy` is a function because most
/// steps need no randomness, and because it is the slowest part of the steps that do.
pub fn next_step(
    config: &Config,
    message: &Message,
    events: &[Event],
    now: f64,
    memory: &mut Memory,
    entropy: &dyn Fn() -> Entropy,
) -> Result<Step<Sent>, Error> {
    let Memory {
        offsets,
        keys,
        spending,
    } = memory;
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
        keys,
        entropy,
    };
    if send.is_at_start() {
        if let Some(step) = config.step_before_counts(events) {
            return Ok(step.map(|never| match never {}));
        }
        let random = || entropy().trace_id;
        let admitted = spending.admit(config, message, events, now, &random);
        if let Some(command) = admitted.map_err(|error| send.described(error))? {
            return Ok(Step::Store { command });
        }
    } else if let Some(Event::Stored {
        action: StoreAction::Take,
        reply,
    }) = events.last()
    {
        let random = || entropy().trace_id;
        let decided = spending.decide(config, message, reply.as_deref(), now, &random);
        decided.map_err(|error| send.described(error))?;
    }
    let mut step = send.next_step().map_err(|error| send.described(error));
    match &mut step {
        Ok(Step::Done { outcome }) => outcome.warnings.extend(spending.line(now)),
        Ok(_) => {}
        Err(error) if error.is_certainly_unsent() => {
            if let Some(command) = spending.release(config, message, events) {
                return Ok(Step::Store { command });
            }
        }
        Err(_) => {}
    }
    step
}

/// Returns the access point that a send with this history uses. After each failure, the send uses another
/// host.
pub fn access_point(account: &Account<Source>, events: &[Event]) -> Endpoint {
    let is_failure = |event: &&Event| is_attempt(event) && matches!(event, Event::Failed { .. });
    let failures = events.iter().filter(is_failure).count();
    account.endpoint.after_failures(failures)
}

fn is_attempt(event: &Event) -> bool {
    event.action() == Some(send_sms::ACTION)
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

fn attempts(account: &Account<Source>, message: &Message, events: &[Event]) -> Vec<Attempt> {
    let mut failures = 0;
    let mut attempts = Vec::new();
    for event in events.iter().filter(|event| is_attempt(event)) {
        let (Event::Answered { departures, .. } | Event::Failed { departures, .. }) = event else {
            continue;
        };
        let endpoint = account.endpoint.after_failures(failures);
        failures += usize::from(matches!(event, Event::Failed { .. }));
        if let Some(result) = receipt(event, &endpoint, &message.to) {
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
    account: &'a Account<Source>,
    message: &'a Message,
    attempts: Vec<Attempt>,
    events: &'a [Event],
    now: f64,
    offsets: &'a ClockOffsets,
    keys: &'a TemporaryKeys,
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
                .or_else(|| self.retry_with_another_key(error))
                .unwrap_or_else(|| Err(self.failed(error))),
        }
    }

    /// Returns the step that leads to another attempt, or `None` if no attempt is allowed.
    fn retry(&self, retry: Retry, clock_offset: Option<f64>) -> Option<Result<Step<Sent>, Error>> {
        let attempts = self.attempts.len();
        let wait_ms = match retry {
            // The answer may belong to any of the requests.
            _ if self.is_repeated() => return None,
            // Another attempt would have no places.
            _ if spending::has_given_back(self.events) => return None,
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
        let params = template::fill(choice.template, self.message)?;
        let events = self.events_since_attempt();
        let key = match self.key(events).map_err(|error| self.without_key(error))? {
            Progress::Key(key) => key,
            Progress::Next(step) => return Ok(step.map(|never| match never {})),
        };
        let endpoint = access_point(self.account, self.events);
        let clock = Clock {
            now: self.now,
            offset: self.offsets.of(endpoint.host()),
        };
        let request = send_sms::request(
            &self.account.with_key(key),
            &endpoint,
            &self.message.to,
            choice.template_id,
            &params,
            clock.timestamp(),
            (self.entropy)().trace_id,
        );
        Ok(Step::Request {
            request,
            timeout_ms: self.remaining_ms(),
            is_shared: false,
        })
    }

    /// Returns the step that leads to an attempt with another API key, after Tencent refused the key, or `None`
    /// if there is no other key. A secret may have been rotated, and a temporary key may have been revoked, since
    /// the key was taken from its source.
    fn retry_with_another_key(&self, error: &ApiError) -> Option<Result<Step<Sent>, Error>> {
        if !error.is_of_key()
            || self.is_repeated()
            || self.attempts.len() >= MAX_ACCESS_POINTS
            || self.remaining_ms() < SHORTEST_ATTEMPT_MS
        {
            return None;
        }
        match &self.account.credentials {
            Source::Config(_) => return None,
            Source::Temporary(source) => {
                let refusals = self
                    .attempts
                    .iter()
                    .filter(|attempt| matches!(&attempt.result, Err(error) if error.is_of_key()));
                // The service has no other key than its newest one.
                if refusals.count() > 1 {
                    return None;
                }
                let started_at = started_at(self.events, self.now);
                self.keys.end_older(source, started_at);
            }
            Source::References(_) => {
                let (before, _) = self.events.split_at_checked(self.last_attempt()?)?;
                if let Progress::Key(key) = self.key(self.events_since_attempt()).ok()?
                    && matches!(self.key(before), Ok(Progress::Key(refused)) if refused == key)
                {
                    return None;
                }
            }
        }
        // If there is no other key, the refusal is the error that matters.
        self.request().ok().map(Ok)
    }

    /// Returns the API key, or the step that leads to it. `events` is everything that happened since the last
    /// attempt.
    fn key(&self, events: &[Event]) -> Result<Progress, credentials::Error> {
        let circumstances = Circumstances {
            now: self.now,
            // The rest is for the message.
            remaining_ms: (self.remaining_ms() - SHORTEST_ATTEMPT_MS).max(0.0),
            keys: self.keys,
            trace_id: &|| (self.entropy)().trace_id,
        };
        self.account.credentials.key(events, circumstances)
    }

    fn last_attempt(&self) -> Option<usize> {
        self.events.iter().rposition(is_attempt)
    }

    fn events_since_attempt(&self) -> &[Event] {
        let begin = self.last_attempt().map_or(0, |index| index + 1);
        self.events.get(begin..).unwrap_or_default()
    }

    fn without_key(&self, error: credentials::Error) -> Error {
        let route = self.message.to.route();
        match error {
            credentials::Error::Reference { part, problem } => Error::InvalidConfig(vec![Issue {
                path: self.config.path_of_account(part, route),
                message: problem,
            }]),
            credentials::Error::Temporary { cause, reason } => Error::NoKey {
                cause,
                reason,
                path: self.config.path_of_account(Parameter::SecretId, route),
            },
        }
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

    /// Returns true if the places are not taken yet. The SecretKey may be read before.
    fn is_at_start(&self) -> bool {
        let is_before = |event: &Event| match event {
            Event::Started { .. } => true,
            Event::Read { .. } => self.config.limits.store == Store::Redis,
            _ => false,
        };
        self.events.len() <= 2 && self.events.iter().all(is_before)
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
