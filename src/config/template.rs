//! The entries of `templates`.

use serde_json::Value;

use super::fields::{Fields, Problem, elements, text, text_or_integer};
use super::{Issue, Path};

/// The usage type that stands in for every type without an entry of its own.
pub const GENERIC: &str = "Generic";

/// One entry of `templates`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Logto's name for the occasion, such as `SignIn`. An open list: Logto adds to it.
    pub usage_type: String,
    /// `TemplateId`.
    pub template_code: String,
    /// The values of `{1}`, `{2}`, … with Logto's `{{handlebars}}` in them; `None` for the default.
    pub template_params: Option<Vec<String>>,
}

/// Reads the entries; `None`, and issues, where any of them is wrong or `Generic` is missing.
pub(super) fn read_all(
    entries: &[Value],
    path: &Path,
    issues: &mut Vec<Issue>,
) -> Option<Vec<Template>> {
    let issues_before = issues.len();
    let mut templates = Vec::new();
    let mut generic_at = None;
    for (index, entry) in entries.iter().enumerate() {
        let entry_path = path.index(index);
        let Some(template) = read(entry, entry_path.clone(), issues) else {
            continue;
        };
        if template.usage_type == GENERIC {
            generic_at.get_or_insert(entry_path);
        }
        if !is_placeholder(&template.template_code) {
            templates.push(template);
        }
    }
    if issues.len() > issues_before {
        return None;
    }
    if templates
        .iter()
        .all(|template| template.usage_type != GENERIC)
    {
        issues.push(match generic_at {
            Some(entry) => Issue {
                path: entry.key("templateCode"),
                message: "is still the placeholder: put the ID of an approved template here"
                    .to_owned(),
            },
            None => Issue {
                path: path.clone(),
                message: "must hold an entry with the usageType Generic: \
                          every type without an entry of its own uses it"
                    .to_owned(),
            },
        });
        return None;
    }
    Some(templates)
}

fn read(entry: &Value, path: Path, issues: &mut Vec<Issue>) -> Option<Template> {
    let mut fields = Fields::new(entry, path, issues)?;
    let usage_type = fields.required("usageType", "such as SignIn or Generic", text);
    let template_code = fields.required(
        "templateCode",
        "the ID of an approved template",
        text_or_integer,
    );
    let template_params = fields.optional("templateParams", template_params);
    Some(Template {
        usage_type: usage_type?,
        template_code: template_code?,
        template_params: template_params?,
    })
}

/// `<template-code>`, as the Console's form proposes it.
fn is_placeholder(template_code: &str) -> bool {
    template_code.starts_with('<') && template_code.ends_with('>')
}

fn template_params(value: &Value) -> Result<Vec<String>, Problem> {
    elements(value)?
        .iter()
        .map(text_or_integer)
        .map(|param| param.ok().filter(|param| !param.is_empty()))
        .collect::<Option<_>>()
        .ok_or_else(|| {
            // Logto strips empty texts from a config that it stores: later ones would move up.
            "must be an array of texts that are not empty, such as [\"{{code}}\", \"10\"]".into()
        })
}
