//! The differences between two configs.

use std::collections::BTreeSet;

use serde::Serialize;

use super::mask::{Masks, place_of};
use crate::config::Path;
use crate::json::{Map, Value};
use crate::quoted::quoted;
use crate::text::{Text, id};

/// A value that one of two configs lacks, or that differs in them.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The place in both configs.
    pub path: Path,
    /// The stored value for people, without secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Text>,
    /// The value of the file for people, without secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Text>,
}

/// Returns the differences from the stored config to another one. Both have the stored form.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut comparison = Comparison {
        masks: [Masks::of(before), Masks::of(after)],
        differences: Vec::new(),
    };
    comparison.compare("", &Path::default(), Some(before), Some(after));
    comparison.differences
}

struct Comparison {
    masks: [Masks; 2],
    differences: Vec<Difference>,
}

impl Comparison {
    fn compare(&mut self, key: &str, path: &Path, before: Option<&Value>, after: Option<&Value>) {
        let is_secret = self.covers(key, path, before) || self.covers(key, path, after);
        match (before, after) {
            _ if is_same(before, after) => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) if !is_secret => {
                self.compare_objects(path, before, after);
            }
            (None | Some(Value::Array(_)), None | Some(Value::Array(_))) if !is_secret => {
                let before = before.and_then(Value::as_array).unwrap_or_default();
                let after = after.and_then(Value::as_array).unwrap_or_default();
                for index in 0..before.len().max(after.len()) {
                    self.compare("", &path.index(index), before.get(index), after.get(index));
                }
            }
            _ => {
                let [masks_before, masks_after] = &self.masks;
                let before_text = before.map(|value| shown(masks_before, key, path, value));
                let after_text = after.map(|value| shown(masks_after, key, path, value));
                let is_secret = |text: &Text| text.id() == id::SETUP_SECRET;
                let was_secret = before_text.as_ref().is_some_and(is_secret);
                self.differences.push(Difference {
                    path: path.clone(),
                    before: before_text,
                    after: match after_text {
                        Some(text) if was_secret && is_secret(&text) => {
                            Some(Text::new(id::SETUP_ANOTHER_SECRET))
                        }
                        text => text,
                    },
                });
            }
        }
    }

    fn compare_objects(&mut self, path: &Path, before: &Map, after: &Map) {
        let (before, after) = (before.by_key(), after.by_key());
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        for key in keys {
            let place = place_of(path, key);
            let (before, after) = (before.get(key), after.get(key));
            self.compare(key, &place, before.copied(), after.copied());
        }
    }

    fn covers(&self, key: &str, path: &Path, value: Option<&Value>) -> bool {
        let mut masks = self.masks.iter();
        value.is_some_and(|value| masks.any(|masks| masks.covers(key, path, value)))
    }
}

fn is_same(before: Option<&Value>, after: Option<&Value>) -> bool {
    // The written form has the keys in alphabetical order.
    before.map(Value::to_string) == after.map(Value::to_string)
}

/// Returns a value for people.
fn shown(masks: &Masks, key: &str, path: &Path, value: &Value) -> Text {
    if masks.covers(key, path, value) {
        return Text::new(id::SETUP_SECRET);
    }
    Text::new(id::PLAIN).with("text", &quoted(&masks.mask(value, path).to_string()))
}
