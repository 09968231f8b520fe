//! The operator's configuration: from an untrusted value to a [`Config`], or to every [`Issue`].
//!
//! A superset of the official connector's format: whatever sends there, sends here. The host stores
//! the raw value, stripped of `""`, `null`, `[]` and `{}`, and hands it over again for every send;
//! so those count as absent here too, and trimming and defaults happen at each parse.

mod account;
pub mod cache;
mod fields;
mod issue;
mod key;
mod template;

use std::mem;
use std::time::Duration;

pub use fields::is_absent;
pub use issue::{Issue, Path};
pub use template::{GENERIC, Template, TemplateCode};

use crate::json::Value;
use crate::phone::{BareNumbers, CallingCode, PhoneNumber, Route};
use crate::tencent::{Account, Parameter};
use crate::text::{Text, id};
use account::{Overseas, TopLevel};
use fields::{Fields, Notes, Problem, elements, text_or_integer};

/// A configuration that is good to send with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The Tencent side for mainland numbers.
    pub mainland: Account,
    /// The Tencent side for all other numbers.
    pub overseas: Account,
    /// Which keys of it the `overseas` block decides.
    overseas_keys: Vec<Parameter>,
    /// What is sent; at least one entry is for [`GENERIC`], with a code for at least one side.
    pub templates: Vec<Template>,
    /// Where messages may go; `None` for everywhere.
    pub allowed_calling_codes: Option<Vec<CallingCode>>,
    /// What numbers without a calling code mean.
    pub bare_numbers: BareNumbers,
    /// How long one send may take, from the first request to the last answer.
    pub timeout: Duration,
}

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(8); // the sign-in page gives up after about 10
const SHORTEST_TIMEOUT: Duration = Duration::from_secs(1);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Where a config has keys that nothing reads. They are no issue: the official connector lets them be. But
/// a misspelt key goes unnoticed.
pub fn unread_keys(config: &Value) -> Vec<Path> {
    let mut notes = Notes::default();
    Config::read(config, &mut notes);
    notes.unread_keys
}

impl Config {
    /// Reads a config, or says everything that is wrong with it.
    pub fn parse(value: &Value) -> Result<Self, Vec<Issue>> {
        let mut notes = Notes::default();
        Self::read(value, &mut notes).ok_or(notes.issues)
    }

    /// `None` exactly when `notes`, which begin empty, hold an issue.
    fn read(value: &Value, notes: &mut Notes) -> Option<Self> {
        let mut fields = Fields::new(value, Path::default(), notes)?;
        // Read first, because they tell whether a signature is needed; reported in their turn.
        let templates = read_templates(&mut fields);
        let mut template_notes = mem::take(fields.notes());
        let serves_mainland = templates.as_deref().is_none_or(serve_mainland);

        let top_level = TopLevel::read(&mut fields, serves_mainland);
        fields.notes().issues.append(&mut template_notes.issues);
        let overseas = fields.optional_object("overseas", Overseas::read);
        let allowed_calling_codes = fields.optional("allowedCallingCodes", calling_codes);
        let bare_numbers = fields.optional("bareNumbersAreMainland", bare_numbers);
        let timeout = fields.optional("timeoutSeconds", timeout);
        fields.note_unread_keys();
        let unread_keys = &mut fields.notes().unread_keys;
        unread_keys.append(&mut template_notes.unread_keys);

        let (top_level, templates, overseas) = (top_level?, templates?, overseas?);
        let tells_sides_apart = overseas.is_some()
            || templates
                .iter()
                .any(|template| matches!(template.template_code, TemplateCode::Split { .. }));

        let mainland = top_level.mainland();
        let (overseas, overseas_keys) = if tells_sides_apart {
            let overseas = overseas.unwrap_or_default();
            let keys = overseas.keys();
            (top_level.overseas(overseas), keys)
        } else {
            (mainland.clone(), Vec::new())
        };

        Some(Self {
            mainland,
            overseas,
            overseas_keys,
            templates,
            allowed_calling_codes: allowed_calling_codes?,
            bare_numbers: bare_numbers?.unwrap_or_default(),
            timeout: timeout?.unwrap_or(DEFAULT_TIMEOUT),
        })
    }

    /// The Tencent side for a route.
    pub const fn account(&self, route: Route) -> &Account {
        match route {
            Route::Mainland => &self.mainland,
            Route::Overseas => &self.overseas,
        }
    }

    /// Returns the place in the config that decides a parameter, for a message that went by `route`
    /// with `template`. The Console marks it when Tencent refuses the parameter.
    pub fn path_of(&self, parameter: Parameter, route: Route, template: &Template) -> Path {
        match parameter {
            Parameter::TemplateId => template.path_of_code(route),
            Parameter::TemplateParamSet => template.path_of_params(),
            _ => self.path_of_account(parameter, route),
        }
    }

    /// Returns the place that decides a parameter of a route's account, or would decide it.
    pub fn path_of_account(&self, parameter: Parameter, route: Route) -> Path {
        let is_own = route == Route::Overseas && self.overseas_keys.contains(&parameter);
        let top_level = Path::default();
        if is_own {
            top_level.key("overseas").key(key::of(parameter))
        } else {
            top_level.key(key::of(parameter))
        }
    }

    /// Whether messages to that side go out: they may, and there is a template.
    pub fn serves(&self, route: Route) -> bool {
        self.allows_some_on(route) && self.templates.iter().any(|template| template.serves(route))
    }

    /// Whether the mainland's signature goes overseas too, because the config makes no difference.
    pub fn shares_signature(&self) -> bool {
        self.overseas_keys.is_empty()
    }

    /// Whether messages may go to that side at all.
    pub fn allows_some_on(&self, route: Route) -> bool {
        self.allowed_calling_codes
            .as_ref()
            .is_none_or(|codes| codes.iter().any(|code| code.may_lead_to(route)))
    }

    /// Whether messages to this number are allowed.
    pub fn allows(&self, number: &PhoneNumber) -> bool {
        self.allowed_calling_codes
            .as_ref()
            .is_none_or(|codes| codes.iter().any(|code| code.covers(number)))
    }
}

fn read_templates(fields: &mut Fields<'_>) -> Option<Vec<Template>> {
    let key = "templates";
    let entries = fields.required(key, id::MEANING_TEMPLATES, elements)?;
    let path = fields.path_of(key);
    template::read_all(entries, &path, fields.notes())
}

fn serve_mainland(templates: &[Template]) -> bool {
    templates
        .iter()
        .any(|template| template.serves(Route::Mainland))
}

/// A text, as the Console's form has it, or an array. In a text only commas part codes: people write
/// Jamaica's as `+1 876`, and `1` alone would let in all of North America.
fn calling_codes(value: &Value) -> Result<Vec<CallingCode>, Problem> {
    let codes: Option<Vec<_>> = match value {
        Value::String(text) => text
            .split([',', '，', '、'])
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .map(CallingCode::parse)
            .collect(),
        _ => elements(value)
            .unwrap_or_default()
            .iter()
            .map(|code| CallingCode::parse(&text_or_integer(code).ok()?))
            .collect(),
    };
    codes
        .filter(|codes| !codes.is_empty())
        .ok_or_else(|| Text::new(id::CONFIG_CALLING_CODES))
}

fn bare_numbers(value: &Value) -> Result<BareNumbers, Problem> {
    match value {
        Value::Bool(true) => Ok(BareNumbers::Mainland),
        Value::Bool(false) => Ok(BareNumbers::NorthAmerican),
        _ => Err(Text::new(id::CONFIG_BOOLEAN)),
    }
}

/// Seconds as a number, or as the text of a whole one: the Console's form may store either.
fn timeout(value: &Value) -> Result<Duration, Problem> {
    let millis = match value {
        Value::String(text) => text
            .trim()
            .parse::<u8>()
            .ok()
            .map(|seconds| u64::from(seconds) * 1000),
        Value::Number(number) => millis(number.as_str()),
        _ => None,
    };
    millis
        .map(Duration::from_millis)
        .filter(|timeout| (SHORTEST_TIMEOUT..=LONGEST_TIMEOUT).contains(timeout))
        .ok_or_else(|| Text::new(id::CONFIG_TIMEOUT))
}

/// Decimal seconds as milliseconds; smaller parts are cut off. Without exponents: JavaScript writes
/// none in the numbers that are allowed here. Rust's own reader of floats is 20 KB of wasm.
fn millis(seconds: &str) -> Option<u64> {
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    (whole.len() <= 2).then_some(())?;
    [whole, &thousandths].concat().parse().ok()
}
