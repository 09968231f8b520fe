//! Reading untrusted JSON, one field at a time, without stopping at the first issue.

use super::{Issue, Path};
use crate::json::{Map, Value};
use crate::text::{Id, Text, id};

/// What would be right in a field: the end of a sentence that begins with the field's path.
pub(super) type Problem = Text;

/// The findings of reading a config, from objects of every depth.
#[derive(Default)]
pub(super) struct Notes {
    /// Every mistake.
    pub(super) issues: Vec<Issue>,
    /// Every key that nothing reads, in objects where that is no mistake.
    pub(super) unread_keys: Vec<Path>,
}

/// The fields of one JSON object.
pub(super) struct Fields<'a> {
    object: &'a Map,
    path: Path,
    notes: &'a mut Notes,
    /// The keys that were read so far; once all are, the only ones that are known here.
    asked: Vec<&'static str>,
}

/// No key of a config is longer.
const LONGEST_KEY_NAMED: usize = 24;

impl<'a> Fields<'a> {
    /// `None`, and an issue, where `value` is no object.
    pub(super) fn new(value: &'a Value, path: Path, notes: &'a mut Notes) -> Option<Self> {
        let Value::Object(object) = value else {
            notes.issues.push(Issue {
                path,
                message: Text::new(id::CONFIG_OBJECT),
            });
            return None;
        };
        Some(Self {
            object,
            path,
            notes,
            asked: Vec::new(),
        })
    }

    /// The field, which must be there; `None`, and an issue, where it is not or is not right.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        meaning: Id,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
    ) -> Option<T> {
        let parsed = self.optional(key, parse)?;
        if parsed.is_none() {
            self.note(
                key,
                Text::new(id::CONFIG_REQUIRED).with_text("meaning", Text::new(meaning)),
            );
        }
        parsed
    }

    /// The field, or `Some(None)` where it is absent; `None`, and an issue, where it is not right.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        self.asked.push(key);
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
                let mut fields = Fields::new(value, path, self.notes)?;
                read(&mut fields).map(Some)
            }
            None => Some(None),
        }
    }

    /// Notes each key that was not asked for. Called after the last one was.
    pub(super) fn note_unread_keys(&mut self) {
        let unread_keys = self.unread_keys();
        self.notes.unread_keys.extend(unread_keys);
    }

    /// Adds an issue for each key that was not asked for, and then returns `None`. Called after the last
    /// one was, in objects that the official connector does not know: there a misspelt key would go
    /// unnoticed.
    pub(super) fn refuse_unread_keys(&mut self) -> Option<()> {
        let unread_keys = self.unread_keys();
        let none = unread_keys.is_empty();
        for path in unread_keys {
            let id = if path == self.path {
                id::CONFIG_HOLDS_NOT_KNOWN
            } else {
                id::CONFIG_NOT_KNOWN
            };
            let message = Text::new(id).with("known", &self.asked.join(", "));
            self.notes.issues.push(Issue { path, message });
        }
        none.then_some(())
    }

    /// The places of the keys that were not asked for. A key as long as an API key of Tencent's may be one,
    /// so it is not named: its place is the object's.
    fn unread_keys(&self) -> Vec<Path> {
        let keys = self.object.keys();
        keys.filter(|key| !self.asked.contains(&key.as_str()))
            .map(|key| match key.len() {
                ..=LONGEST_KEY_NAMED => self.path.unknown_key(key),
                _ => self.path.clone(),
            })
            .collect()
    }

    /// Where `key` is, from the root of the config.
    pub(super) fn path_of(&self, key: &'static str) -> Path {
        self.path.key(key)
    }

    /// For whoever reads on below a field.
    pub(super) fn notes(&mut self) -> &mut Notes {
        self.notes
    }

    /// Adds an issue with the field at `key`.
    pub(super) fn note(&mut self, key: &'static str, message: Text) {
        self.notes.issues.push(Issue {
            path: self.path.key(key),
            message,
        });
    }
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
        .ok_or_else(|| Text::new(id::CONFIG_TEXT))
}

/// An identifier that people write as a number as often as in quotes.
pub(super) fn text_or_integer(value: &Value) -> Result<String, Problem> {
    match value {
        Value::Number(number) if number.as_u64().is_some() => Ok(number.to_string()),
        Value::String(_) => text(value),
        _ => Err(Text::new(id::CONFIG_TEXT_OR_INTEGER)),
    }
}

/// Text that can travel in an HTTP header as it is.
pub(super) fn header_text(value: &Value) -> Result<String, Problem> {
    let text = text(value)?;
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(Text::new(id::CONFIG_HEADER_TEXT))
    }
}

/// The elements of an array.
pub(super) fn elements(value: &Value) -> Result<&[Value], Problem> {
    value.as_array().ok_or_else(|| Text::new(id::CONFIG_ARRAY))
}
