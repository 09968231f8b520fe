//! The form in which Logto stores a config.

use crate::json::{Map, Value};

/// Returns a config as Logto stores it: without `""`, `null`, `[]` and `{}` at any depth, and with the
/// numbers in JavaScript's notation.
pub(super) fn stored_form(config: &Value) -> Value {
    kept(config).unwrap_or(Value::Object(Map::default()))
}

/// Returns what Logto's `cleanDeep` keeps of a value, or `None` if it removes the whole value.
fn kept(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(value.clone()),
        Value::Number(number) => Some(Value::Number(number.without_trailing_zeros())),
        Value::String(text) => (!text.is_empty()).then(|| value.clone()),
        Value::Array(elements) => {
            let kept: Vec<_> = elements.iter().filter_map(kept).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        Value::Object(fields) => {
            let fields = fields.by_key().into_iter();
            let mut kept = fields
                .filter_map(|(key, value)| Some((key.to_owned(), kept(value)?)))
                .peekable();
            kept.peek()?;
            Some(Value::Object(kept.collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The expected values are those of npm's clean-deep 3.4.0, which Logto uses.
    #[test]
    fn empty_values_are_removed_at_any_depth() {
        for (config, expected) in [
            (
                json!({
                    "a": "", "b": null, "c": [], "d": {}, "e": false, "f": 0, "g": " ",
                    "h": { "i": { "j": [null, "", {}] } }, "k": ["", "x", { "l": "" }, [[]]]
                }),
                json!({ "e": false, "f": 0, "g": " ", "k": ["x"] }),
            ),
            (json!({ "a": { "b": null } }), json!({})),
        ] {
            assert_eq!(stored_form(&config.into()), expected.into());
        }
    }
}
