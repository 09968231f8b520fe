//! The issues of a config and their places.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::quoted::quoted_key;
use crate::text::{Text, id};

/// A problem in a config. It never quotes a value, because every value may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The place from the root of the config, in zod's format: `["templates", 0, "templateCode"]`.
    pub path: Path,
    /// The description of the correct form: the end of a sentence that begins with the path.
    pub message: Text,
}

impl Issue {
    /// Returns the whole sentence, such as `templates[0].templateCode must be …`.
    pub fn sentence(&self) -> Text {
        let sentence = Text::new(id::CONFIG_ISSUE).with_text("problem", self.message.clone());
        if self.path.0.is_empty() {
            sentence.with_text("place", Text::new(id::CONFIG_ROOT))
        } else {
            sentence.with("place", &self.path)
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(formatter)
    }
}

/// A place in a config.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Path(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

impl Path {
    /// Returns the place of `key` in the object at this path.
    pub fn key(&self, key: &'static str) -> Self {
        self.with_segment(Segment::Key(key.into()))
    }

    /// Returns the place of a key that the connector does not know. The key is made safe to print.
    pub fn unknown_key(&self, key: &str) -> Self {
        self.with_segment(Segment::Key(quoted_key(key).into()))
    }

    /// Returns the place of the element `index` in the array at this path.
    pub fn index(&self, index: usize) -> Self {
        self.with_segment(Segment::Index(index))
    }

    /// Returns true for the place of the whole config.
    pub const fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    fn with_segment(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if position == 0 => write!(formatter, "{key}")?,
                Segment::Key(key) => write!(formatter, ".{key}")?,
                Segment::Index(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}
