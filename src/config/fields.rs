//! Reads untrusted JSON field by field, without stopping at the first issue.

use super::strict::names::{is_note, may_be_secret, near_miss};
use super::strict::values::any;
use super::strict::{Objection, Remark, Rule, Severity};
use super::{Issue, Path};
use crate::invisible::trimmed;
use crate::json::{Map, Value};
use crate::text::{Id, Text, id};

/// The description of a field's correct form: the end of a sentence that begins with the field's path.
pub(super) type Problem = Text;

/// The problems that were found in a config, in objects of every depth.
#[derive(Default)]
pub struct Diagnostics {
    /// The issues because of which no message can be sent.
    pub issues: Vec<Issue>,
    /// The problems with values that the lenient parser accepts.
    pub remarks: Vec<Remark>,
    /// The places of keys that nothing reads and that resemble no known key.
    pub unread_keys: Vec<Path>,
}

impl Diagnostics {
    pub(super) fn append(&mut self, mut other: Self) {
        self.issues.append(&mut other.issues);
        self.remarks.append(&mut other.remarks);
        self.unread_keys.append(&mut other.unread_keys);
    }

    /// Returns the issues because of which the config must not be saved. A config without such issues can be
    /// parsed.
    pub(super) fn issues_at_save(mut self) -> Vec<Issue> {
        for remark in self.remarks {
            if remark.severity < Severity::Doubtful {
                self.issues.push(remark.issue);
            }
        }
        self.issues
    }
}

/// The fields of one JSON object.
pub(super) struct Fields<'a> {
    object: &'a Map,
    path: Path,
    diagnostics: &'a mut Diagnostics,
    /// The keys that were read so far. After the last read, these are all known keys of the object.
    read_keys: Vec<&'static str>,
}

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
        rule: Rule,
    ) -> Option<T> {
        let parsed = self.optional(key, parse, rule)?;
        if parsed.is_none() {
            self.add_issue(
                key,
                Text::new(id::CONFIG_REQUIRED).with_text("meaning", Text::new(meaning)),
            );
        }
        parsed
    }

    /// Reads an optional field. Returns `Some(None)` if the field is absent. Adds an issue and returns
    /// `None` if the field is invalid. Adds a remark if the field is valid and breaks the strict `rule`.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&'a Value) -> Result<T, Problem>,
        rule: Rule,
    ) -> Option<Option<T>> {
        self.read_keys.push(key);
        let Some(value) = self.object.get(key).filter(|value| !is_absent(value)) else {
            return Some(None);
        };
        let objection = rule(value);
        let (parsed, problem) = match parse(value) {
            Ok(parsed) => (Some(Some(parsed)), None),
            Err(problem) => (None, Some(problem)),
        };
        self.add(key, problem, objection);
        parsed
    }

    /// Adds an issue for a problem, or else a remark for an objection.
    // The function is not a part of `optional`, which is compiled once for each type of a value.
    #[inline(never)]
    fn add(&mut self, key: &'static str, problem: Option<Problem>, objection: Option<Objection>) {
        match (problem, objection) {
            // The rule knows more about what was meant.
            (Some(_), Some(known)) if known.severity < Severity::Doubtful => {
                self.add_issue(key, known.problem);
            }
            (Some(problem), _) => self.add_issue(key, problem),
            (None, objection) => self.add_remark(key, objection),
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
        match self.optional(key, Ok, any)? {
            Some(value) => {
                let path = self.path_of(key);
                let mut fields = Fields::new(value, path, self.diagnostics)?;
                read(&mut fields).map(Some)
            }
            None => Some(None),
        }
    }

    /// Reports all keys that were not read: as a remark, if the key is another spelling of one that was read.
    /// Must be called after the last read.
    pub(super) fn report_unread_keys(&mut self) {
        let keys = self.object.keys();
        for key in keys.filter(|key| !self.read_keys.contains(&key.as_str())) {
            if let Some(right) = near_miss(key, &self.read_keys) {
                let issue = Issue {
                    path: self.path.unknown_key(key),
                    message: Text::new(id::CONFIG_NEAR_MISS).with("right", &right),
                };
                let severity = Severity::Ineffective;
                self.diagnostics.remarks.push(Remark { severity, issue });
            } else if may_be_secret(key) {
                self.diagnostics.unread_keys.push(self.path.clone());
            } else if !is_note(key) {
                let path = self.path.unknown_key(key);
                self.diagnostics.unread_keys.push(path);
            }
        }
    }

    /// Returns the place of `key` from the root of the config.
    pub(super) fn path_of(&self, key: &'static str) -> Path {
        self.path.key(key)
    }

    /// Returns the diagnostics, for readers of the values below a field.
    pub(super) fn diagnostics(&mut self) -> &mut Diagnostics {
        self.diagnostics
    }

    /// Adds a remark about the field at `key`, if there is an objection.
    pub(super) fn add_remark(&mut self, key: &'static str, objection: Option<Objection>) {
        if let Some(Objection { severity, problem }) = objection {
            let issue = Issue {
                path: self.path.key(key),
                message: problem,
            };
            self.diagnostics.remarks.push(Remark { severity, issue });
        }
    }

    /// Adds an issue about the object itself.
    pub(super) fn add_issue_of_object(&mut self, message: Text) {
        let path = self.path.clone();
        self.diagnostics.issues.push(Issue { path, message });
    }

    /// Adds an issue about the field at `key`.
    pub(super) fn add_issue(&mut self, key: &'static str, message: Text) {
        self.diagnostics.issues.push(Issue {
            path: self.path.key(key),
            message,
        });
    }
}

/// Returns true for the values that Logto strips before it stores a config, and for invisible texts.
/// An object with only absent fields counts as absent, because Logto strips it before storing.
pub fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => trimmed(text).is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.values().all(is_absent),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Reads a text, without the invisible characters that were pasted with it.
pub(super) fn text(value: &Value) -> Result<String, Problem> {
    value
        .as_str()
        .map(|text| trimmed(text).to_owned())
        .ok_or_else(|| Text::new(id::CONFIG_TEXT))
}

/// Reads a signature, without the 【】 that Tencent puts around it.
pub(super) fn sign_name(value: &Value) -> Result<String, Problem> {
    let text = text(value)?;
    let inner = trimmed(text.trim_matches(['【', '】']));
    if inner.is_empty() {
        let meaning = Text::new(id::MEANING_SIGNNAME);
        return Err(Text::new(id::CONFIG_REQUIRED).with_text("meaning", meaning));
    }
    Ok(inner.to_owned())
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
