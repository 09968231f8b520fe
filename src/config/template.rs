//! The entries of `templates`.

use super::fields::{Diagnostics, Fields, Problem, elements, text, text_or_integer};
use super::strict::{params, values};
use super::{Issue, Path};
use crate::json::Value;
use crate::language::LanguageTag;
use crate::phone::Route;
use crate::text::{Text, id};

/// The usage type whose template is used for every type without a template of its own.
pub const GENERIC: &str = "Generic";

/// The current usage types of Logto. The list is open, because Logto adds usage types.
pub const USAGE_TYPES: [&str; 9] = [
    "SignIn",
    "Register",
    "ForgotPassword",
    "OrganizationInvitation",
    GENERIC,
    "UserPermissionValidation",
    "BindNewIdentifier",
    "MfaVerification",
    "BindMfa",
];

/// One entry of `templates`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Logto's usage type, such as `SignIn`. The list is open, because Logto adds usage types.
    pub usage_type: String,
    /// The `TemplateId` for each side.
    pub template_code: TemplateCode,
    /// The values of `{1}`, `{2}`, …, which may contain Logto's `{{handlebars}}`, or `None` for the
    /// default.
    pub template_params: Option<Vec<String>>,
    /// The language of the template, or `None` if the template serves every reader.
    pub locale: Option<LanguageTag>,
    /// The place of the entry in the config.
    pub path: Path,
}

/// The template codes of the sides. A placeholder counts as absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateCode {
    /// One code for both sides.
    Both(Option<String>),
    /// A code per side: `{ china, overseas }`, the format of Logto's aliyun-sms connector.
    Split {
        /// The code for mainland numbers.
        china: Option<String>,
        /// The code for all other numbers.
        overseas: Option<String>,
    },
}

impl TemplateCode {
    /// Returns the code for a side.
    pub fn on(&self, route: Route) -> Option<&str> {
        match (self, route) {
            (Self::Both(code), _) => code.as_deref(),
            (Self::Split { china, .. }, Route::Mainland) => china.as_deref(),
            (Self::Split { overseas, .. }, Route::Overseas) => overseas.as_deref(),
        }
    }
}

impl Template {
    /// Returns true if the template has a code for that side.
    pub fn serves(&self, route: Route) -> bool {
        self.template_code.on(route).is_some()
    }

    /// Returns true if the template has a code for at least one side.
    pub fn is_configured(&self) -> bool {
        Route::BOTH.into_iter().any(|route| self.serves(route))
    }

    /// Returns the place of the code for a side. The code need not be present.
    pub fn path_of_code(&self, route: Route) -> Path {
        let path = self.path.key(TEMPLATE_CODE);
        match (&self.template_code, route) {
            (TemplateCode::Both(_), _) => path,
            (TemplateCode::Split { .. }, Route::Mainland) => path.key(CHINA),
            (TemplateCode::Split { .. }, Route::Overseas) => path.key(OVERSEAS),
        }
    }

    /// Returns the place of the parameters. They need not be present.
    pub fn path_of_params(&self) -> Path {
        self.path.key(TEMPLATE_PARAMS)
    }

    /// Returns the number of values that a message passes to the template.
    pub fn params(&self) -> usize {
        self.template_params.as_ref().map_or(1, Vec::len)
    }
}

const TEMPLATE_CODE: &str = "templateCode";
const TEMPLATE_PARAMS: &str = "templateParams";
const CHINA: &str = "china";
const OVERSEAS: &str = "overseas";

/// Reads the entries. Adds issues and returns `None` if an entry is invalid or none serves `Generic`.
pub(super) fn read_all(
    entries: &[Value],
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Template>> {
    let issues_before = diagnostics.issues.len();
    let templates: Vec<_> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| read(entry, path.index(index), diagnostics))
        .collect();
    if diagnostics.issues.len() > issues_before {
        return None;
    }
    let mut generic = templates
        .iter()
        .filter(|template| template.usage_type == GENERIC);
    match generic.clone().next() {
        None => diagnostics.issues.push(Issue {
            path: path.clone(),
            message: Text::new(id::CONFIG_GENERIC_MISSING),
        }),
        Some(first) if generic.all(|template| !template.is_configured()) => {
            diagnostics.issues.push(Issue {
                path: first.path_of_code(Route::Mainland),
                message: Text::new(id::CONFIG_PLACEHOLDER).with("usage", &GENERIC),
            });
        }
        Some(_) => return Some(templates),
    }
    None
}

fn read(entry: &Value, path: Path, diagnostics: &mut Diagnostics) -> Option<Template> {
    let mut fields = Fields::new(entry, path.clone(), diagnostics)?;
    let usage_type = fields.required("usageType", id::MEANING_USAGETYPE, text, values::usage_type);
    let template_code = read_code(&mut fields);
    let template_params = fields.optional(TEMPLATE_PARAMS, template_params, values::any);
    if let (Some(usage_type), Some(Some(params))) = (&usage_type, &template_params) {
        fields.add_remark(TEMPLATE_PARAMS, params::objection(usage_type, params));
    }
    let locale = fields.optional("locale", locale, values::locale);
    fields.report_unread_keys();
    Some(Template {
        usage_type: usage_type?,
        template_code: template_code?,
        template_params: template_params?,
        locale: locale?,
        path,
    })
}

fn read_code(fields: &mut Fields<'_>) -> Option<TemplateCode> {
    let key = TEMPLATE_CODE;
    if fields.is_object(key) {
        return fields.optional_object(key, read_split)?;
    }
    fields
        .required(
            key,
            id::MEANING_TEMPLATECODE,
            text_or_integer,
            values::template_code,
        )
        .map(|code| TemplateCode::Both(unless_placeholder(code)))
}

fn read_split(fields: &mut Fields<'_>) -> Option<TemplateCode> {
    let china = fields.optional(CHINA, text_or_integer, values::template_code);
    let overseas = fields.optional(OVERSEAS, text_or_integer, values::template_code);
    fields.report_unread_keys();
    if matches!((&china, &overseas), (Some(None), Some(None))) {
        fields.add_issue_of_object(Text::new(id::CONFIG_NO_SIDE));
    }
    Some(TemplateCode::Split {
        china: china?.and_then(unless_placeholder),
        overseas: overseas?.and_then(unless_placeholder),
    })
}

/// Returns the code, or `None` for a placeholder such as `<template-code>` in the Console's form.
fn unless_placeholder(code: String) -> Option<String> {
    (!is_placeholder(&code)).then_some(code)
}

pub(super) fn is_placeholder(code: &str) -> bool {
    code.starts_with('<') && code.ends_with('>')
}

fn template_params(value: &Value) -> Result<Vec<String>, Problem> {
    elements(value)?
        .iter()
        .map(text_or_integer)
        .map(|param| param.ok().filter(|param| !param.is_empty()))
        .collect::<Option<_>>()
        .ok_or_else(|| {
            // An empty text is an issue, because Logto strips empty texts when it stores a config, and
            // the later values would move up.
            Text::new(id::CONFIG_TEMPLATE_PARAMS)
        })
}

fn locale(value: &Value) -> Result<LanguageTag, Problem> {
    text(value)
        .ok()
        .and_then(|text| LanguageTag::parse(&text))
        .ok_or_else(|| Text::new(id::CONFIG_LOCALE))
}
