//! Calls of Tencent's API, one after the other, without waiting for an answer.
//!
//! An examination reads like a script: call, judge, call. It is run from its beginning each time. Calls
//! that were answered take their answers from the history, and the first one that was not ends the run
//! with the [`Step`] that makes it.

use crate::step::{Clock, Entropy, Event, Step};
use crate::tc3::Credentials;
use crate::tencent::actions::{Call, Entry};
use crate::tencent::{Account, ApiError, Endpoint, clock_offset};

use super::Report;
use crate::text::{Text, id};

/// The time for one call: Tencent answers in tenths of a second, and a person is waiting.
const TIMEOUT_MS: f64 = 8000.0;

/// The calls of one run, and their answers.
pub(super) struct Replay<'a> {
    /// The history that is not used yet.
    events: Box<dyn Iterator<Item = &'a Event> + 'a>,
    clock: Clock,
    /// The offset of this machine's clock, in milliseconds, by the first answer with a date.
    pub(super) measured_offset: Option<f64>,
    entropy: &'a dyn Fn() -> Entropy,
    /// The calls of this run, by whom they were made, and their replies.
    answered: Vec<(Credentials, String, Reply)>,
}

/// The end of a run: the step before the next one.
pub(super) struct Unanswered(pub(super) Box<Step<Report>>);

/// The result of a call.
pub(super) type Reply = Result<Vec<Entry>, NoAnswer>;

/// A call without a result.
#[derive(Clone)]
pub(super) struct NoAnswer {
    pub(super) action: &'static str,
    pub(super) error: ApiError,
}

impl NoAnswer {
    /// Returns the reason why something cannot be checked.
    pub(super) fn reason(&self) -> Text {
        match &self.error {
            ApiError::Refused(refusal) => Text::new(id::UNKNOWN_REFUSED)
                .with("action", &self.action)
                .with("code", &refusal.tencent_code()),
            ApiError::Unclear { status, problem } => Text::new(id::UNKNOWN_UNCLEAR)
                .with("action", &self.action)
                .with("status", &status)
                .with_text("problem", Text::new(*problem)),
            ApiError::Failed(failure) => failure.cause(),
        }
    }
}

impl<'a> Replay<'a> {
    pub(super) fn new(events: &'a [Event], clock: Clock, entropy: &'a dyn Fn() -> Entropy) -> Self {
        let is_start = |event: &&Event| matches!(event, Event::Started { .. });
        Self {
            events: Box::new(events.iter().filter(move |event| !is_start(event))),
            clock,
            measured_offset: None,
            entropy,
            answered: Vec::new(),
        }
    }

    /// Makes a call, unless the account made the same one at the same endpoint before.
    pub(super) fn ask(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        call: Call,
    ) -> Result<Reply, Unanswered> {
        let Account {
            credentials,
            region,
            ..
        } = account;
        let asked = format!("{region} {} {call}", endpoint.url());
        let mut answered = self.answered.iter();
        if let Some((_, _, reply)) =
            answered.find(|(by, known, _)| by == credentials && *known == asked)
        {
            return Ok(reply.clone());
        }
        let reply = self.ask_anew(account, endpoint, call)?;
        self.answered
            .push((credentials.clone(), asked, reply.clone()));
        Ok(reply)
    }

    /// Makes a call, whatever was answered before; once more with the right time, where Tencent refuses
    /// because of the clock.
    pub(super) fn ask_anew(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        call: Call,
    ) -> Result<Reply, Unanswered> {
        let mut is_corrected = false;
        loop {
            let Some(event) = self.events.next() else {
                let trace_id = (self.entropy)().trace_id;
                let timestamp = self.clock.timestamp();
                return Err(Unanswered(Box::new(Step::Request {
                    request: call.request(account, endpoint, timestamp, trace_id),
                    timeout_ms: TIMEOUT_MS,
                })));
            };
            let Some(result) = call.read(event, endpoint) else {
                // A wait, which is no answer.
                continue;
            };
            if matches!(result, Ok(_) | Err(ApiError::Refused(_))) {
                self.measured_offset = self.measured_offset.or(event.clock_offset());
            }
            let error = match result {
                Ok(entries) => return Ok(Ok(entries)),
                Err(error) => error,
            };
            match clock_offset(event) {
                Some(offset) if error.is_clock_error() && !is_corrected => {
                    is_corrected = true;
                    self.clock.offset = offset;
                }
                _ => {
                    let action = call.action;
                    return Ok(Err(NoAnswer { action, error }));
                }
            }
        }
    }

    /// Lets time pass.
    pub(super) fn wait(&mut self, ms: f64) -> Result<(), Unanswered> {
        match self.events.next() {
            Some(_) => Ok(()),
            None => Err(Unanswered(Box::new(Step::Wait { ms }))),
        }
    }

    /// Returns Tencent's time.
    pub(super) const fn clock(&self) -> Clock {
        self.clock
    }
}
