//! The secrets of a config, which are masked wherever the config is shown or exported.

use std::collections::BTreeSet;

use crate::config::{Diagnostics, Path, diagnose, is_note, may_be_secret};
use crate::credentials::Reference;
use crate::json::Value;
use crate::text::id;

/// The text that replaces a secret in an export.
const MASK: &str = "<masked>";

/// The keys whose values are secrets. The SecretId is one of them, because it names the account.
const SECRET_KEYS: [&str; 3] = ["accessKeyId", "accessKeySecret", "securityToken"];

/// The length from which a word of letters and digits may be a key that was pasted into a wrong field.
/// Tencent's keys have 32 and 36 characters.
const KEY_LENGTH: usize = 30;

/// The places of a config whose values are not shown, in addition to the secret keys: the values of unknown
/// keys may be secrets, such as those of another connector.
pub(super) struct Masks {
    unknown_keys: BTreeSet<Path>,
}

impl Masks {
    /// Creates the masks of a config.
    pub(super) fn of(config: &Value) -> Self {
        let Diagnostics {
            unread_keys,
            remarks,
            ..
        } = diagnose(config);
        let near_misses = remarks
            .into_iter()
            .filter(|remark| remark.issue.message.id() == id::CONFIG_NEAR_MISS)
            .map(|remark| remark.issue.path);
        let unknown_keys = unread_keys.into_iter().chain(near_misses).collect();
        Self { unknown_keys }
    }

    /// Returns true if this connector reads the key at `path`.
    pub(super) fn knows(&self, key: &str, path: &Path) -> bool {
        !is_note(key) && !may_be_secret(key) && !self.unknown_keys.contains(path)
    }

    /// Returns true if the value of `key` at `path` must not be shown.
    pub(super) fn covers(&self, key: &str, path: &Path, value: &Value) -> bool {
        match value {
            // A reference says where a secret is, and is none itself.
            Value::String(text) if Reference::is_meant_by(text) => false,
            Value::String(text) if looks_like_key(text) => true,
            // `diagnose` reports the object around a key that may be a secret, here the whole config.
            _ if path.is_root() => false,
            // A note, such as `$schema`, is no setting.
            _ => SECRET_KEYS.contains(&key) || !is_note(key) && !self.knows(key, path),
        }
    }

    /// Returns the value at `path` with [`MASK`] in place of its secrets.
    pub(super) fn mask(&self, value: &Value, path: &Path) -> Value {
        match value {
            Value::Object(fields) => Value::Object(
                fields
                    .by_key()
                    .into_iter()
                    .map(|(key, value)| {
                        let path = place_of(path, key);
                        let masked = match self.covers(key, &path, value) {
                            true => MASK.into(),
                            false => self.mask(value, &path),
                        };
                        (shown_key(key).to_owned(), masked)
                    })
                    .collect(),
            ),
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                let masked = elements.map(|(index, element)| {
                    let path = path.index(index);
                    match self.covers("", &path, element) {
                        true => MASK.into(),
                        false => self.mask(element, &path),
                    }
                });
                Value::Array(masked.collect())
            }
            _ => value.clone(),
        }
    }
}

/// Returns the place of any key of the object at `path`.
pub(super) fn place_of(path: &Path, key: &str) -> Path {
    path.unknown_key(shown_key(key))
}

/// Returns a key, or [`MASK`] for a key that may be a secret itself.
fn shown_key(key: &str) -> &str {
    if may_be_secret(key) { MASK } else { key }
}

/// Returns the places of masks in a config, which cannot be stored.
pub(super) fn masked_places(value: &Value) -> Vec<Path> {
    let mut places = Vec::new();
    collect(value, &Path::default(), &mut places);
    places
}

fn collect(value: &Value, path: &Path, places: &mut Vec<Path>) {
    match value {
        Value::String(text) if is_mask(text) => places.push(path.clone()),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                collect(element, &path.index(index), places);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields.by_key() {
                collect(value, &place_of(path, key), places);
            }
        }
        _ => {}
    }
}

/// Returns true for [`MASK`], and for the asterisks and dots of other programs.
fn is_mask(text: &str) -> bool {
    let text = text.trim();
    text == MASK || text.chars().count() >= 3 && text.chars().all(|c| c == '*' || c == '•')
}

fn looks_like_key(text: &str) -> bool {
    text.len() >= KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
