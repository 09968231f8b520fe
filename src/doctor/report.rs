//! The doctor's report.

use std::fmt::{self, Write};

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::config::{Issue, Path};
use crate::phone::Route;
use crate::quoted::quoted;
use crate::text::{Id, Text, id};

/// The findings of an examination or a test message.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, in the order of the checks.
    pub findings: Vec<Finding>,
    /// True if the config is valid, even if Tencent would refuse it.
    pub can_send: bool,
}

/// The result of one check. It contains no key and no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// The state of the checked thing.
    pub state: State,
    /// The side, if the finding concerns only one: `mainland` or `overseas`.
    pub side: Option<&'static str>,
    /// The place in the config that decides the finding.
    pub path: Option<Path>,
    /// The description of the finding.
    pub what: Text,
    /// The advice for the operator.
    pub advice: Option<Text>,
}

/// Writes the texts for people, and the finding in a form for programs.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 7)?;
        fields.serialize_field("check", &self.check)?;
        fields.serialize_field("state", &self.state)?;
        if let Some(side) = self.side {
            fields.serialize_field("side", side)?;
        }
        if let Some(path) = &self.path {
            fields.serialize_field("path", path)?;
        }
        fields.serialize_field("finding", &self.what.structured())?;
        fields.serialize_field("what", &self.what)?;
        if let Some(advice) = &self.advice {
            fields.serialize_field("advice", advice)?;
        }
        fields.end()
    }
}

/// The subject of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// The config by itself.
    Config,
    /// The connection to Tencent's API.
    Api,
    /// The server's clock.
    Clock,
    /// The API key.
    Key,
    /// Tencent's interpretation of phone numbers.
    Number,
    /// The SDKAppID.
    Application,
    /// The signature.
    Signature,
    /// A template.
    Template,
    /// The prepaid packages.
    Packages,
    /// The acceptance of a message by Tencent.
    Message,
    /// The delivery of a message to the phone.
    Delivery,
    /// The Redis with the counts that all processes share.
    Store,
    /// The settings of Logto.
    Logto,
}

/// The state of a checked thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// No problem was found.
    Ok,
    /// Messages are sent, but some may fail, now or soon.
    Warning,
    /// Messages are not sent.
    Wrong,
    /// The check was not possible.
    Unknown,
}

impl Check {
    #[inline(never)]
    fn finding(self, state: State, what: Text) -> Finding {
        Finding {
            check: self,
            state,
            side: None,
            path: None,
            what,
            advice: None,
        }
    }

    pub(super) fn ok(self, what: Text) -> Finding {
        self.finding(State::Ok, what)
    }

    pub(super) fn warning(self, what: Text) -> Finding {
        self.finding(State::Warning, what)
    }

    pub(super) fn wrong(self, what: Text) -> Finding {
        self.finding(State::Wrong, what)
    }

    pub(super) fn unknown(self, why: Text) -> Finding {
        self.finding(State::Unknown, Text::new(id::UNKNOWN).with_text("why", why))
    }

    const fn name(self) -> Text {
        Text::new(match self {
            Self::Config => id::CHECK_CONFIG,
            Self::Api => id::CHECK_API,
            Self::Clock => id::CHECK_CLOCK,
            Self::Key => id::CHECK_KEY,
            Self::Number => id::CHECK_NUMBER,
            Self::Application => id::CHECK_APPLICATION,
            Self::Signature => id::CHECK_SIGNATURE,
            Self::Template => id::CHECK_TEMPLATE,
            Self::Packages => id::CHECK_PACKAGES,
            Self::Message => id::CHECK_MESSAGE,
            Self::Delivery => id::CHECK_DELIVERY,
            Self::Store => id::CHECK_STORE,
            Self::Logto => id::CHECK_LOGTO,
        })
    }
}

// These methods are never inlined: inlining each of them in fifty places would add a hundred bytes of
// wasm per copy.
impl Finding {
    /// Sets the side of the finding, unless the finding concerns both sides.
    #[inline(never)]
    pub(super) fn on(mut self, routes: &[Route]) -> Self {
        self.side = match routes {
            [Route::Mainland] => Some("mainland"),
            [Route::Overseas] => Some("overseas"),
            _ => None,
        };
        self
    }

    #[inline(never)]
    pub(super) fn at(mut self, path: Path) -> Self {
        self.path = Some(path);
        self
    }

    /// Turns an error into a warning, because messages are sent in spite of it.
    #[inline(never)]
    pub(super) fn downgraded(mut self) -> Self {
        if self.state == State::Wrong {
            self.state = State::Warning;
        }
        self
    }

    #[inline(never)]
    pub(super) fn advise(mut self, advice: Text) -> Self {
        self.advice = Some(advice);
        self
    }
}

impl From<Issue> for Finding {
    fn from(issue: Issue) -> Self {
        Check::Config.wrong(issue.sentence()).at(issue.path)
    }
}

/// Creates the report for an invalid config.
impl From<Vec<Issue>> for Report {
    fn from(issues: Vec<Issue>) -> Self {
        Self {
            findings: issues.into_iter().map(Finding::from).collect(),
            can_send: false,
        }
    }
}

impl Report {
    /// Returns true if the state of any finding is [`State::Wrong`].
    pub fn is_wrong(&self) -> bool {
        self.count(State::Wrong) > 0
    }

    fn count(&self, state: State) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.state == state).count()
    }

    /// Returns the report as text for a terminal.
    pub fn to_text(&self, colors: bool) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            // Writing to a `String` never fails.
            write_finding(&mut text, finding, colors).unwrap_or_default();
        }
        let number = |state, one, many| counted(self.count(state) as u64, one, many);
        let errors = number(State::Wrong, id::REPORT_ERROR, id::REPORT_ERRORS);
        let warnings = number(State::Warning, id::REPORT_WARNING, id::REPORT_WARNINGS);
        let skipped = Text::new(id::REPORT_SKIPPED).with("count", &self.count(State::Unknown));
        let counts = Text::new(id::REPORT_COUNTS)
            .with_text("errors", errors)
            .with_text("warnings", warnings)
            .with_text("skipped", skipped);
        writeln!(text, "\n{counts}").unwrap_or_default();
        text
    }
}

/// Returns a number of things, in the singular or the plural.
pub(super) fn counted(count: u64, one: Id, many: Id) -> Text {
    match count {
        1 => Text::new(one),
        count => Text::new(many).with("count", &count),
    }
}

/// The indentation of the path and the advice, which are below the description of the finding.
const INDENT: &str = "                       ";

fn write_finding(text: &mut String, finding: &Finding, colors: bool) -> fmt::Result {
    // The state is a word and a colour, because some readers see no colours or use a screen reader.
    let (sign, color) = match finding.state {
        State::Ok => (id::STATE_OK, "32"),
        State::Warning => (id::STATE_WARNING, "33"),
        State::Wrong => (id::STATE_WRONG, "31"),
        State::Unknown => (id::STATE_UNKNOWN, "36"),
    };
    let (start, end) = match colors {
        true => (format!("\u{1b}[{color}m"), "\u{1b}[0m"),
        false => (String::new(), ""),
    };
    let Finding { check, what, .. } = finding;
    let sign = padded(&Text::new(sign), 7);
    let name = padded(&check.name(), 12);
    write!(text, "{start}{sign}{end}  {name}")?;
    if let Some(side) = finding.side {
        let side = Text::new(match side {
            "mainland" => id::SIDE_MAINLAND,
            _ => id::SIDE_OVERSEAS,
        });
        let on_side = Text::new(id::SIDE_FINDING).with("side", &side);
        writeln!(text, "  {}", on_side.with("what", what))?;
    } else {
        writeln!(text, "  {what}")?;
    }
    if let Some(path) = finding.path.as_ref().map(Path::to_string)
        && !path.is_empty()
        && !what.to_string().starts_with(&path)
    {
        let at = Text::new(id::AT).with("path", &path);
        writeln!(text, "{INDENT}{at}")?;
    }
    if let Some(advice) = &finding.advice {
        writeln!(text, "{INDENT}→ {advice}")?;
    }
    Ok(())
}

/// Returns a text with spaces up to a width in columns. A terminal shows Chinese characters two columns wide.
fn padded(text: &Text, width: usize) -> String {
    let mut padded = text.to_string();
    let is_wide = |letter: char| letter >= '\u{2e80}';
    let columns = padded
        .chars()
        .map(|letter| 1 + usize::from(is_wide(letter)));
    let columns: usize = columns.sum();
    for _ in columns..width {
        padded.push(' ');
    }
    padded
}

/// Returns a value of the config for a report, or only the length of a long value. A value with the
/// length of a key may be a key that was pasted into the wrong field. Signatures, template IDs and usage
/// types are shorter.
pub(super) fn redact_long(value: &str) -> Text {
    let length = value.chars().count();
    if length > MAX_PRINTED_LENGTH {
        Text::new(id::SHOWN_LONG).with("length", &length)
    } else {
        Text::new(id::PLAIN).with("text", &quoted(value))
    }
}

const MAX_PRINTED_LENGTH: usize = 24;
