//! Calls of Tencent's API in sequence, without waiting for an answer.
//!
//! An examination is written like a script: call, judge, call. Each time, it runs again from its
//! beginning. Calls that were answered take their answers from the history. The first call without an
//! answer ends the run with the [`Step`] that makes this call.

use std::rc::Rc;

use crate::credentials::{Circumstances, Error, Progress, Source, TemporaryKeys, is_of_key};
use crate::step::{Clock, Entropy, Event, Step, StoreCommand, StoreExamination};
use crate::tc3::Credentials;
use crate::tencent::actions::{Call, Entry};
use crate::tencent::{Account, ApiError, Endpoint, clock_offset};

use super::Report;
use crate::text::{Text, id};

/// The time for one call. Tencent answers in tenths of a second, and a person is waiting.
const TIMEOUT_MS: f64 = 8000.0;

/// The calls of one run, and their answers.
pub(super) struct Replay<'a> {
    /// All events.
    history: &'a [Event],
    /// The events that are not used yet.
    events: Box<dyn Iterator<Item = &'a Event> + 'a>,
    clock: Clock,
    /// The offset of this machine's clock in milliseconds, calculated from the first answer with a date.
    pub(super) measured_offset: Option<f64>,
    entropy: &'a dyn Fn() -> Entropy,
    /// The replies of this run, by the key that signed the call and by the call.
    replies: Vec<(Rc<Credentials>, String, Reply)>,
}

/// The end of a run whose next event has not happened yet: the step that leads to this event.
pub(super) struct Pending(pub(super) Box<Step<Report>>);

/// The result of a call.
pub(super) type Reply = Result<Vec<Entry>, FailedCall>;

/// A call without a result.
#[derive(Clone)]
pub(super) struct FailedCall {
    pub(super) action: &'static str,
    pub(super) error: ApiError,
}

impl FailedCall {
    /// Returns true if Tencent refused the call because the account is a personal one.
    pub(super) fn is_about_personal_account(&self) -> bool {
        let ApiError::Refused(refusal) = &self.error else {
            return false;
        };
        refusal
            .tencent_code()
            .ends_with("NotEnterpriseCertification")
    }

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
        let is_other = |event: &&Event| matches!(event, Event::Started { .. }) || is_of_key(event);
        Self {
            history: events,
            events: Box::new(events.iter().filter(move |event| !is_other(event))),
            clock,
            measured_offset: None,
            entropy,
            replies: Vec::new(),
        }
    }

    /// Makes a call, or returns the earlier reply if the same account made the same call to the same
    /// endpoint before.
    pub(super) fn call(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        call: Call,
    ) -> Result<Reply, Pending> {
        let Account {
            credentials,
            region,
            ..
        } = account;
        let key = format!("{region} {} {call}", endpoint.url());
        let mut replies = self.replies.iter();
        if let Some((_, _, reply)) =
            replies.find(|(by, known, _)| by == credentials && *known == key)
        {
            return Ok(reply.clone());
        }
        let reply = self.call_uncached(account, endpoint, call)?;
        self.replies
            .push((Rc::clone(credentials), key, reply.clone()));
        Ok(reply)
    }

    /// Makes a call at the account's endpoint. If it does not answer, tries the other access points, like a
    /// send. Returns the last endpoint that was tried.
    pub(super) fn call_any_access_point(
        &mut self,
        account: &Account,
        call: impl Fn() -> Call,
    ) -> Result<(Endpoint, Reply), Pending> {
        let mut endpoint = account.endpoint.clone();
        let mut failures = 0;
        loop {
            let reply = self.call(account, &endpoint, call())?;
            failures += 1;
            let next = account.endpoint.after_failures(failures);
            // After the last access point comes the first one again.
            let is_last = next == account.endpoint;
            match reply {
                Err(FailedCall {
                    error: ApiError::Failed(_),
                    ..
                }) if !is_last => endpoint = next,
                reply => return Ok((endpoint, reply)),
            }
        }
    }

    /// Makes a call, even if the same call was answered before. If Tencent refuses because of the clock,
    /// makes the call once more with the corrected time.
    pub(super) fn call_uncached(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        call: Call,
    ) -> Result<Reply, Pending> {
        let mut is_corrected = false;
        loop {
            let Some(event) = self.events.next() else {
                let trace_id = (self.entropy)().trace_id;
                let timestamp = self.clock.timestamp();
                return Err(Pending(Box::new(Step::Request {
                    request: call.request(account, endpoint, timestamp, trace_id),
                    timeout_ms: TIMEOUT_MS,
                    is_shared: false,
                })));
            };
            let Some(result) = call.read(event, endpoint) else {
                // A wait has no result.
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
                    return Ok(Err(FailedCall { action, error }));
                }
            }
        }
    }

    /// Examines the store with a command that tries it.
    pub(super) fn examine_store(
        &mut self,
        command: StoreCommand,
    ) -> Result<&'a StoreExamination, Pending> {
        for event in &mut self.events {
            if let Event::StoreExamined(examination) = event {
                return Ok(examination);
            }
        }
        Err(Pending(Box::new(Step::ExamineStore { command })))
    }

    /// Waits for `ms` milliseconds.
    pub(super) fn wait(&mut self, ms: f64) -> Result<(), Pending> {
        match self.events.next() {
            Some(_) => Ok(()),
            None => Err(Pending(Box::new(Step::Wait { ms }))),
        }
    }

    /// Takes an API key from its source.
    pub(super) fn key(&self, source: &Source) -> Result<Result<Rc<Credentials>, Error>, Pending> {
        let circumstances = Circumstances {
            now: self.clock.now,
            remaining_ms: TIMEOUT_MS,
            // Each run begins without a key, so that it uses the same events as the run before.
            keys: &TemporaryKeys::none(),
            trace_id: &|| (self.entropy)().trace_id,
        };
        match source.key(self.history, circumstances) {
            Ok(Progress::Key(key)) => Ok(Ok(key)),
            Ok(Progress::Next(step)) => Err(Pending(Box::new(step.map(|_| Report::default())))),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Returns the clock, with its measured offset from Tencent's time.
    pub(super) const fn clock(&self) -> Clock {
        self.clock
    }
}
