//! The entries of `templates`.

use super::fields::{Fields, Notes, Problem, elements, text, text_or_integer};
use super::{Issue, Path};
use crate::json::Value;
use crate::language::LanguageTag;
use crate::phone::Route;
use crate::text::{Text, id};

/// The usage type that stands in for every type without an entry of its own.
pub const GENERIC: &str = "Generic";

/// One entry of `templates`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Logto's name for the occasion, such as `SignIn`. An open list: Logto adds to it.
    pub usage_type: String,
    /// `TemplateId`, for each side.
    pub template_code: TemplateCode,
    /// The values of `{1}`, `{2}`, … with Logto's `{{handlebars}}` in them; `None` for the default.
    pub template_params: Option<Vec<String>>,
    /// The language it is written in; `None` for any reader.
    pub locale: Option<LanguageTag>,
    /// Where the entry is.
    pub path: Path,
}

/// Which template serves which side. Placeholders count as none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateCode {
    /// One code for both sides.
    Both(Option<String>),
    /// `{ china, overseas }`, as in Logto's aliyun-sms connector.
    Split {
        /// For mainland numbers.
        china: Option<String>,
        /// For all others.
        overseas: Option<String>,
    },
}

impl TemplateCode {
    /// The code for a side.
    pub fn on(&self, route: Route) -> Option<&str> {
        match (self, route) {
            (Self::Both(code), _) => code.as_deref(),
            (Self::Split { china, .. }, Route::Mainland) => china.as_deref(),
            (Self::Split { overseas, .. }, Route::Overseas) => overseas.as_deref(),
        }
    }
}

impl Template {
    /// Whether there is a code for a side.
    pub fn serves(&self, route: Route) -> bool {
        self.template_code.on(route).is_some()
    }

    /// Whether there is a code for any side.
    pub fn is_configured(&self) -> bool {
        Route::BOTH.into_iter().any(|route| self.serves(route))
    }

    /// Where the code for a side is, or would be.
    pub fn path_of_code(&self, route: Route) -> Path {
        let path = self.path.key(TEMPLATE_CODE);
        match (&self.template_code, route) {
            (TemplateCode::Both(_), _) => path,
            (TemplateCode::Split { .. }, Route::Mainland) => path.key(CHINA),
            (TemplateCode::Split { .. }, Route::Overseas) => path.key(OVERSEAS),
        }
    }

    /// Where its parameters are, or would be.
    pub fn path_of_params(&self) -> Path {
        self.path.key(TEMPLATE_PARAMS)
    }

    /// How many values a message gives the template.
    pub fn params(&self) -> usize {
        self.template_params.as_ref().map_or(1, Vec::len)
    }
}

const TEMPLATE_CODE: &str = "templateCode";
const TEMPLATE_PARAMS: &str = "templateParams";
const CHINA: &str = "china";
const OVERSEAS: &str = "overseas";

/// Reads the entries; `None`, and issues, where any of them is wrong or none serves `Generic`.
pub(super) fn read_all(entries: &[Value], path: &Path, notes: &mut Notes) -> Option<Vec<Template>> {
    let issues_before = notes.issues.len();
    let templates: Vec<_> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| read(entry, path.index(index), notes))
        .collect();
    if notes.issues.len() > issues_before {
        return None;
    }
    let mut generic = templates
        .iter()
        .filter(|template| template.usage_type == GENERIC);
    match generic.clone().next() {
        None => notes.issues.push(Issue {
            path: path.clone(),
            message: Text::new(id::CONFIG_GENERIC_MISSING),
        }),
        Some(first) if generic.all(|template| !template.is_configured()) => {
            notes.issues.push(Issue {
                path: first.path_of_code(Route::Mainland),
                message: Text::new(id::CONFIG_PLACEHOLDER),
            });
        }
        Some(_) => return Some(templates),
    }
    None
}

fn read(entry: &Value, path: Path, notes: &mut Notes) -> Option<Template> {
    let mut fields = Fields::new(entry, path.clone(), notes)?;
    let usage_type = fields.required("usageType", id::MEANING_USAGETYPE, text);
    let template_code = read_code(&mut fields);
    let template_params = fields.optional("templateParams", template_params);
    let locale = fields.optional("locale", locale);
    fields.note_unread_keys();
    Some(Template {
        usage_type: usage_type?,
        template_code: template_code?,
        template_params: template_params?,
        locale: locale?,
        path,
    })
}

fn read_code(fields: &mut Fields<'_>) -> Option<TemplateCode> {
    let key = "templateCode";
    if fields.is_object(key) {
        return fields.optional_object(key, read_split)?;
    }
    fields
        .required(key, id::MEANING_TEMPLATECODE, text_or_integer)
        .map(|code| TemplateCode::Both(unless_placeholder(code)))
}

fn read_split(fields: &mut Fields<'_>) -> Option<TemplateCode> {
    let china = fields.optional(CHINA, text_or_integer);
    let overseas = fields.optional(OVERSEAS, text_or_integer);
    fields.refuse_unread_keys()?;
    Some(TemplateCode::Split {
        china: china?.and_then(unless_placeholder),
        overseas: overseas?.and_then(unless_placeholder),
    })
}

/// `<template-code>`, as the Console's form proposes it, is no code.
fn unless_placeholder(code: String) -> Option<String> {
    let is_placeholder = code.starts_with('<') && code.ends_with('>');
    (!is_placeholder).then_some(code)
}

fn template_params(value: &Value) -> Result<Vec<String>, Problem> {
    elements(value)?
        .iter()
        .map(text_or_integer)
        .map(|param| param.ok().filter(|param| !param.is_empty()))
        .collect::<Option<_>>()
        .ok_or_else(|| {
            // Logto strips empty texts from a config that it stores: later ones would move up.
            Text::new(id::CONFIG_TEMPLATE_PARAMS)
        })
}

fn locale(value: &Value) -> Result<LanguageTag, Problem> {
    text(value)
        .ok()
        .and_then(|text| LanguageTag::parse(&text))
        .ok_or_else(|| Text::new(id::CONFIG_LOCALE))
}
