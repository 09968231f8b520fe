//! The result of a step of the set-up, for a terminal and for programs.

use std::fmt::{self, Write};

use serde::Serialize;

use super::Difference;
use crate::text::{Text, id};

/// A state of the set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Logto has the config already.
    Same,
    /// Logto would store the config.
    Differs,
    /// Logto stored the config, and it was read back.
    Applied,
    /// Logto sent a test message with the config.
    Sent,
    /// The stored config was read.
    Exported,
    /// The config is not stored, or not usable.
    Refused,
}

/// The result of a preview, a test message, a change or an export.
#[derive(Clone, Debug)]
pub struct Report {
    /// The state.
    pub outcome: Outcome,
    /// The sentence about the SMS connector that Logto uses.
    pub now: Option<Text>,
    /// The differences between the stored config and the new one.
    pub differences: Vec<Difference>,
    /// The sentences about the result.
    pub sentences: Vec<Text>,
    /// The exported config as JSON, without its secrets.
    pub config: Option<String>,
    /// The mark of the state that the report is about. A change is only made in the same state.
    pub state: String,
    /// The SMS connector that the change deletes.
    pub replaced: Option<Backup>,
}

/// Another SMS connector and its config. The content contains its secrets.
#[derive(Clone)]
pub struct Backup {
    /// The connector's ID, such as `twilio-short-message-service`.
    pub connector_id: String,
    /// The JSON that Logto's `POST /api/connectors` takes.
    pub content: String,
}

impl fmt::Debug for Backup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Backup({})", self.connector_id)
    }
}

impl Report {
    /// Creates a report without differences.
    pub(super) fn new(outcome: Outcome, sentences: Vec<Text>) -> Self {
        Self {
            outcome,
            now: None,
            differences: Vec::new(),
            sentences,
            config: None,
            state: String::new(),
            replaced: None,
        }
    }

    /// Returns the report as text for a terminal.
    pub fn to_text(&self, colors: bool) -> String {
        let mut text = String::new();
        // Writing to a `String` never fails.
        if let Some(now) = &self.now {
            writeln!(text, "{now}").unwrap_or_default();
        }
        for difference in &self.differences {
            write_difference(&mut text, difference, colors).unwrap_or_default();
        }
        for sentence in &self.sentences {
            writeln!(text, "{sentence}").unwrap_or_default();
        }
        text
    }
}

fn write_difference(text: &mut String, difference: &Difference, colors: bool) -> fmt::Result {
    let Difference {
        path,
        before,
        after,
    } = difference;
    let (sign, color) = match (before, after) {
        (None, _) => ('+', "32"),
        (_, None) => ('-', "31"),
        _ => ('~', "33"),
    };
    let (start, end) = match colors {
        true => (format!("\u{1b}[{color}m"), "\u{1b}[0m"),
        false => (String::new(), ""),
    };
    write!(text, "  {start}{sign}{end} {path}: ")?;
    match (before, after) {
        (Some(before), Some(after)) => {
            let change = Text::new(id::SETUP_CHANGE)
                .with_text("before", before.clone())
                .with_text("after", after.clone());
            writeln!(text, "{change}")
        }
        (before, after) => {
            let value = before.as_ref().or(after.as_ref());
            value.map_or(Ok(()), |value| writeln!(text, "{value}"))
        }
    }
}
