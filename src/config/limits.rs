//! The limits on the number of messages.

use std::convert::Infallible;
use std::rc::Rc;

use super::Config;
use super::fields::{Fields, Problem, elements, is_absent, text};
use super::issue::{Issue, Path};
use super::strict::values;
use crate::credentials::{Progress, Source};
use crate::invisible::trimmed;
use crate::json::Value;
use crate::limits::{Kind, Rate, SharedCounts, store_problem};
use crate::phone::{BareNumbers, CallingCode, PhoneNumber};
use crate::step::{Event, Step};
use crate::tc3::SecretKey;
use crate::text::{Text, id};

/// The limits on the number of messages. Without a limit, messages are not counted.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The limit for each address of end users.
    pub per_ip: Option<Rate>,
    /// The limit for each number.
    pub per_number: Option<Rate>,
    /// The limit for each block of numbers that differ in the last four digits.
    pub per_range: Option<Rate>,
    /// The limits for calling codes.
    pub per_calling_code: PerCallingCode,
    /// The limit for all messages together.
    pub total: Option<Rate>,
    /// The action on a message for which no place is free, or whose calling code is not allowed.
    pub mode: Mode,
    /// The place of the counts.
    pub store: Store,
    /// The numbers that are never refused. Messages to them are not counted.
    pub exempt: Vec<PhoneNumber>,
}

impl Config {
    /// Returns the step that reads the SecretKey for the names of the shared counts, if the config refers to it
    /// and `events` do not contain it yet.
    pub fn step_before_counts(&self, events: &[Event]) -> Option<Step<Infallible>> {
        let Source::References(key) = &self.mainland.credentials else {
            return None;
        };
        let is_shared = self.limits.store == Store::Redis;
        if !is_shared || events.iter().any(is_reading) {
            return None;
        }
        match key.key(&[]) {
            Ok(Progress::Next(step)) => Some(step),
            Ok(Progress::Key(_)) | Err(_) => None,
        }
    }

    /// Returns the names of the counts in a store that processes share. Their hashes have a key from the
    /// SecretKey, which all processes with this config have. Temporary keys differ between processes, so the
    /// config itself replaces them; it is no secret.
    pub fn shared_counts(&self, events: &[Event]) -> SharedCounts<'_> {
        let account = &self.mainland;
        // A later reading can find another key.
        let first = events
            .iter()
            .position(is_reading)
            .map_or(0, |index| index + 1);
        let key = match &account.credentials {
            Source::Config(key) => Some(Rc::clone(key)),
            Source::References(key) => match key.key(events.get(..first).unwrap_or_default()) {
                Ok(Progress::Key(key)) => Some(key),
                Ok(Progress::Next(_)) | Err(_) => None,
            },
            Source::Temporary(_) => None,
        };
        match key {
            Some(key) => SharedCounts::of(&key.secret_key, &account.sdk_app_id),
            None => SharedCounts::of(&SecretKey::new(String::new()), &account.sdk_app_id),
        }
    }
}

const fn is_reading(event: &Event) -> bool {
    matches!(event, Event::Read { .. })
}

/// The action on a message that the limits do not allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The message is refused.
    #[default]
    Enforce,
    /// The message is sent, and the operator reads about it.
    Monitor,
}

/// The place of the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Store {
    /// The memory of each process.
    #[default]
    Memory,
    /// A Redis that all processes share.
    Redis,
}

/// The limits for calling codes.
#[derive(Clone, Debug, Default)]
pub struct PerCallingCode {
    /// The codes that have a limit of their own.
    named: Vec<(CallingCode, Rate)>,
    /// The limit for each of the other codes.
    others: Option<Rate>,
}

impl PerCallingCode {
    /// Returns the limit for a number, and the code whose numbers it counts together. The longest code that
    /// the config names decides.
    pub fn of<'a>(&'a self, number: &'a PhoneNumber) -> Option<(&'a str, Rate)> {
        self.named
            .iter()
            .filter(|(code, _)| code.covers(number))
            .max_by_key(|(code, _)| code.digits().len())
            .map(|(code, rate)| (code.digits(), *rate))
            .or_else(|| Some((number.calling_code(), self.others?)))
    }
}

impl Limits {
    /// Returns the issue of a config whose counts need a store that this process cannot use, by the code of
    /// the problem. The config can send all the same.
    pub fn store_issue(&self, problem: &str) -> Option<Issue> {
        (self.store == Store::Redis).then(|| Issue {
            path: Path::default().key("limits").key("store"),
            message: Text::new(id::CONFIG_STORE).with_text("problem", store_problem(problem)),
        })
    }

    pub(super) fn read(fields: &mut Fields<'_>, bare_numbers: BareNumbers) -> Option<Self> {
        let per_ip = fields.optional(Kind::Ip.key(), rate, values::any);
        let per_number = fields.optional(Kind::Number.key(), rate, values::any);
        let per_range = fields.optional(Kind::Range.key(), rate, values::any);
        let per_calling_code =
            fields.optional(Kind::CallingCode.key(), per_calling_code, values::any);
        let total = fields.optional(Kind::Total.key(), rate, values::any);
        let mode = fields.optional("mode", mode, values::any);
        let store = fields.optional("store", store, values::any);
        let exempt = fields.optional("exempt", |value| exempt(value, bare_numbers), values::any);
        fields.report_unread_keys();
        Some(Self {
            per_ip: per_ip?,
            per_number: per_number?,
            per_range: per_range?,
            per_calling_code: per_calling_code?.unwrap_or_default(),
            total: total?,
            mode: mode?.unwrap_or_default(),
            store: store?.unwrap_or_default(),
            exempt: exempt?.unwrap_or_default(),
        })
    }
}

fn rate(value: &Value) -> Result<Rate, Problem> {
    value
        .as_str()
        .and_then(Rate::parse)
        .ok_or_else(|| Text::new(id::CONFIG_LIMIT))
}

fn per_calling_code(value: &Value) -> Result<PerCallingCode, Problem> {
    let problem = || Text::new(id::CONFIG_LIMITS_BY_CALLING_CODE);
    let object = value.as_object().ok_or_else(problem)?;
    let mut limits = PerCallingCode::default();
    for (key, value) in object.keys().zip(object.values()) {
        if is_absent(value) {
            continue;
        }
        let rate = rate(value).map_err(|_| problem())?;
        if key == "*" {
            limits.others = Some(rate);
        } else {
            let code = CallingCode::parse(trimmed(key)).ok_or_else(problem)?;
            limits.named.push((code, rate));
        }
    }
    Ok(limits)
}

fn mode(value: &Value) -> Result<Mode, Problem> {
    match value.as_str().map(trimmed) {
        Some("enforce") => Ok(Mode::Enforce),
        Some("monitor") => Ok(Mode::Monitor),
        _ => Err(Text::new(id::CONFIG_LIMITS_MODE)),
    }
}

fn store(value: &Value) -> Result<Store, Problem> {
    match value.as_str() {
        Some("memory") => Ok(Store::Memory),
        Some("redis") => Ok(Store::Redis),
        _ => Err(Text::new(id::CONFIG_LIMITS_STORE)),
    }
}

fn exempt(value: &Value, bare_numbers: BareNumbers) -> Result<Vec<PhoneNumber>, Problem> {
    let number =
        |number: &Value| PhoneNumber::parse(text(number).ok()?.as_str(), bare_numbers).ok();
    elements(value)
        .unwrap_or_default()
        .iter()
        .map(number)
        .collect::<Option<Vec<_>>>()
        .filter(|numbers| !numbers.is_empty())
        .ok_or_else(|| Text::new(id::CONFIG_EXEMPT))
}
