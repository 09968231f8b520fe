//! The parts of the set-up: preview, test message, change and export.

use super::difference::differences;
use super::mask::{Masks, masked_places};
use super::report::{Backup, Outcome, Report};
use super::stored_form::stored_form;
use crate::config::{Path, issues_at_save};
use crate::doctor::{self, Environment};
use crate::json::{Map, Value};
use crate::logto::CONNECTOR_ID;
use crate::logto::management_api::{Access, Answer, Halt, ManagementApi, to_step};
use crate::phone::{BareNumbers, PhoneNumber, without_punctuation};
use crate::quoted::quoted;
use crate::step::{Event, Step};
use crate::tc3::Sha256Digest;
use crate::text::{Text, id};

/// The wish of the operator.
pub struct Wanted {
    /// The ID of the connector: this one, or one that is restored.
    connector_id: String,
    /// The config in its stored form.
    config: Value,
    /// The ID of the SMS connector that may be replaced.
    replace: Option<String>,
    /// True if a change follows the preview.
    applies: bool,
}

/// The SMS connector that Logto uses.
enum Active {
    /// There is none.
    None,
    /// The wanted connector.
    Same {
        id: String,
        config: Value,
    },
    Other {
        backup: Backup,
    },
}

/// The state of a Logto.
struct Found {
    active: Active,
    /// The keys in the form of the connector that Logto has loaded, or `None` if it has not loaded any.
    form_keys: Option<Vec<String>>,
}

impl Wanted {
    /// Reads a config of this connector from a file's content. The error is the end of a sentence that
    /// begins with the name of the file.
    pub fn read(content: &[u8], replace: Option<String>, applies: bool) -> Result<Self, Text> {
        let config = doctor::read_input(content, Environment::default())?;
        Ok(Self {
            connector_id: CONNECTOR_ID.to_owned(),
            config: stored_form(&config),
            replace,
            applies,
        })
    }

    /// Reads any connector that was written to a file before it was replaced. The error is like that of
    /// [`read`](Self::read).
    pub fn read_backup(
        content: &[u8],
        replace: Option<String>,
        applies: bool,
    ) -> Result<Self, Text> {
        let text = str::from_utf8(content).unwrap_or_default();
        let backup = Value::parse(text).unwrap_or_default();
        let connector_id = backup.get("connectorId").and_then(Value::as_str);
        match (connector_id, backup.get("config")) {
            (Some(connector_id), Some(config @ Value::Object(_))) => Ok(Self {
                connector_id: connector_id.to_owned(),
                config: stored_form(config),
                replace,
                applies,
            }),
            _ => Err(Text::new(id::SETUP_NO_BACKUP)),
        }
    }

    /// Returns the reasons for which the config cannot be stored anywhere.
    fn problems(&self) -> Vec<Text> {
        let masked = masked_places(&self.config);
        if !masked.is_empty() {
            let masked = masked.iter();
            return masked
                .map(|path| Text::new(id::SETUP_MASKED).with("path", path))
                .collect();
        }
        if self.connector_id != CONNECTOR_ID {
            return Vec::new();
        }
        let issues = issues_at_save(&self.config);
        issues.iter().map(|issue| issue.sentence()).collect()
    }
}

/// Returns the next step of comparing a config with the stored one. Nothing is changed. The outcome is an
/// error if Logto cannot be asked.
pub fn preview(access: &Access, wanted: &Wanted, events: &[Event]) -> Step<Result<Report, Text>> {
    let problems = wanted.problems();
    if !problems.is_empty() {
        return Step::Done {
            outcome: Ok(Report::new(Outcome::Refused, problems)),
        };
    }
    let mut logto = ManagementApi::new(access, events);
    to_step(find(&mut logto, wanted).map(|found| compare(access, wanted, &found)))
}

/// Returns the next step of storing a config and reading it back. `state` is the state of the preview. If
/// Logto has another state by now, nothing is changed.
pub fn apply(
    access: &Access,
    wanted: &Wanted,
    state: &str,
    events: &[Event],
) -> Step<Result<Report, Text>> {
    let mut logto = ManagementApi::new(access, events);
    to_step(apply_with(&mut logto, access, wanted, state))
}

fn apply_with(
    logto: &mut ManagementApi<'_>,
    access: &Access,
    wanted: &Wanted,
    state: &str,
) -> Result<Report, Halt> {
    let found = find(logto, wanted)?;
    let report = compare(access, wanted, &found);
    if report.outcome != Outcome::Differs {
        return Ok(report);
    }
    if report.state != state {
        let sentence = Text::new(id::SETUP_CHANGED_MEANWHILE);
        return Ok(Report::new(Outcome::Refused, vec![sentence]));
    }
    let config = wanted.config.clone();
    let (answer, done) = match found.active {
        Active::Same { id, .. } => {
            let path = ["connectors/", &percent_encoded(&id)].concat();
            let body = object([("config", config)]);
            (logto.call("PATCH", &path, Some(body))?, id::SETUP_UPDATED)
        }
        Active::None | Active::Other { .. } => {
            let body = object([
                ("connectorId", wanted.connector_id.as_str().into()),
                ("config", config),
            ]);
            let answer = logto.call("POST", "connectors", Some(body))?;
            (answer, id::SETUP_CREATED)
        }
    };
    if answer.status != 200 {
        return Ok(Report::new(Outcome::Refused, refusal(&answer)));
    }
    let connectors = logto.get("connectors").map_err(|halt| match halt {
        Halt::Failed(cause) => {
            Halt::Failed(Text::new(id::SETUP_NOT_READ_BACK).with_text("cause", cause))
        }
        Halt::Pending(_) => halt,
    })?;
    let stored = match find_active(&connectors, &wanted.connector_id).0 {
        Active::Same { config, .. } => config,
        Active::None | Active::Other { .. } => Value::Null,
    };
    let left = differences(&stored, &wanted.config);
    Ok(match left.is_empty() {
        true => Report::new(Outcome::Applied, vec![Text::new(done)]),
        false => Report {
            differences: left,
            ..Report::new(Outcome::Refused, vec![Text::new(id::SETUP_READ_BACK)])
        },
    })
}

/// Returns the next step of sending a test message with a config, which need not be stored.
pub fn send_test_message(
    access: &Access,
    wanted: &Wanted,
    to: &str,
    events: &[Event],
) -> Step<Result<Report, Text>> {
    let to = without_punctuation(to);
    // Without its +, a mainland number without 86 would be read as a North American one.
    let number = to.strip_prefix('+');
    let number = number.filter(|to| PhoneNumber::parse(to, BareNumbers::NorthAmerican).is_ok());
    let Some(number) = number else {
        let sentence = Text::new(id::SETUP_TEST_NUMBER);
        return Step::Done {
            outcome: Ok(Report::new(Outcome::Refused, vec![sentence])),
        };
    };
    let mut logto = ManagementApi::new(access, events);
    let path = [
        "connectors/",
        &percent_encoded(&wanted.connector_id),
        "/test",
    ]
    .concat();
    let body = object([("phone", number.into()), ("config", wanted.config.clone())]);
    let answer = logto.call("POST", &path, Some(body));
    to_step(answer.map(|answer| match answer.status {
        204 => Report::new(Outcome::Sent, vec![Text::new(id::SETUP_TEST_SENT)]),
        _ => {
            let mut sentences = vec![Text::new(id::SETUP_TEST_FAILED)];
            sentences.extend(refusal(&answer));
            Report::new(Outcome::Refused, sentences)
        }
    }))
}

/// Returns the next step of reading the stored config.
pub fn export(access: &Access, events: &[Event]) -> Step<Result<Report, Text>> {
    let mut logto = ManagementApi::new(access, events);
    let connectors = logto.get("connectors");
    to_step(connectors.map(|connectors| {
        let active = find_active(&connectors, CONNECTOR_ID).0;
        let Active::Same { config, .. } = active else {
            return Report::new(Outcome::Refused, vec![now(access, &active)]);
        };
        let masked = Masks::of(&config).mask(&config, &Path::default());
        let sentences = match masked_places(&masked).is_empty() {
            true => Vec::new(),
            false => vec![Text::new(id::SETUP_EXPORT_MASKED)],
        };
        Report {
            config: Some(masked.to_string()),
            ..Report::new(Outcome::Exported, sentences)
        }
    }))
}

/// Asks Logto for its state.
fn find(logto: &mut ManagementApi<'_>, wanted: &Wanted) -> Result<Found, Halt> {
    let (active, form_keys) = find_active(&logto.get("connectors")?, &wanted.connector_id);
    if form_keys.is_some() {
        return Ok(Found { active, form_keys });
    }
    let id = percent_encoded(&wanted.connector_id);
    let path = ["connector-factories/", &id].concat();
    let answer = logto.call("GET", &path, None)?;
    let form_keys = match answer.status {
        200 => Some(form_keys_of(&answer.body)),
        404 => None,
        _ => return Err(Halt::Failed(answer.refusal())),
    };
    Ok(Found { active, form_keys })
}

/// Finds the SMS connector in the answer of `GET /api/connectors`, and the keys of its form if it is the
/// wanted one. Logto uses at most one SMS connector.
fn find_active(connectors: &Value, wanted: &str) -> (Active, Option<Vec<String>>) {
    let text = |value: &Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
    let mut connectors = connectors.as_array().unwrap_or_default().iter();
    let sms = connectors.find(|connector| text(connector, "type").as_deref() == Some("Sms"));
    let Some(sms) = sms else {
        return (Active::None, None);
    };
    let connector_id = text(sms, "connectorId").unwrap_or_default();
    let config = sms.get("config").cloned().unwrap_or_default();
    if connector_id == wanted {
        let id = text(sms, "id").unwrap_or_default();
        let config = stored_form(&config);
        return (Active::Same { id, config }, Some(form_keys_of(sms)));
    }
    let content = object([
        ("connectorId", connector_id.as_str().into()),
        ("config", config),
    ]);
    let backup = Backup {
        connector_id,
        content: content.to_string(),
    };
    (Active::Other { backup }, None)
}

fn form_keys_of(connector: &Value) -> Vec<String> {
    let items = connector.get("formItems").and_then(Value::as_array);
    let items = items.unwrap_or_default().iter();
    items
        .filter_map(|item| item.get("key")?.as_str().map(str::to_owned))
        .collect()
}

/// Compares a config with the state of a Logto.
fn compare(access: &Access, wanted: &Wanted, found: &Found) -> Report {
    let now = Some(now(access, &found.active));
    let refused = |sentences| Report {
        now: now.clone(),
        ..Report::new(Outcome::Refused, sentences)
    };
    let Some(form_keys) = &found.form_keys else {
        let text = Text::new(id::SETUP_NOT_LOADED);
        return refused(vec![text.with("id", &quoted(&wanted.connector_id))]);
    };
    let newer = newer_keys(wanted, form_keys);
    if !newer.is_empty() {
        return refused(newer);
    }
    let nothing = Value::Object(Map::default());
    let (before, summary, replaced) = match &found.active {
        Active::Same { config, .. } => (config, id::SETUP_WOULD_UPDATE, None),
        Active::None => (&nothing, id::SETUP_WOULD_CREATE, None),
        Active::Other { backup } if wanted.replace.as_ref() == Some(&backup.connector_id) => {
            (&nothing, id::SETUP_WOULD_REPLACE, Some(backup.clone()))
        }
        Active::Other { backup } => {
            let text = Text::new(id::SETUP_NAME_IT);
            return refused(vec![text.with("id", &quoted(&backup.connector_id))]);
        }
    };
    let differences = differences(before, &wanted.config);
    let (outcome, summary) = match differences.is_empty() {
        true => (Outcome::Same, Some(id::SETUP_SAME)),
        false => (Outcome::Differs, (!wanted.applies).then_some(summary)),
    };
    let summary = summary.map(|summary| Text::new(summary).with("count", &differences.len()));
    Report {
        now,
        differences,
        state: state_of(&found.active),
        replaced,
        ..Report::new(outcome, summary.into_iter().collect())
    }
}

/// Returns a sentence about the SMS connector that Logto uses.
fn now(access: &Access, active: &Active) -> Text {
    let text = Text::new(match active {
        Active::Same { .. } => id::SETUP_NOW_SAME,
        Active::Other { .. } => id::SETUP_NOW_OTHER,
        Active::None => id::SETUP_NOW_NONE,
    });
    let text = text.with("url", &access.url);
    match active {
        Active::Other { backup } => text.with("id", &quoted(&backup.connector_id)),
        Active::None | Active::Same { .. } => text,
    }
}

/// Returns a sentence for each key of the config that the connector in Logto does not have, because it is an
/// older version. It would ignore the key, or take a reference for a secret.
fn newer_keys(wanted: &Wanted, form_keys: &[String]) -> Vec<Text> {
    if wanted.connector_id != CONNECTOR_ID {
        return Vec::new();
    }
    let masks = Masks::of(&wanted.config);
    let keys = wanted.config.as_object().into_iter().flat_map(Map::keys);
    keys.filter(|key| {
        let path = Path::default().unknown_key(key);
        masks.knows(key, &path) && !form_keys.contains(key)
    })
    .map(|key| Text::new(id::SETUP_OLDER).with("key", &quoted(key)))
    .collect()
}

/// Returns a mark of the state, which contains no secret.
fn state_of(active: &Active) -> String {
    let state = match active {
        Active::None => String::new(),
        Active::Same { id, config } => format!("{id} {config}"),
        Active::Other { backup } => backup.content.clone(),
    };
    Sha256Digest::of(state.as_bytes()).to_string()
}

/// Returns Logto's words about a refused call: an issue for each key, or one sentence.
fn refusal(answer: &Answer) -> Vec<Text> {
    let issues = answer.body.get("data").and_then(|data| data.get("issues"));
    let issues = issues.and_then(Value::as_array).unwrap_or_default().iter();
    let sentences: Vec<_> = issues.filter_map(issue_sentence).collect();
    match sentences.is_empty() {
        true => vec![answer.refusal()],
        false => sentences,
    }
}

/// Returns an issue of the connector's config guard, in the language of Logto's server.
fn issue_sentence(issue: &Value) -> Option<Text> {
    let mut path = Path::default();
    for segment in issue.get("path")?.as_array()? {
        path = match segment {
            Value::String(key) => path.unknown_key(key),
            Value::Number(number) => path.index(number.as_u64()?.try_into().ok()?),
            _ => return None,
        };
    }
    let problem = quoted(issue.get("message")?.as_str()?);
    let sentence = Text::new(id::SETUP_ISSUE).with("problem", &problem);
    Some(sentence.with("path", &path))
}

fn object<const COUNT: usize>(fields: [(&str, Value); COUNT]) -> Value {
    let fields = fields.into_iter();
    Value::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Encodes a segment of a URL's path.
fn percent_encoded(segment: &str) -> String {
    let mut encoded = String::new();
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => encoded.push(byte.into()),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
