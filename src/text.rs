//! The catalogue of texts that people read: `text/en.txt` has every sentence by its id.
//!
//! The core creates a [`Text`], which is an id with values, and the catalogue has the sentence of the
//! id. So a test can compare the id, and a translator needs only one file. `build.rs` makes a constant
//! of each id, so that an id without a sentence does not compile.

use std::fmt;

use serde::{Serialize, Serializer};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The id of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Id(usize);

/// A text: an id and the values for the `{$name}` in its sentence. Displays as the English sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    id: Id,
    values: Vec<(&'static str, Value)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// A name or a number, which is the same in every language.
    Plain(String),
    /// A part of a sentence, which is a text itself.
    Text(Text),
}

impl Id {
    /// Returns the id of the advice on an error code of Tencent. Only the table of error codes calls
    /// this.
    pub(crate) const fn of_advice(index: usize) -> Self {
        Self(index)
    }

    /// Returns the name of the id in the catalogue, or `advice` for the advice on an error code.
    pub fn name(self) -> &'static str {
        NAMES.get(self.0).copied().unwrap_or("advice")
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Text {
    /// Creates a text without values.
    pub const fn new(id: Id) -> Self {
        Self {
            id,
            values: Vec::new(),
        }
    }

    // These methods are never inlined: each copy would add a hundred bytes of wasm, in fifty places.

    /// Adds a value that is the same in every language.
    #[inline(never)]
    pub fn with(mut self, name: &'static str, value: &dyn fmt::Display) -> Self {
        self.values.push((name, Value::Plain(value.to_string())));
        self
    }

    /// Adds a value that is a text itself.
    #[inline(never)]
    pub fn with_text(mut self, name: &'static str, text: Self) -> Self {
        self.values.push((name, Value::Text(text)));
        self
    }

    /// Returns the id.
    pub const fn id(&self) -> Id {
        self.id
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = ENGLISH.get(self.id.0).copied().unwrap_or_default();
        // `build.rs` writes `$name$` for `{$name}`, so every second part is a name.
        for (index, part) in sentence.split('$').enumerate() {
            if index % 2 == 0 {
                formatter.write_str(part)?;
                continue;
            }
            match self.values.iter().find(|(name, _)| *name == part) {
                Some((_, Value::Plain(value))) => formatter.write_str(value)?,
                Some((_, Value::Text(text))) => text.fmt(formatter)?,
                None => {}
            }
        }
        Ok(())
    }
}

/// A text as its id and its values, for programs.
#[derive(Serialize)]
pub struct Structured<'a> {
    id: &'static str,
    #[serde(serialize_with = "as_object")]
    values: &'a [(&'static str, Value)],
}

impl Text {
    /// Returns the id and the values, which are the same in every language.
    pub fn structured(&self) -> Structured<'_> {
        Structured {
            id: self.id.name(),
            values: &self.values,
        }
    }
}

fn as_object<S: Serializer>(
    values: &[(&'static str, Value)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => serializer.serialize_str(value),
            Self::Text(text) => text.structured().serialize(serializer),
        }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_replace_their_placeholders() {
        let text = Text::new(id::TEMPLATE_VALUES).with("count", &3);
        assert_eq!(text.to_string(), "3 values");
        let nested = Text::new(id::TEMPLATE_TAKES)
            .with_text("values", text)
            .with("gets", &1)
            .with_text(
                "template",
                Text::new(id::PLAIN).with("text", &"1110 for Generic"),
            );
        assert_eq!(
            nested.to_string(),
            "1110 for Generic: takes 3 values and gets 1"
        );
    }

    #[test]
    fn braces_of_handlebars_are_not_placeholders() {
        let text = Text::new(id::TEMPLATE_PARAMS_ONE);
        assert!(text.to_string().contains(r#"["{{code}}"]"#), "{text}");
    }

    #[test]
    fn programs_read_the_id_and_the_values() {
        let text = Text::new(id::UNKNOWN).with_text(
            "why",
            Text::new(id::FINDING_KEY_OK).with("region", &"ap-guangzhou"),
        );
        assert_eq!(
            serde_json::to_string(&text.structured()).unwrap(),
            r#"{"id":"unknown","values":{"why":{"id":"finding.key.ok","values":{"region":"ap-guangzhou"}}}}"#
        );
    }

    #[test]
    fn every_text_has_a_unique_id_and_a_sentence() {
        for (index, (name, sentence)) in NAMES.iter().zip(ENGLISH).enumerate() {
            assert!(!sentence.trim().is_empty(), "{name}");
            assert!(!NAMES[..index].contains(name), "{name} stands twice");
        }
        assert!(ENGLISH.len() > NAMES.len() + 100);
    }
}
