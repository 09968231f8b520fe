//! How many messages went out: `usage` in what Logto's API says of a connector. Its Console shows that of
//! hosted e-mail only.
//!
//! Tencent counts the whole application, not Logto's share of it.

use std::fmt::Write;

use serde::Serialize;

use crate::config::Config;
use crate::step::{Clock, ClockOffsets, Entropy, Event, Step, remaining_ms, started_at};
use crate::tc3::{Sha256Digest, Timestamp};
use crate::tencent::Account;
use crate::tencent::actions::{Call, Hour, Statistics, send_status_statistics};

/// Logto waits three seconds for the count, and does without it then.
const DEADLINE_MS: f64 = 2500.0;

/// The longest span of one question. Documented for `CallbackStatusStatistics`; that it holds for
/// `SendStatusStatistics` too is inferred.
const LONGEST_SPAN_SECONDS: u64 = 32 * 24 * HOUR_SECONDS;
const HOUR_SECONDS: u64 = 60 * 60;

/// As many as Tencent answers in a second.
const MOST_CALLS_A_SECOND: usize = 10;
const PAUSE_MS: f64 = 1000.0;

/// The end of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// How many messages Tencent accepted. `None` where it did not say so in time: Logto shows no number
    /// then, and asks for no reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// The end of a count that came to nothing.
pub const NOT_KNOWN: Step<Usage> = Step::Done {
    outcome: Usage { count: None },
};

/// The next step of counting the messages since `since` (UNIX milliseconds), or of the last 32 days, which
/// one question answers; `events` happened so far. `now` is this machine's clock, in UNIX milliseconds,
/// and `offsets` says what sending learnt of its error.
pub fn next_step(
    config: &Config,
    since: Option<f64>,
    events: &[Event],
    now: f64,
    offsets: &ClockOffsets,
    entropy: &dyn Fn() -> Entropy,
) -> Step<Usage> {
    let clock_of = |account: &Account| Clock {
        now,
        offset: offsets.of(account.endpoint.host()),
    };
    let clock = clock_of(&config.mainland);
    // The end of the span stays the same when an hour begins meanwhile.
    let until = Timestamp::from_millis(started_at(events, now) + clock.offset);
    // A connector that is newer than Tencent's clock has sent nothing yet.
    let since = since.map_or_else(|| a_span_before(until), Timestamp::from_millis);
    let since = since.min(until);
    let mut calls = accounts(config)
        .flat_map(|account| {
            spans(since, until).map(move |(begin, end)| {
                let call = send_status_statistics(&account.sdk_app_id, begin, end);
                (account, call)
            })
        })
        .peekable();

    let mut count: u64 = 0;
    for event in events {
        match event {
            Event::Answered { .. } => {
                if let Some((account, call)) = calls.next() {
                    match counted(&call, event, account) {
                        Some(more) => count = count.saturating_add(more),
                        None => return NOT_KNOWN,
                    }
                }
            }
            Event::Failed { .. } => return NOT_KNOWN,
            Event::Started { .. } | Event::Waited { .. } => {}
        }
    }
    if calls.peek().is_none() {
        return Step::Done {
            outcome: Usage { count: Some(count) },
        };
    }
    let is_pause_due = matches!(events.last(), Some(Event::Answered { .. }));
    let timeout_ms = remaining_ms(DEADLINE_MS, events, now);
    if timeout_ms <= if is_pause_due { PAUSE_MS } else { 0.0 } {
        return NOT_KNOWN;
    }
    if is_pause_due {
        return Step::Wait { ms: PAUSE_MS };
    }
    Step::Requests {
        requests: calls
            .take(MOST_CALLS_A_SECOND)
            .map(|(account, call)| {
                let (timestamp, trace_id) = (clock_of(account).timestamp(), entropy().trace_id);
                call.request(account, &account.endpoint, timestamp, trace_id)
            })
            .collect(),
        timeout_ms,
    }
}

/// Names what is counted, for a cache: the same for configs that count the same. Holds no secret.
pub fn subject(config: &Config) -> String {
    let mut subject = String::new();
    for account in accounts(config) {
        let Account {
            credentials,
            sdk_app_id,
            endpoint,
            ..
        } = account;
        // Writing to a text cannot fail.
        writeln!(
            subject,
            "{} {sdk_app_id} {}",
            credentials.secret_id,
            endpoint.url()
        )
        .unwrap_or_default();
    }
    Sha256Digest::of(subject.as_bytes()).to_string()
}

/// Each application once: both sides have their own, or share one.
fn accounts(config: &Config) -> impl Iterator<Item = &Account> {
    let Config {
        mainland, overseas, ..
    } = config;
    let is_another = overseas.sdk_app_id != mainland.sdk_app_id;
    [mainland].into_iter().chain(is_another.then_some(overseas))
}

/// Where the longest span begins that ends with the hour of `until`.
fn a_span_before(until: Timestamp) -> Timestamp {
    let seconds = until.seconds();
    Timestamp::from_seconds(seconds.saturating_sub(LONGEST_SPAN_SECONDS - HOUR_SECONDS))
}

/// The spans that make up the time from `since` to `until`. Both hours of a span count [inferred: they
/// may be the same], so none shares one with the next.
fn spans(since: Timestamp, until: Timestamp) -> impl Iterator<Item = (Hour, Hour)> {
    let since = since.seconds() / HOUR_SECONDS * HOUR_SECONDS;
    let until = until.seconds();
    let steps = usize::try_from(LONGEST_SPAN_SECONDS).unwrap_or(usize::MAX);
    (since..=until).step_by(steps).map(move |begin| {
        let last = (begin + LONGEST_SPAN_SECONDS - HOUR_SECONDS).min(until);
        let hour = |seconds| Hour::of(Timestamp::from_seconds(seconds));
        (hour(begin), hour(last))
    })
}

/// Returns the count in an answer; `None` where there is none.
fn counted(call: &Call, event: &Event, account: &Account) -> Option<u64> {
    let entries = call.read(event, &account.endpoint)?.ok()?;
    Statistics(entries.first()?).accepted()
}
