//! The limits on the number of messages.

use super::fields::{Fields, Problem, elements, is_absent, text};
use super::strict::values;
use crate::invisible::trimmed;
use crate::json::Value;
use crate::limits::{Kind, Rate};
use crate::phone::{BareNumbers, CallingCode, PhoneNumber};
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
    /// The numbers that are never refused. Messages to them are not counted.
    pub exempt: Vec<PhoneNumber>,
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
    pub(super) fn read(fields: &mut Fields<'_>, bare_numbers: BareNumbers) -> Option<Self> {
        let per_ip = fields.optional(Kind::Ip.key(), rate, values::any);
        let per_number = fields.optional(Kind::Number.key(), rate, values::any);
        let per_range = fields.optional(Kind::Range.key(), rate, values::any);
        let per_calling_code =
            fields.optional(Kind::CallingCode.key(), per_calling_code, values::any);
        let total = fields.optional(Kind::Total.key(), rate, values::any);
        let mode = fields.optional("mode", mode, values::any);
        let exempt = fields.optional("exempt", |value| exempt(value, bare_numbers), values::any);
        fields.report_unread_keys();
        Some(Self {
            per_ip: per_ip?,
            per_number: per_number?,
            per_range: per_range?,
            per_calling_code: per_calling_code?.unwrap_or_default(),
            total: total?,
            mode: mode?.unwrap_or_default(),
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
