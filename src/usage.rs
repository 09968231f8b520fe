//! The number of sent messages: `usage` in the connectors of Logto's API. Logto's Console shows it only
//! for Logto's hosted e-mail connector.
//!
//! Tencent counts all messages of the application, including those that Logto did not send.

use std::fmt::Write;

use serde::Serialize;

use crate::config::Config;
use crate::credentials::{Circumstances, Progress, Source, TemporaryKeys, is_of_key};
use crate::step::{Clock, ClockOffsets, Entropy, Event, Step, remaining_ms, started_at};
use crate::tc3::{Sha256Digest, Timestamp};
use crate::tencent::Account;
use crate::tencent::actions::{Call, Hour, Statistics, send_status_statistics};

/// The time for a count. Logto waits three seconds for it, and then continues without it.
const DEADLINE_MS: f64 = 2500.0;

/// The longest span of one call. The limit is documented for `CallbackStatusStatistics`, and inferred
/// for `SendStatusStatistics`.
const LONGEST_SPAN_SECONDS: u64 = 32 * 24 * HOUR_SECONDS;
const HOUR_SECONDS: u64 = 60 * 60;

/// Tencent's limit of calls per second.
const MAX_CALLS_PER_SECOND: usize = 10;
const PAUSE_MS: f64 = 1000.0;

/// The result of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// The number of messages that Tencent accepted, or `None` if the count failed or took too long.
    /// Logto shows no number then, and has no use for a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// The last step of a count without a result.
pub const UNKNOWN: Step<Usage> = Step::Done {
    outcome: Usage { count: None },
};

/// Returns the next step of counting the messages since `since` (UNIX milliseconds). Without `since`,
/// the span is the last 32 days, because one call covers them. `events` is everything that happened so
/// far. `now` is this machine's clock in UNIX milliseconds, `offsets` contains the errors of this clock that sends
/// found, and `keys` the temporary API keys.
pub fn next_step(
    config: &Config,
    since: Option<f64>,
    events: &[Event],
    now: f64,
    offsets: &ClockOffsets,
    keys: &TemporaryKeys,
    entropy: &dyn Fn() -> Entropy,
) -> Step<Usage> {
    let clock_of = |account: &Account<Source>| Clock {
        now,
        offset: offsets.of(account.endpoint.host()),
    };
    let clock = clock_of(&config.mainland);
    // The end of the span comes from the start of the task, so that it stays the same when a new hour
    // begins during the count.
    let until = Timestamp::from_millis(started_at(events, now) + clock.offset);
    // `since` can be later than Tencent's time if the clocks differ.
    let since = since.map_or_else(|| start_of_span(until), Timestamp::from_millis);
    let since = since.min(until);
    let timeout_ms = remaining_ms(DEADLINE_MS, events, now);
    let mut signed = Vec::new();
    for account in accounts(config) {
        let circumstances = Circumstances {
            now,
            remaining_ms: timeout_ms,
            keys,
            trace_id: &|| entropy().trace_id,
        };
        match account.credentials.key(events, circumstances) {
            Ok(Progress::Key(key)) => signed.push((account.with_key(key), clock_of(account))),
            Ok(Progress::Next(step)) => return step.map(|never| match never {}),
            Err(_) => return UNKNOWN,
        }
    }
    let mut calls = signed
        .iter()
        .flat_map(|(account, clock)| {
            spans(since, until).map(move |(begin, end)| {
                let call = send_status_statistics(&account.sdk_app_id, begin, end);
                (account, clock, call)
            })
        })
        .peekable();
    let events: Vec<_> = events.iter().filter(|event| !is_of_key(event)).collect();

    let mut count: u64 = 0;
    for event in &events {
        match event {
            Event::Answered { .. } => {
                if let Some((account, _, call)) = calls.next() {
                    match counted(&call, event, account) {
                        Some(more) => count = count.saturating_add(more),
                        None => return UNKNOWN,
                    }
                }
            }
            Event::Failed { .. } => return UNKNOWN,
            Event::Started { .. }
            | Event::Stored { .. }
            | Event::StoreExamined(_)
            | Event::Read { .. }
            | Event::Waited { .. } => {}
        }
    }
    if calls.peek().is_none() {
        return Step::Done {
            outcome: Usage { count: Some(count) },
        };
    }
    let is_pause_due = matches!(events.last(), Some(Event::Answered { .. }));
    if timeout_ms <= if is_pause_due { PAUSE_MS } else { 0.0 } {
        return UNKNOWN;
    }
    if is_pause_due {
        return Step::Wait { ms: PAUSE_MS };
    }
    Step::Requests {
        requests: calls
            .take(MAX_CALLS_PER_SECOND)
            .map(|(account, clock, call)| {
                let (timestamp, trace_id) = (clock.timestamp(), entropy().trace_id);
                call.request(account, &account.endpoint, timestamp, trace_id)
            })
            .collect(),
        timeout_ms,
    }
}

/// Returns a cache key for the count. Configs with the same key count the same applications. The key
/// contains no secret.
pub fn cache_key(config: &Config) -> String {
    let mut cache_key = String::new();
    for account in accounts(config) {
        let Account {
            credentials,
            sdk_app_id,
            endpoint,
            ..
        } = account;
        // Writing to a `String` never fails.
        writeln!(
            cache_key,
            "{} {sdk_app_id} {}",
            credentials.identity(),
            endpoint.url()
        )
        .unwrap_or_default();
    }
    Sha256Digest::of(cache_key.as_bytes()).to_string()
}

/// Returns the accounts of the two sides, or one of them if both sides share an application.
fn accounts(config: &Config) -> impl Iterator<Item = &Account<Source>> {
    let Config {
        mainland, overseas, ..
    } = config;
    let is_another = overseas.sdk_app_id != mainland.sdk_app_id;
    [mainland].into_iter().chain(is_another.then_some(overseas))
}

/// Returns the beginning of the longest span that ends with the hour of `until`.
fn start_of_span(until: Timestamp) -> Timestamp {
    let seconds = until.seconds();
    Timestamp::from_seconds(seconds.saturating_sub(LONGEST_SPAN_SECONDS - HOUR_SECONDS))
}

/// Splits the time from `since` to `until` into spans. Consecutive spans share no hour, because a span
/// includes both its first and its last hour [inferred, because both may be the same].
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

/// Returns the count in an answer, or `None` if there is none.
fn counted(call: &Call, event: &Event, account: &Account) -> Option<u64> {
    let entries = call.read(event, &account.endpoint)?.ok()?;
    Statistics(entries.first()?).accepted()
}
