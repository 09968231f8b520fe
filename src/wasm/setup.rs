//! The export for the set-up, which runs on the command line.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{AnyOutcome, to_events, to_js, to_json};
use crate::json::Value;
use crate::logto::management_api::Access;
use crate::setup::{self, Difference, Outcome, Report, Wanted};
use crate::text::Text;

/// Returns the next step of a task of the set-up. The text of the report is for a terminal, with or without
/// `colors`. Throws a `DoctorInputError` for a text that is not a config.
#[wasm_bindgen(skip_jsdoc, js_name = setUp, unchecked_return_type = "Step<SetUpReport>")]
pub fn set_up(
    #[wasm_bindgen(unchecked_param_type = "SetUpTask")] task: JsValue,
    content: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    colors: bool,
) -> Result<JsValue, JsValue> {
    let task = to_json(&task);
    let text = |name| task.get(name)?.as_str().map(str::to_owned);
    let access = access(&task);
    let events = to_events(&events)?;
    let wanted = || {
        let applies = task.get("applies") == Some(&Value::Bool(true));
        let read = match task.get("restores") == Some(&Value::Bool(true)) {
            true => Wanted::read_backup,
            false => Wanted::read,
        };
        read(&content, text("replace"), applies)
            .map_err(|problem| super::doctor::input_error(&problem))
    };
    let step = match text("kind").as_deref() {
        Some("preview") => setup::preview(&access, &wanted()?, &events),
        Some("test") => {
            let to = text("to").unwrap_or_default();
            setup::send_test_message(&access, &wanted()?, &to, &events)
        }
        Some("apply") => {
            let state = text("state").unwrap_or_default();
            setup::apply(&access, &wanted()?, &state, &events)
        }
        _ => setup::export(&access, &events),
    };
    let present = |result| AnyOutcome::SetUp(PresentedReport::new(result, colors));
    Ok(to_js(&step.map(present))?)
}

/// Reads the type `LogtoAccess` of `wasm/boundary.d.ts`.
pub(super) fn access(value: &Value) -> Access {
    let text = |name| value.get(name)?.as_str().map(str::to_owned);
    Access {
        url: text("url").unwrap_or_default(),
        authorization: text("authorization").unwrap_or_default(),
    }
}

/// A report in the form of the type `SetUpReport` in `wasm/boundary.d.ts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PresentedReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    text: String,
    sentences: Vec<Text>,
    differences: Vec<Difference>,
    state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced: Option<Replaced>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replaced {
    connector_id: String,
    content: String,
}

impl PresentedReport {
    fn new(result: Result<Report, Text>, colors: bool) -> Self {
        match result {
            Ok(report) => Self {
                outcome: Some(report.outcome),
                text: report.to_text(colors),
                sentences: report.sentences,
                differences: report.differences,
                state: report.state,
                config: report.config,
                replaced: report.replaced.map(|backup| Replaced {
                    connector_id: backup.connector_id,
                    content: backup.content,
                }),
            },
            Err(error) => Self {
                outcome: None,
                text: error.to_string(),
                sentences: Vec::new(),
                differences: Vec::new(),
                state: String::new(),
                config: None,
                replaced: None,
            },
        }
    }
}
