//! What the doctor found.

use std::borrow::Cow;
use std::fmt::{self, Write};

use serde::Serialize;

use crate::config::{Issue, Path};
use crate::phone::Route;
use crate::quoted::quoted;

/// Everything that was found, in the order in which it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found.
    pub findings: Vec<Finding>,
    /// Whether the config is good to send with, whatever Tencent thinks of it.
    pub can_send: bool,
}

/// One thing that was looked at. Holds no key and no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How it is.
    pub state: State,
    /// Which side's, where the two can differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<&'static str>,
    /// Where in the config it is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Path>,
    /// What was found.
    pub what: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Cow<'static, str>>,
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// The config by itself.
    Config,
    /// Whether Tencent's API answers where it is looked for.
    Api,
    /// The server's clock.
    Clock,
    /// The API key.
    Key,
    /// How Tencent reads numbers.
    Number,
    /// The SDKAppID.
    Application,
    /// The signature.
    Signature,
    /// A template.
    Template,
    /// The prepaid packages.
    Packages,
    /// Whether Tencent takes a message.
    Message,
    /// Whether a message reaches the phone.
    Delivery,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Right.
    Ok,
    /// Messages go out, but some may not, or not for long.
    Warning,
    /// Messages do not go out.
    Wrong,
    /// It cannot be checked.
    Unknown,
}

impl Check {
    #[inline(never)]
    fn finds(self, state: State, what: impl Into<String>) -> Finding {
        Finding {
            check: self,
            state,
            side: None,
            path: None,
            what: what.into(),
            advice: None,
        }
    }

    pub(super) fn ok(self, what: impl Into<String>) -> Finding {
        self.finds(State::Ok, what)
    }

    pub(super) fn warning(self, what: impl Into<String>) -> Finding {
        self.finds(State::Warning, what)
    }

    pub(super) fn wrong(self, what: impl Into<String>) -> Finding {
        self.finds(State::Wrong, what)
    }

    pub(super) fn unknown(self, why: impl fmt::Display) -> Finding {
        self.finds(State::Unknown, format!("cannot check: {why}"))
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Api => "API",
            Self::Clock => "clock",
            Self::Key => "key",
            Self::Number => "numbers",
            Self::Application => "application",
            Self::Signature => "signature",
            Self::Template => "template",
            Self::Packages => "packages",
            Self::Message => "message",
            Self::Delivery => "delivery",
        }
    }
}

// Never inlined: each copy of one would be a hundred bytes of the module, at fifty places.
impl Finding {
    /// Says which side it is about; nothing where both are meant.
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

    /// The same, where messages go out all the same.
    #[inline(never)]
    pub(super) fn or_warning(mut self) -> Self {
        if self.state == State::Wrong {
            self.state = State::Warning;
        }
        self
    }

    #[inline(never)]
    pub(super) fn advise(mut self, advice: impl Into<Cow<'static, str>>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl From<Issue> for Finding {
    fn from(issue: Issue) -> Self {
        Check::Config.wrong(issue.to_string()).at(issue.path)
    }
}

/// What cannot be sent with.
impl From<Vec<Issue>> for Report {
    fn from(issues: Vec<Issue>) -> Self {
        Self {
            findings: issues.into_iter().map(Finding::from).collect(),
            can_send: false,
        }
    }
}

impl Report {
    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        self.count(State::Wrong) > 0
    }

    fn count(&self, state: State) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.state == state).count()
    }

    /// For a person in front of a terminal.
    pub fn to_text(&self, colors: bool) -> String {
        let mut text = String::new();
        for finding in &self.findings {
            // Writing to a text cannot fail.
            write_finding(&mut text, finding, colors).unwrap_or_default();
        }
        let (wrong, warnings) = (self.count(State::Wrong), self.count(State::Warning));
        let unknown = self.count(State::Unknown);
        let verdict = if wrong > 0 {
            "Not in order"
        } else {
            "In order"
        };
        write!(
            text,
            "\n{verdict}: {wrong} wrong, {warnings} to look at, {unknown} that cannot be checked\n"
        )
        .unwrap_or_default();
        text
    }
}

/// As far as what was found: below it stand path and advice.
const INDENT: &str = "                       ";

fn write_finding(text: &mut String, finding: &Finding, colors: bool) -> fmt::Result {
    // A sign and, for those who see no colours or hear the text, a word.
    let (sign, color) = match finding.state {
        State::Ok => ("ok     ", "32"),
        State::Warning => ("look at", "33"),
        State::Wrong => ("WRONG  ", "31"),
        State::Unknown => ("unknown", "36"),
    };
    let (start, end) = match colors {
        true => (format!("\u{1b}[{color}m"), "\u{1b}[0m"),
        false => (String::new(), ""),
    };
    let Finding { check, what, .. } = finding;
    write!(text, "{start}{sign}{end}  {:<12}", check.as_str())?;
    if let Some(side) = finding.side {
        write!(text, "  {side}:")?;
    } else {
        text.push(' ');
    }
    writeln!(text, " {what}")?;
    if let Some(path) = finding.path.as_ref().map(Path::to_string)
        && !path.is_empty()
        && !what.starts_with(&path)
    {
        writeln!(text, "{INDENT}at {path}")?;
    }
    if let Some(advice) = &finding.advice {
        writeln!(text, "{INDENT}→ {advice}")?;
    }
    Ok(())
}

/// A value of the config, fit for a terminal and a line. Whatever is as long as a key may be one that was
/// pasted into the wrong field; signatures, templates and usage types are shorter.
pub(super) fn shown(value: &str) -> String {
    let length = value.chars().count();
    if length > LONGEST_SHOWN {
        format!("a text of {length} characters")
    } else {
        quoted(value)
    }
}

const LONGEST_SHOWN: usize = 24;
