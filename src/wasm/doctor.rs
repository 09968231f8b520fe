//! The exports for the doctor, which runs on the command line.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::entropy::entropy;
use super::{AnyOutcome, to_events, to_js, to_json};
use crate::doctor::{self, Environment, Finding, LogtoState, Report};
use crate::json::Value;
use crate::step::{Clock, Entropy, Event, Step};
use crate::text::Text;

/// Returns the next step of examining a config. With `online`, the examination includes calls of
/// Tencent's API. `content` is the content of a file, the answer of Logto's API, or the outcome of `readLogto`,
/// with which the examination includes Logto's settings. The `text` of the report
/// is for a terminal, with or without `colors`. Throws a `DoctorInputError`; its message is the end of
/// a sentence that begins with the name of the file or other source.
#[wasm_bindgen(skip_jsdoc, js_name = examine, unchecked_return_type = "Step<Report>")]
pub fn examine(
    content: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    online: bool,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
    colors: bool,
) -> Result<JsValue, JsValue> {
    let logto = LogtoState::read(&content);
    let config = input(&content, &environment);
    let events = to_events(&events)?;
    let clock = Clock { now, offset: 0.0 };
    let step = match (config, &logto) {
        (Ok(config), logto) => {
            let logto = logto.as_ref();
            doctor::examine_with_logto(&config, logto, online, &events, clock, &|| entropy(now))
        }
        // Logto has no config for this connector.
        (Err(_), Some(logto)) => Step::Done {
            outcome: Report {
                findings: logto.examine(),
                can_send: false,
            },
        },
        (Err(error), None) => return Err(error),
    };
    to_js_report(step, colors)
}

/// Returns the next step of reading the settings of a running Logto, for `examine`.
#[wasm_bindgen(skip_jsdoc, js_name = readLogto, unchecked_return_type = "Step<LogtoReading>")]
pub fn read_logto(
    #[wasm_bindgen(unchecked_param_type = "LogtoAccess")] access: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
) -> Result<JsValue, JsValue> {
    let access = super::setup::access(&to_json(&access));
    let step = doctor::read_logto(&access, &to_events(&events)?);
    let present = |result| {
        AnyOutcome::Logto(match result {
            Ok(content) => LogtoReading::Content { content },
            Err(error) => LogtoReading::Problem {
                problem: Text::to_string(&error),
            },
        })
    };
    Ok(to_js(&step.map(present))?)
}

/// The type `LogtoReading` in `wasm/boundary.d.ts`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum LogtoReading {
    Content { content: String },
    Problem { problem: String },
}

/// Returns the next step of sending a test message and waiting for its delivery report. The other
/// parameters and the errors are those of `examine`.
#[wasm_bindgen(skip_jsdoc, js_name = sendTestMessage, unchecked_return_type = "Step<Report>")]
pub fn send_test_message(
    content: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    to: &str,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
    colors: bool,
) -> Result<JsValue, JsValue> {
    about_number(
        doctor::send_test_message,
        &content,
        &environment,
        to,
        &events,
        now,
        colors,
    )
}

/// Returns the next step of showing what became of the last messages to a number. Nothing is sent. The
/// other parameters and the errors are those of `examine`.
#[wasm_bindgen(skip_jsdoc, js_name = showLastMessages, unchecked_return_type = "Step<Report>")]
pub fn show_last_messages(
    content: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    number: &str,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
    colors: bool,
) -> Result<JsValue, JsValue> {
    about_number(
        doctor::show_last_messages,
        &content,
        &environment,
        number,
        &events,
        now,
        colors,
    )
}

/// A task of the doctor that is about one number.
type TaskAboutNumber = fn(&Value, &str, &[Event], Clock, &dyn Fn() -> Entropy) -> Step<Report>;

fn about_number(
    task: TaskAboutNumber,
    content: &[u8],
    environment: &JsValue,
    number: &str,
    events: &JsValue,
    now: f64,
    colors: bool,
) -> Result<JsValue, JsValue> {
    let config = input(content, environment)?;
    let events = to_events(events)?;
    let clock = Clock { now, offset: 0.0 };
    let step = task(&config, number, &events, clock, &|| entropy(now));
    to_js_report(step, colors)
}

/// Returns a text from outside, such as the name of a file, in a form that is safe to print within a
/// line.
#[wasm_bindgen(skip_jsdoc)]
pub fn quoted(text: &str) -> String {
    crate::quoted::quoted(text)
}

pub(super) fn input(content: &[u8], environment: &JsValue) -> Result<Value, JsValue> {
    let environment = to_json(environment);
    let variable = |name| environment.get(name)?.as_str().map(str::to_owned);
    let environment = Environment {
        secret_id: variable("secretId"),
        secret_key: variable("secretKey"),
        token: variable("token"),
    };
    doctor::read_input(content, environment).map_err(|problem| input_error(&problem))
}

/// Returns a `DoctorInputError`.
pub(super) fn input_error(problem: &Text) -> JsValue {
    let error = js_sys::Error::new(&problem.to_string());
    error.set_name("DoctorInputError");
    error.into()
}

fn to_js_report(step: Step<Report>, colors: bool) -> Result<JsValue, JsValue> {
    let present = |report| AnyOutcome::Report(PresentedReport::new(report, colors));
    Ok(to_js(&step.map(present))?)
}

/// A report in the form of the type `Report` in `wasm/boundary.d.ts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PresentedReport {
    is_wrong: bool,
    can_send: bool,
    findings: Vec<Finding>,
    text: String,
}

impl PresentedReport {
    fn new(report: Report, colors: bool) -> Self {
        Self {
            is_wrong: report.is_wrong(),
            can_send: report.can_send,
            text: report.to_text(colors),
            findings: report.findings,
        }
    }
}
