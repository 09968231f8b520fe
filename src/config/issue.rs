//! What is wrong with a config, and where.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::quoted::quoted_key;
use crate::text::{Text, id};

/// One thing to mend. Never quotes a value: values are secrets until proven otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// From the root of the config, as zod counts: `["templates", 0, "templateCode"]`.
    pub path: Path,
    /// The right form: the end of a sentence that begins with the path.
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
    /// The place of `key` in the object at this path.
    pub fn key(&self, key: &'static str) -> Self {
        self.followed_by(Segment::Key(key.into()))
    }

    /// The place of a key that an operator made up, fit to be printed.
    pub fn unknown_key(&self, key: &str) -> Self {
        self.followed_by(Segment::Key(quoted_key(key).into()))
    }

    /// The place of the element `index` in the array at this path.
    pub fn index(&self, index: usize) -> Self {
        self.followed_by(Segment::Index(index))
    }

    fn followed_by(&self, segment: Segment) -> Self {
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
