//! Reading untrusted JSON, one field at a time, without stopping at the first issue.

use std::borrow::Cow;

use super::{Issue, Path};
use crate::json::{Map, Value};

/// What would be right in a field: the end of a sentence that begins with the field's path.
pub(super) type Problem = Cow<'static, str>;

/// The fields of one JSON object.
pub(super) struct Fields<'a> {
    object: &'a Map,
    path: Path,
    issues: &'a mut Vec<Issue>,
}

/// No key of a config is longer.
const LONGEST_KEY_NAMED: usize = 24;

impl<'a> Fields<'a> {
    /// `None`, and an issue, where `value` is no object.
    pub(super) fn new(value: &'a Value, path: Path, issues: &'a mut Vec<Issue>) -> Option<Self> {
        let Value::Object(object) = value else {
            issues.push(Issue {
                path,
                message: "must be a JSON object".to_owned(),
            });
            return None;
        };
        Some(Self {
            object,
            path,
            issues,
        })
    }

    /// The field, which must be there; `None`, and an issue, where it is not or is not right.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        meaning: &str,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
    ) -> Option<T> {
        let parsed = self.optional(key, parse)?;
        if parsed.is_none() {
            self.note(key, format!("is required: {meaning}"));
        }
        parsed
    }

    /// The field, or `Some(None)` where it is absent; `None`, and an issue, where it is not right.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        let Some(value) = self.object.get(key).filter(|value| !is_absent(value)) else {
            return Some(None);
        };
        match parse(value) {
            Ok(parsed) => Some(Some(parsed)),
            Err(problem) => {
                self.note(key, problem);
                None
            }
        }
    }

    /// Whether an object that holds something is at `key`.
    pub(super) fn is_object(&self, key: &str) -> bool {
        let value = self.object.get(key).filter(|value| !is_absent(value));
        matches!(value, Some(Value::Object(_)))
    }

    /// The fields of the object at `key`, or `Some(None)` where it is absent.
    pub(super) fn optional_object<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.optional(key, Ok)? {
            Some(value) => {
                let path = self.path_of(key);
                let mut fields = Fields::new(value, path, self.issues)?;
                read(&mut fields).map(Some)
            }
            None => Some(None),
        }
    }

    /// Whether there are no other keys; an issue for each that there is. For objects in which a
    /// misspelt key would go unnoticed, and that the official connector does not know.
    pub(super) fn only(&mut self, known: &[&str]) -> bool {
        let unknown = keys_except(self.object, known, &self.path);
        let none = unknown.is_empty();
        for path in unknown {
            let message = format!("is not known here: only {}", known.join(", "));
            let message = if path == self.path {
                format!("holds a key that {message}")
            } else {
                message
            };
            self.issues.push(Issue { path, message });
        }
        none
    }

    /// Where `key` is, from the root of the config.
    pub(super) fn path_of(&self, key: &'static str) -> Path {
        self.path.key(key)
    }

    /// For whoever reads on below a field.
    pub(super) fn issues(&mut self) -> &mut Vec<Issue> {
        self.issues
    }

    /// Adds an issue with the field at `key`.
    pub(super) fn note(&mut self, key: &'static str, message: impl Into<String>) {
        self.issues.push(Issue {
            path: self.path.key(key),
            message: message.into(),
        });
    }
}

/// Where the keys of an object at `path` are that are not among `known`. What is as long as an API key of
/// Tencent's may be one, and is not named: then it is `path` itself.
pub(super) fn keys_except(object: &Map, known: &[&str], path: &Path) -> Vec<Path> {
    let unknown = object.keys().filter(|key| !known.contains(&key.as_str()));
    unknown
        .map(|key| match key.len() {
            ..=LONGEST_KEY_NAMED => path.unknown_key(key),
            _ => path.clone(),
        })
        .collect()
}

/// What the host strips before it stores a config, and text that trimming leaves empty. An object goes
/// with the last of its fields: one that is here and gone once it is stored would be another config.
pub fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.values().all(is_absent),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Text, without the white space that came along when it was pasted.
pub(super) fn text(value: &Value) -> Result<String, Problem> {
    value
        .as_str()
        .map(|text| text.trim().to_owned())
        .ok_or_else(|| "must be text".into())
}

/// An identifier that people write as a number as often as in quotes.
pub(super) fn text_or_integer(value: &Value) -> Result<String, Problem> {
    match value {
        Value::Number(number) if number.as_u64().is_some() => Ok(number.to_string()),
        Value::String(_) => text(value),
        _ => Err("must be text or a whole number".into()),
    }
}

/// Text that can travel in an HTTP header as it is.
pub(super) fn header_text(value: &Value) -> Result<String, Problem> {
    let text = text(value)?;
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(
            "must be letters, digits and ASCII punctuation only: was something pasted along?"
                .into(),
        )
    }
}

/// The elements of an array.
pub(super) fn elements(value: &Value) -> Result<&[Value], Problem> {
    value.as_array().ok_or_else(|| "must be an array".into())
}
