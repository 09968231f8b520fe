//! The operator's configuration: parses an untrusted value to a [`Config`], or returns every [`Issue`].
//!
//! The format is a superset of the official connector's: every config that can send messages there can
//! send messages here. The host stores the raw value without `""`, `null`, `[]` and `{}`, and passes the
//! stored value for every send. So these values count as absent here too, and every parse trims texts and
//! fills in defaults.
//!
//! A config that is being saved has to obey stricter rules: see [`strict`].

mod account;
pub mod cache;
mod destinations;
mod fields;
mod issue;
mod key;
mod limits;
pub mod strict;
mod template;
mod this_machine;

use std::mem;
use std::time::Duration;

pub use destinations::Destinations;
pub use fields::{Diagnostics, is_absent};
pub use issue::{Issue, Path};
pub use limits::{Limits, Mode, Store};
pub use strict::names::{is_note, may_be_secret};
pub use template::{GENERIC, Template, TemplateCode, USAGE_TYPES};
pub use this_machine::issues_on_this_machine;

use crate::credentials::Source;
use crate::invisible::trimmed;
use crate::json::Value;
use crate::phone::{BareNumbers, CallingCode, Route};
use crate::tencent::{Account, Parameter};
use crate::text::{Text, id};
use account::{Overseas, TopLevel};
use fields::{Fields, Problem, elements, text_or_integer};
use strict::values;

/// A valid configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The account for mainland numbers.
    pub mainland: Account<Source>,
    /// The account for all other numbers.
    pub overseas: Account<Source>,
    /// The parameters of the overseas account that the `overseas` block decides.
    overseas_keys: Vec<Parameter>,
    /// The templates. At least one is for [`GENERIC`] and has a code for at least one side.
    pub templates: Vec<Template>,
    /// The allowed destinations.
    pub destinations: Destinations,
    /// The limits on the number of messages.
    pub limits: Limits,
    /// The interpretation of numbers without a calling code.
    pub bare_numbers: BareNumbers,
    /// The time for one send, from the first request to the last answer.
    pub timeout: Duration,
}

// The sign-in page gives up after about 10 seconds.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(8);
const SHORTEST_TIMEOUT: Duration = Duration::from_secs(1);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Returns everything that is wrong or doubtful about a config, without asking Tencent.
pub fn diagnose(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    Config::read(config, &mut diagnostics);
    diagnostics
}

/// Returns the issues because of which a config must not be saved. A config without such issues can be parsed.
pub fn issues_at_save(config: &Value) -> Vec<Issue> {
    diagnose(config).issues_at_save()
}

impl Config {
    /// Parses a config, or returns all its issues.
    pub fn parse(value: &Value) -> Result<Self, Vec<Issue>> {
        let mut diagnostics = Diagnostics::default();
        Self::read(value, &mut diagnostics).ok_or(diagnostics.issues)
    }

    /// Parses a config. Returns `None` if, and only if, this adds an issue to the empty `diagnostics`.
    fn read(value: &Value, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut fields = Fields::new(value, Path::default(), diagnostics)?;
        // The templates decide whether a signature is required, so they are read first. Their issues are
        // reported in the order of the keys.
        let templates = read_templates(&mut fields);
        let template_diagnostics = mem::take(fields.diagnostics());
        let serves_mainland = templates.as_deref().is_none_or(serve_mainland);

        let top_level = TopLevel::read(&mut fields, serves_mainland);
        fields.diagnostics().append(template_diagnostics);
        let overseas = fields.optional_object("overseas", Overseas::read);
        let destinations =
            fields.optional("allowedCallingCodes", destinations, values::calling_codes);
        let bare_numbers = fields.optional("bareNumbersAreMainland", bare_numbers, values::any);
        let limits = fields.optional_object("limits", |limits| {
            Limits::read(limits, bare_numbers.flatten().unwrap_or_default())
        });
        let timeout = fields.optional("timeoutSeconds", timeout, values::any);
        fields.report_unread_keys();

        let (top_level, templates, overseas) = (top_level?, templates?, overseas?);
        let distinguishes_sides = overseas.is_some()
            || templates
                .iter()
                .any(|template| matches!(template.template_code, TemplateCode::Split { .. }));

        let mainland = top_level.mainland();
        let (overseas, overseas_keys) = if distinguishes_sides {
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
            destinations: destinations?.unwrap_or_default(),
            limits: limits?.unwrap_or_default(),
            bare_numbers: bare_numbers?.unwrap_or_default(),
            timeout: timeout?.unwrap_or(DEFAULT_TIMEOUT),
        })
    }

    /// Returns the account for a route.
    pub const fn account(&self, route: Route) -> &Account<Source> {
        match route {
            Route::Mainland => &self.mainland,
            Route::Overseas => &self.overseas,
        }
    }

    /// Returns the place in the config that decides a parameter of a message by `route` with `template`.
    /// The Console marks this place if Tencent refuses the parameter.
    pub fn path_of(&self, parameter: Parameter, route: Route, template: &Template) -> Path {
        match parameter {
            Parameter::TemplateId => template.path_of_code(route),
            Parameter::TemplateParamSet => template.path_of_params(),
            _ => self.path_of_account(parameter, route),
        }
    }

    /// Returns the place that decides a parameter of a route's account. The key need not be present.
    pub fn path_of_account(&self, parameter: Parameter, route: Route) -> Path {
        let is_own = route == Route::Overseas && self.overseas_keys.contains(&parameter);
        let is_temporary = matches!(self.account(route).credentials, Source::Temporary(_));
        let key = match parameter {
            Parameter::SecretId | Parameter::SecretKey | Parameter::Token if is_temporary => {
                "credentials"
            }
            _ => key::of(parameter),
        };
        let top_level = Path::default();
        if is_own {
            top_level.key("overseas").key(key)
        } else {
            top_level.key(key)
        }
    }

    /// Returns true if messages to that side can be sent: they are allowed, and a template serves the
    /// side.
    pub fn serves(&self, route: Route) -> bool {
        self.allows_some_on(route) && self.templates.iter().any(|template| template.serves(route))
    }

    /// Returns true if the mainland's signature is sent overseas too, because the config does not
    /// distinguish the sides.
    pub fn shares_signature(&self) -> bool {
        self.overseas_keys.is_empty()
    }

    /// Returns true if messages to at least some numbers of that side are allowed.
    pub fn allows_some_on(&self, route: Route) -> bool {
        self.limits.mode == Mode::Monitor || self.destinations.allow_some_on(route)
    }
}

fn read_templates(fields: &mut Fields<'_>) -> Option<Vec<Template>> {
    let key = "templates";
    let entries = fields.required(key, id::MEANING_TEMPLATES, elements, values::any)?;
    let path = fields.path_of(key);
    template::read_all(entries, &path, fields.diagnostics())
}

fn serve_mainland(templates: &[Template]) -> bool {
    templates
        .iter()
        .any(|template| template.serves(Route::Mainland))
}

/// The separators of calling codes in a text: only commas, because people write Jamaica's code as `+1 876`,
/// and `1` alone would allow all of North America.
const CODE_SEPARATORS: [char; 3] = [',', '，', '、'];

/// Reads allowed and blocked calling codes from an array, or from the text in the Console's form.
fn destinations(value: &Value) -> Result<Destinations, Problem> {
    let codes: Option<Vec<_>> = match value {
        Value::String(text) => text
            .split(CODE_SEPARATORS)
            .map(trimmed)
            .filter(|code| !code.is_empty())
            .map(calling_code)
            .collect(),
        _ => elements(value)
            .unwrap_or_default()
            .iter()
            .map(|code| calling_code(&text_or_integer(code).ok()?))
            .collect(),
    };
    codes
        .filter(|codes| !codes.is_empty())
        .map(Destinations::new)
        .ok_or_else(|| Text::new(id::CONFIG_CALLING_CODES))
}

/// Parses a calling code, which an exclamation mark blocks.
fn calling_code(text: &str) -> Option<(CallingCode, bool)> {
    let blocked = text.strip_prefix('!');
    let code = CallingCode::parse(blocked.unwrap_or(text))?;
    Some((code, blocked.is_none()))
}

fn bare_numbers(value: &Value) -> Result<BareNumbers, Problem> {
    match value {
        Value::Bool(true) => Ok(BareNumbers::Mainland),
        Value::Bool(false) => Ok(BareNumbers::NorthAmerican),
        _ => Err(Text::new(id::CONFIG_BOOLEAN)),
    }
}

/// Reads the timeout in seconds, from a number or from its text. The Console's form may store either.
fn timeout(value: &Value) -> Result<Duration, Problem> {
    let seconds = match value {
        Value::String(text) => trimmed(text),
        Value::Number(number) => number.as_str(),
        _ => "",
    };
    millis(seconds)
        .map(Duration::from_millis)
        .filter(|timeout| (SHORTEST_TIMEOUT..=LONGEST_TIMEOUT).contains(timeout))
        .ok_or_else(|| Text::new(id::CONFIG_TIMEOUT))
}

/// Converts decimal seconds to milliseconds, rounded down. Exponents are not supported, because
/// JavaScript does not write allowed values with exponents. Rust's own parser of floats would add 20 KB
/// of wasm.
fn millis(seconds: &str) -> Option<u64> {
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let whole = whole
        .strip_prefix('+')
        .unwrap_or(whole)
        .trim_start_matches('0');
    let is_decimal = [whole, fraction]
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    (is_decimal && whole.len() <= 2).then_some(())?;
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    [whole, &thousandths].concat().parse().ok()
}
