//! The issues of a config and their places.

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::quoted::quoted_key;
use crate::text::{Id, Text, id};

/// A problem in a config. It quotes no value that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The place from the root of the config, in zod's format: `["templates", 0, "templateCode"]`.
    pub path: Path,
    /// The description of the correct form: the end of a sentence that begins with the path.
    pub message: Text,
}

impl Issue {
    /// Returns the whole sentence, such as `accessKeyId (SecretId) must be …`.
    pub fn sentence(&self) -> Text {
        let sentence = match self.path.label() {
            Some(label) => {
                Text::new(id::CONFIG_LABELLED_ISSUE).with_text("label", Text::new(label))
            }
            None => Text::new(id::CONFIG_ISSUE),
        };
        let sentence = sentence.with_text("problem", self.message.clone());
        if self.path.is_root() {
            sentence.with_text("place", Text::new(id::CONFIG_ROOT))
        } else {
            sentence.with("place", &self.path)
        }
    }

    /// Returns the sentence for the Console, which shows the path itself. It begins with the field's label in
    /// the form, which most operators know better than the key.
    fn sentence_in_console(&self) -> Text {
        match self.path.label() {
            Some(label) => Text::new(id::CONFIG_ISSUE)
                .with_text("place", Text::new(label))
                .with_text("problem", self.message.clone()),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sentence().fmt(formatter)
    }
}

/// Writes the issue in the form of the type `Issue` in `wasm/boundary.d.ts`.
impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Issue", 2)?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("message", &self.sentence_in_console())?;
        fields.end()
    }
}

/// A place in a config.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Path(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

    /// Returns the label of the key that the path ends with, if the Console's form has one that differs from the
    /// key by more than its case, or if the key is the code of a template.
    fn label(&self) -> Option<Id> {
        let Some(Segment::Key(key)) = self.0.last() else {
            return None;
        };
        Some(match &**key {
            "accessKeyId" => id::LABEL_ACCESSKEYID,
            "accessKeySecret" => id::LABEL_ACCESSKEYSECRET,
            "signName" => id::LABEL_SIGNNAME,
            "overseas" if self.0.len() == 1 => id::LABEL_OVERSEAS,
            "allowedCallingCodes" => id::LABEL_ALLOWEDCALLINGCODES,
            "limits" => id::LABEL_LIMITS,
            "bareNumbersAreMainland" => id::LABEL_BARENUMBERSAREMAINLAND,
            "securityToken" => id::LABEL_SECURITYTOKEN,
            "credentials" => id::LABEL_CREDENTIALS,
            "timeoutSeconds" => id::LABEL_TIMEOUTSECONDS,
            "templateCode" => id::LABEL_TEMPLATECODE,
            _ => return None,
        })
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
