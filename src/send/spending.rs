//! The limits on the number of messages: takes the places of a message before it is sent.
//!
//! A send takes its places in its first step, so that of many sends at once no more leave than the limits
//! allow, and gives them back if it ends without a message. A retry is part of the same send. The counts
//! are in memory: whoever loses them, by a restart or a trap, loses only limits.
//!
//! With the store `redis`, the first step asks the store that all processes share for the places. If it does
//! not reply, this process counts the message in its own memory.

use crate::address::Address;
use crate::config::{Config, Mode, Store};
use crate::limits::{Counts, Kind, OneAddress, Place, Places, kind_at};
use crate::logto::Message;
use crate::step::{Event, StoreAction, StoreCommand, TraceId};
use crate::text::{Text, id};

use super::Error;

/// The least time between two lines, in milliseconds.
const BETWEEN_LINES_MS: f64 = 60.0 * 1000.0;
/// The least time between two lines about one address, in milliseconds.
const BETWEEN_HINTS_MS: f64 = 24.0 * 60.0 * BETWEEN_LINES_MS;

/// The counts of all limits, and the lines about them that are not yet printed.
#[derive(Debug)]
pub struct Spending {
    counts: Counts,
    one_address: OneAddress,
    /// The time of the last line about one address, in UNIX milliseconds.
    hinted_at: Option<f64>,
    is_hint_due: bool,
    /// The number of messages that each limit would have refused, by the limit's key.
    would_refuse: Vec<(&'static str, u32)>,
    /// The time of the last line, in UNIX milliseconds.
    printed_at: Option<f64>,
}

impl Spending {
    /// Creates a memory without any message.
    pub const fn none() -> Self {
        Self {
            counts: Counts::none(),
            one_address: OneAddress::unknown(),
            hinted_at: None,
            is_hint_due: false,
            would_refuse: Vec::new(),
            printed_at: None,
        }
    }

    /// Takes the places of a message in the first step of its send, or returns the error with which the send
    /// ends. With the store `redis`, returns the command that takes the places. With the mode `monitor`, a
    /// message that would be refused takes no place and is only counted.
    pub fn admit(
        &mut self,
        config: &Config,
        message: &Message,
        events: &[Event],
        now: f64,
        random: &dyn Fn() -> TraceId,
    ) -> Result<Option<StoreCommand>, Error> {
        if config.limits.exempt.contains(&message.to) {
            return Ok(None);
        }
        if let Some(address) = counted_address(config, message)
            && self.one_address.completes_sample(address)
        {
            self.is_hint_due = !is_recent(self.hinted_at, now, BETWEEN_HINTS_MS);
        }
        if !config.destinations.allow(&message.to) {
            self.refuse(config, "allowedCallingCodes", |_| Error::NumberNotAllowed)?;
            return Ok(None);
        }
        match config.limits.store {
            Store::Memory => self.take(config, message, now, random).map(|()| None),
            Store::Redis => Ok(store_command(
                config,
                &places(config, message),
                StoreAction::Take,
                events,
            )),
        }
    }

    /// Decides by the store's reply to the command of [`admit`](Self::admit). Without a valid reply, takes
    /// the places in memory.
    pub fn decide(
        &mut self,
        config: &Config,
        message: &Message,
        reply: Option<&[u64]>,
        now: f64,
        random: &dyn Fn() -> TraceId,
    ) -> Result<(), Error> {
        match Verdict::of(config, message, reply) {
            Verdict::Taken => Ok(()),
            Verdict::Refused(kind) => self.refuse_by(config, kind, now),
            Verdict::Unknown => self.take(config, message, now, random),
        }
    }

    /// Gives back the places of a message that was not sent, in its last step. Returns the command that
    /// gives them back if the store has them. `events` is the history of the send.
    pub fn release(
        &mut self,
        config: &Config,
        message: &Message,
        events: &[Event],
    ) -> Option<StoreCommand> {
        let verdict = events.iter().find_map(|event| match event {
            Event::Stored { reply, .. } => Some(Verdict::of(config, message, reply.as_deref())),
            _ => None,
        });
        match verdict {
            None | Some(Verdict::Unknown) => self.give_back(config, message),
            Some(Verdict::Taken) if !has_given_back(events) => {
                return store_command(
                    config,
                    &places(config, message),
                    StoreAction::GiveBack,
                    events,
                );
            }
            Some(Verdict::Taken | Verdict::Refused(_)) => {}
        }
        None
    }

    fn take(
        &mut self,
        config: &Config,
        message: &Message,
        now: f64,
        random: &dyn Fn() -> TraceId,
    ) -> Result<(), Error> {
        match self.counts.take(&places(config, message), now, random) {
            Ok(()) => Ok(()),
            Err(kind) => self.refuse_by(config, kind, now),
        }
    }

    fn refuse_by(&mut self, config: &Config, kind: Kind, now: f64) -> Result<(), Error> {
        self.refuse(config, kind.key(), |spending| Error::LimitReached {
            limit: kind,
            hint: spending.hint(now),
        })
    }

    fn refuse(
        &mut self,
        config: &Config,
        limit: &'static str,
        error: impl FnOnce(&mut Self) -> Error,
    ) -> Result<(), Error> {
        match config.limits.mode {
            Mode::Enforce => Err(error(self)),
            Mode::Monitor => {
                self.count(limit);
                Ok(())
            }
        }
    }

    /// Gives back the places of a message that was not sent. A message that was sent only because the mode
    /// is `monitor` has none to give back, and gives one too many; the next report is too low by it.
    fn give_back(&mut self, config: &Config, message: &Message) {
        if !config.limits.exempt.contains(&message.to) {
            self.counts.give_back(&places(config, message));
        }
    }

    /// Returns the line that the operator should see, if one is due.
    pub fn line(&mut self, now: f64) -> Option<Text> {
        if is_recent(self.printed_at, now, BETWEEN_LINES_MS) {
            return None;
        }
        let line = self.hint(now).or_else(|| self.report())?;
        self.printed_at = Some(now);
        Some(line)
    }

    /// Returns the sentence about one address, if it is due.
    fn hint(&mut self, now: f64) -> Option<Text> {
        std::mem::take(&mut self.is_hint_due).then(|| {
            self.hinted_at = Some(now);
            Text::new(id::SEND_ONE_ADDRESS).with("count", &OneAddress::SAMPLE)
        })
    }

    /// Returns the report of the mode `monitor`, if there is anything to report.
    fn report(&mut self) -> Option<Text> {
        let counted = std::mem::take(&mut self.would_refuse);
        let limits: Vec<_> = counted
            .iter()
            .map(|(limit, count)| format!("{limit}: {count}"))
            .collect();
        let count: u32 = counted.iter().map(|(_, count)| count).sum();
        (count > 0).then(|| {
            Text::new(id::SEND_WOULD_REFUSE)
                .with("count", &count)
                .with("limits", &limits.join(", "))
        })
    }

    fn count(&mut self, limit: &'static str) {
        match self
            .would_refuse
            .iter_mut()
            .find(|(name, _)| *name == limit)
        {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.would_refuse.push((limit, 1)),
        }
    }
}

/// The meaning of a store's reply.
enum Verdict {
    /// The message has its places.
    Taken,
    /// The limit has no free place.
    Refused(Kind),
    /// The reply is missing or not valid.
    Unknown,
}

impl Verdict {
    fn of(config: &Config, message: &Message, reply: Option<&[u64]>) -> Self {
        match reply {
            Some([0]) => Self::Taken,
            Some([position]) => {
                kind_at(&places(config, message), *position).map_or(Self::Unknown, Self::Refused)
            }
            _ => Self::Unknown,
        }
    }
}

/// Returns true if a send with this history has given its places back to the store. It is over then.
pub(super) fn has_given_back(events: &[Event]) -> bool {
    let action = StoreAction::GiveBack;
    let is_given_back =
        |event: &Event| matches!(event, Event::Stored { action: done, .. } if *done == action);
    events.iter().any(is_given_back)
}

/// Returns the command for the places of a message, or `None` if no limit counts it.
pub(super) fn store_command(
    config: &Config,
    places: &Places<'_>,
    action: StoreAction,
    events: &[Event],
) -> Option<StoreCommand> {
    config.shared_counts(events).command(action, places)
}

/// Returns the places that a message takes.
pub(super) fn places<'a>(config: &'a Config, message: &'a Message) -> Places<'a> {
    let limits = &config.limits;
    let place = |rate, counted| Some(Place { rate, counted });
    let to = &message.to;
    [
        limits
            .per_ip
            .zip(message.address.as_ref())
            .and_then(|(rate, address)| place(rate, address.bytes())),
        limits
            .per_number
            .and_then(|rate| place(rate, to.digits().as_bytes())),
        limits
            .per_range
            .and_then(|rate| place(rate, to.range().as_bytes())),
        limits
            .per_calling_code
            .of(to)
            .and_then(|(code, rate)| place(rate, code.as_bytes())),
        limits.total.and_then(|rate| place(rate, &[])),
    ]
}

fn counted_address(config: &Config, message: &Message) -> Option<Address> {
    config.limits.per_ip.and(message.address)
}

/// Returns true if less than a time has passed since a moment. A clock that was set back ends the time.
fn is_recent(moment: Option<f64>, now: f64, time: f64) -> bool {
    moment.is_some_and(|moment| (0.0..time).contains(&(now - moment)))
}
