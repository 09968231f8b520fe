//! What the doctor found.

use std::fmt::{self, Write};

use serde::Serialize;

use crate::config::{Issue, Path};
use crate::phone::Route;
use crate::quoted::quoted;
use crate::text::{Text, id};

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
    /// The finding.
    pub what: Text,
    /// The remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Text>,
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
    fn finds(self, state: State, what: Text) -> Finding {
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
        self.finds(State::Ok, what)
    }

    pub(super) fn warning(self, what: Text) -> Finding {
        self.finds(State::Warning, what)
    }

    pub(super) fn wrong(self, what: Text) -> Finding {
        self.finds(State::Wrong, what)
    }

    pub(super) fn unknown(self, why: Text) -> Finding {
        self.finds(State::Unknown, Text::new(id::UNKNOWN).with_text("why", why))
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
        })
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
        let verdict = Text::new(if wrong > 0 {
            id::REPORT_WRONG
        } else {
            id::REPORT_OK
        });
        let counts = Text::new(id::REPORT_COUNTS)
            .with_text("verdict", verdict)
            .with("wrong", &wrong)
            .with("warnings", &warnings)
            .with("unknown", &unknown);
        writeln!(text, "\n{counts}").unwrap_or_default();
        text
    }
}

/// As far as what was found: below it stand path and advice.
const INDENT: &str = "                       ";

fn write_finding(text: &mut String, finding: &Finding, colors: bool) -> fmt::Result {
    // A sign and, for those who see no colours or hear the text, a word.
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
    let sign = Text::new(sign).to_string();
    let name = check.name().to_string();
    write!(text, "{start}{sign:<7}{end}  {name:<12}")?;
    if let Some(side) = finding.side {
        let side = Text::new(match side {
            "mainland" => id::SIDE_MAINLAND,
            _ => id::SIDE_OVERSEAS,
        });
        write!(text, "  {side}:")?;
    } else {
        text.push(' ');
    }
    writeln!(text, " {what}")?;
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

/// A value of the config, fit for a terminal and a line. Whatever is as long as a key may be one that was
/// pasted into the wrong field; signatures, templates and usage types are shorter.
pub(super) fn shown(value: &str) -> Text {
    let length = value.chars().count();
    if length > LONGEST_SHOWN {
        Text::new(id::SHOWN_LONG).with("length", &length)
    } else {
        Text::new(id::PLAIN).with("text", &quoted(value))
    }
}

const LONGEST_SHOWN: usize = 24;
