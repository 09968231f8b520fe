//! Asking Tencent one question after the other, without waiting for an answer.
//!
//! An examination reads like a script: ask, judge, ask. It is run from its beginning each time; the
//! questions that were answered before take their answers from the events, and the first one that was
//! not ends the run with the [`Step`] that gets its answer.

use std::{fmt, slice};

use crate::api::{Answer, OTHER_SHAPE, Refusal, Retry, interpret};
use crate::config::{Account, Endpoint};
use crate::exchange::{Clock, Entropy, Event, Failure, Step, believable_offset};
use crate::queries::{Entry, Question};
use crate::tc3::Credentials;

use super::Report;

/// How long a question may take: Tencent answers in tenths of a second, and a person is waiting.
const TIMEOUT_MS: f64 = 8000.0;

/// What is asked, and what was answered.
pub(super) struct Interview<'a> {
    events: slice::Iter<'a, Event>,
    clock: Clock,
    /// What the clock is off, in milliseconds, by the first answer with a date.
    pub(super) measured_offset: Option<f64>,
    entropy: &'a dyn Fn() -> Entropy,
    /// What was asked already, and by whom; and what came of it.
    answered: Vec<(Credentials, String, Reply)>,
}

/// The end of a run: what to do before the next one.
pub(super) struct Unanswered(pub(super) Box<Step<Report>>);

/// What came of a question.
pub(super) type Reply = Result<Vec<Entry>, NoAnswer>;

/// A question without an answer. Displays as the reason why something cannot be checked.
#[derive(Clone)]
pub(super) struct NoAnswer {
    /// What was asked.
    pub(super) action: &'static str,
    pub(super) cause: Cause,
}

#[derive(Clone)]
pub(super) enum Cause {
    Refused(Refusal),
    /// Something answered, but not in Tencent's shape.
    Unclear {
        status: u16,
        problem: &'static str,
    },
    Failed(Failure),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, cause } = self;
        match cause {
            Cause::Refused(refusal) => {
                let code = refusal.tencent_code();
                write!(formatter, "Tencent answered {action} with {code}")
            }
            Cause::Unclear { status, problem } => {
                write!(
                    formatter,
                    "the answer to {action} (HTTP status {status}) {problem}"
                )
            }
            Cause::Failed(failure) => formatter.write_str(&failure.cause()),
        }
    }
}

impl<'a> Interview<'a> {
    pub(super) fn new(events: &'a [Event], clock: Clock, entropy: &'a dyn Fn() -> Entropy) -> Self {
        Self {
            events: events.iter(),
            clock,
            measured_offset: None,
            entropy,
            answered: Vec::new(),
        }
    }

    /// Asks `account` at `endpoint`, unless the same was asked before.
    pub(super) fn ask(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        question: Question,
    ) -> Result<Reply, Unanswered> {
        let Account {
            credentials,
            region,
            ..
        } = account;
        let asked = format!("{region} {} {question}", endpoint.url());
        let mut answered = self.answered.iter();
        if let Some((_, _, reply)) =
            answered.find(|(by, known, _)| by == credentials && *known == asked)
        {
            return Ok(reply.clone());
        }
        let reply = self.ask_anew(account, endpoint, question)?;
        self.answered
            .push((credentials.clone(), asked, reply.clone()));
        Ok(reply)
    }

    /// Asks, whatever was answered before. Where the clock is in the way, asks again with the right time.
    pub(super) fn ask_anew(
        &mut self,
        account: &Account,
        endpoint: &Endpoint,
        question: Question,
    ) -> Result<Reply, Unanswered> {
        let action = question.action;
        let no_answer = |cause| Ok(Err(NoAnswer { action, cause }));
        let mut is_corrected = false;
        loop {
            let Some(event) = self.events.next() else {
                let trace_id = (self.entropy)().trace_id;
                let timestamp = self.clock.timestamp();
                return Err(Unanswered(Box::new(Step::Request {
                    request: question.request(account, endpoint, timestamp, trace_id),
                    timeout_ms: TIMEOUT_MS,
                })));
            };
            let (received_at, status, date, body) = match event {
                Event::Answered {
                    received_at,
                    status,
                    date,
                    body,
                    ..
                } => (*received_at, *status, *date, body),
                Event::Failed {
                    failure,
                    departures,
                    ..
                } => {
                    let failure = Failure::new(failure, endpoint, *departures);
                    return no_answer(Cause::Failed(failure));
                }
                // Not asked for here, so it cannot be; it is no answer in any case.
                Event::Waited { .. } => continue,
            };
            let answer = interpret(body);
            if let (Some(date), false) = (date, matches!(answer, Answer::Unclear(_))) {
                self.measured_offset = self.measured_offset.or(Some(date - received_at));
            }
            let refusal = match answer {
                Answer::Result(response, _) => {
                    let problem = OTHER_SHAPE;
                    return match question.read(response) {
                        Some(entries) => Ok(Ok(entries)),
                        None => no_answer(Cause::Unclear { status, problem }),
                    };
                }
                Answer::Unclear(problem) => return no_answer(Cause::Unclear { status, problem }),
                Answer::Refused(refusal) => refusal,
            };
            let offset = date.and_then(|date| believable_offset(date, received_at));
            match offset {
                Some(offset) if refusal.retry() == Retry::WithCorrectedClock && !is_corrected => {
                    is_corrected = true;
                    self.clock.offset = offset;
                }
                _ => return no_answer(Cause::Refused(refusal)),
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

    /// What the time is at Tencent's.
    pub(super) const fn clock(&self) -> Clock {
        self.clock
    }
}
