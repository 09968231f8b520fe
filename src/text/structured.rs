//! The form of a text for programs: its id and its values, which are the same in every language.
//!
//! Only the command line writes this form. The module that Logto loads does not contain the names of the ids.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Id, NAMES, Text, Value};

impl Id {
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

#[cfg(test)]
mod tests {
    use super::super::id;
    use super::*;

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
}
