//! Reads untrusted JSON field by field, without stopping at the first issue.

use super::{Issue, Path};
use crate::json::{Map, Value};
use crate::text::{Id, Text, id};

/// The description of a field's correct form: the end of a sentence that begins with the field's path.
pub(super) type Problem = Text;

/// The problems that were found in a config, in objects of every depth.
#[derive(Default)]
pub(super) struct Diagnostics {
    /// All issues.
    pub(super) issues: Vec<Issue>,
    /// All keys that nothing reads, in objects where this is not an issue.
    pub(super) unread_keys: Vec<Path>,
}

/// The fields of one JSON object.
pub(super) struct Fields<'a> {
    object: &'a Map,
    path: Path,
    diagnostics: &'a mut Diagnostics,
    /// The keys that were read so far. After the last read, these are all known keys of the object.
    read_keys: Vec<&'static str>,
}

/// The longest unknown key that an issue may name. No known key is longer.
const MAX_NAMED_KEY_LENGTH: usize = 24;

impl<'a> Fields<'a> {
    /// Creates a reader. Adds an issue and returns `None` if `value` is not an object.
    pub(super) fn new(
        value: &'a Value,
        path: Path,
        diagnostics: &'a mut Diagnostics,
    ) -> Option<Self> {
        let Value::Object(object) = value else {
            diagnostics.issues.push(Issue {
                path,
                message: Text::new(id::CONFIG_OBJECT),
            });
            return None;
        };
        Some(Self {
            object,
            path,
            diagnostics,
            read_keys: Vec::new(),
        })
    }

    /// Reads a required field. Adds an issue and returns `None` if the field is absent or invalid.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        meaning: Id,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
    ) -> Option<T> {
        let parsed = self.optional(key, parse)?;
        if parsed.is_none() {
            self.add_issue(
                key,
                Text::new(id::CONFIG_REQUIRED).with_text("meaning", Text::new(meaning)),
            );
        }
        parsed
    }

    /// Reads an optional field. Returns `Some(None)` if the field is absent. Adds an issue and returns
    /// `None` if the field is invalid.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
    ) -> Option<Option<T>> {
        self.read_keys.push(key);
        let Some(value) = self.object.get(key).filter(|value| !is_absent(value)) else {
            return Some(None);
        };
        match parse(value) {
            Ok(parsed) => Some(Some(parsed)),
            Err(problem) => {
                self.add_issue(key, problem);
                None
            }
        }
    }

    /// Returns true if the field at `key` is an object that is not empty.
    pub(super) fn is_object(&self, key: &str) -> bool {
        let value = self.object.get(key).filter(|value| !is_absent(value));
        matches!(value, Some(Value::Object(_)))
    }

    /// Reads the object at `key` with `read`. Returns `Some(None)` if the object is absent. Adds an issue
    /// and returns `None` if the field is not an object or `read` fails.
    pub(super) fn optional_object<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.optional(key, Ok)? {
            Some(value) => {
                let path = self.path_of(key);
                let mut fields = Fields::new(value, path, self.diagnostics)?;
                read(&mut fields).map(Some)
            }
            None => Some(None),
        }
    }

    /// Records all keys that were not read. Must be called after the last read.
    pub(super) fn record_unread_keys(&mut self) {
        let unread_keys = self.unread_keys();
        self.diagnostics.unread_keys.extend(unread_keys);
    }

    /// Adds an issue for each key that was not read. Returns `None` if there is such a key. Must be
    /// called after the last read, and only in objects that the official connector does not have.
    /// Rejecting unknown keys there finds spelling mistakes.
    pub(super) fn reject_unread_keys(&mut self) -> Option<()> {
        let unread_keys = self.unread_keys();
        let none = unread_keys.is_empty();
        for path in unread_keys {
            let id = if path == self.path {
                id::CONFIG_HOLDS_NOT_KNOWN
            } else {
                id::CONFIG_NOT_KNOWN
            };
            let message = Text::new(id).with("known", &self.read_keys.join(", "));
            self.diagnostics.issues.push(Issue { path, message });
        }
        none.then_some(())
    }

    /// Returns the places of the keys that were not read. The place of a long key is the place of the
    /// object, because a text with the length of a Tencent API key may be one and must not be printed.
    fn unread_keys(&self) -> Vec<Path> {
        let keys = self.object.keys();
        keys.filter(|key| !self.read_keys.contains(&key.as_str()))
            .map(|key| match key.len() {
                ..=MAX_NAMED_KEY_LENGTH => self.path.unknown_key(key),
                _ => self.path.clone(),
            })
            .collect()
    }

    /// Returns the place of `key` from the root of the config.
    pub(super) fn path_of(&self, key: &'static str) -> Path {
        self.path.key(key)
    }

    /// Returns the diagnostics, for readers of the values below a field.
    pub(super) fn diagnostics(&mut self) -> &mut Diagnostics {
        self.diagnostics
    }

    /// Adds an issue about the field at `key`.
    pub(super) fn add_issue(&mut self, key: &'static str, message: Text) {
        self.diagnostics.issues.push(Issue {
            path: self.path.key(key),
            message,
        });
    }
}

/// Returns true for the values that Logto strips before it stores a config, and for texts of white space.
/// An object with only absent fields counts as absent, because Logto strips it before storing.
pub fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.values().all(is_absent),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Reads a text, without surrounding white space that may have been pasted with it.
pub(super) fn text(value: &Value) -> Result<String, Problem> {
    value
        .as_str()
        .map(|text| text.trim().to_owned())
        .ok_or_else(|| Text::new(id::CONFIG_TEXT))
}

/// Reads an identifier, which people often write as a number instead of a text.
pub(super) fn text_or_integer(value: &Value) -> Result<String, Problem> {
    match value {
        Value::Number(number) if number.as_u64().is_some() => Ok(number.to_string()),
        Value::String(_) => text(value),
        _ => Err(Text::new(id::CONFIG_TEXT_OR_INTEGER)),
    }
}

/// Reads a text that is valid in an HTTP header.
pub(super) fn header_text(value: &Value) -> Result<String, Problem> {
    let text = text(value)?;
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(Text::new(id::CONFIG_HEADER_TEXT))
    }
}

/// Reads the elements of an array.
pub(super) fn elements(value: &Value) -> Result<&[Value], Problem> {
    value.as_array().ok_or_else(|| Text::new(id::CONFIG_ARRAY))
}
