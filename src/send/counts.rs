//! The counts of one number in the store that all processes share, for the command line.

use serde::Serialize;

use super::spending::{places, store_command};
use crate::config::{Config, Store};
use crate::limits::{Kind, Place, Places};
use crate::logto::Message;
use crate::step::{Event, Step, StoreAction, StoreCommand};
use crate::text::{Id, Text, id};

/// The counts of a number.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CountsOfNumber {
    /// True if the store replied.
    pub is_known: bool,
    /// A line for each limit, or a line about the reason for which there is none.
    pub lines: Vec<Text>,
}

/// Returns the next step of reading the counts of a message, after those of the limit `reset` are freed.
/// `events` is everything that happened so far.
pub fn counts_of(
    config: &Config,
    message: &Message,
    reset: Option<Kind>,
    events: &[Event],
) -> Step<CountsOfNumber> {
    let places = places(config, message);
    if config.limits.store == Store::Memory {
        return unknown(id::COUNTS_IN_MEMORY);
    }
    let replies: Vec<_> = events.iter().filter_map(reply).collect();
    if replies.iter().any(|(_, reply)| reply.is_none()) {
        return unknown(id::COUNTS_UNKNOWN);
    }
    let looked = replies
        .iter()
        .find(|(action, _)| *action == StoreAction::Look);
    if let Some((_, Some([now, times @ ..]))) = looked {
        let taken = Kind::ALL.into_iter().zip(&places);
        let taken = taken.filter_map(|(kind, place)| Some((kind, place.as_ref()?)));
        return Step::Done {
            outcome: CountsOfNumber {
                is_known: true,
                lines: taken
                    .zip(times)
                    .map(|((kind, place), time)| line(kind, place, time.saturating_sub(*now)))
                    .collect(),
            },
        };
    }
    if let Some(step) = config.step_before_counts(events) {
        return step.map(|never| match never {});
    }
    let command = match reset {
        Some(kind) if replies.is_empty() => reset_command(config, &places, kind, events),
        _ => store_command(config, &places, StoreAction::Look, events),
    };
    match command {
        Some(command) => Step::Store { command },
        None => unknown(id::COUNTS_NONE),
    }
}

fn reply(event: &Event) -> Option<(StoreAction, Option<&[u64]>)> {
    match event {
        Event::Stored { action, reply } => Some((*action, reply.as_deref())),
        _ => None,
    }
}

/// Returns the command that frees the places of one limit, or `None` if it does not count the message.
fn reset_command(
    config: &Config,
    places: &Places<'_>,
    reset: Kind,
    events: &[Event],
) -> Option<StoreCommand> {
    let mut of_kind = *places;
    for (kind, place) in Kind::ALL.iter().zip(&mut of_kind) {
        if *kind != reset {
            *place = None;
        }
    }
    store_command(config, &of_kind, StoreAction::Reset, events)
}

fn line(kind: Kind, place: &Place<'_>, free_in: u64) -> Text {
    Text::new(id::COUNTS_LINE)
        .with("limit", &kind.key())
        .with("rate", &place.rate)
        .with("taken", &place.rate.taken(free_in))
        .with("places", &place.rate.messages())
        .with("seconds", &free_in.div_ceil(1_000_000))
}

fn unknown(reason: Id) -> Step<CountsOfNumber> {
    Step::Done {
        outcome: CountsOfNumber {
            is_known: false,
            lines: vec![Text::new(reason)],
        },
    }
}
