//! The boundary to JavaScript: the only file that knows wasm-bindgen.
//!
//! No decisions here. Values cross by serde-wasm-bindgen; errors cross as real JS `Error`s, typed in
//! `wasm/boundary.d.ts`.

use std::alloc::System;
use std::cell::{Cell, RefCell};
use std::mem;
use std::rc::Rc;

use js_sys::{JSON, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::console;
use zeroizing_alloc::ZeroAlloc;

use crate::api::{Refusal, RequestId, TraceId};
use crate::config::{Config, Issue};
use crate::delivery::{self, Sent};
use crate::doctor::{self, Environment, Finding, Report};
use crate::error::Error;
use crate::exchange::{Clock, ClockOffsets, Entropy, Event, Step};
use crate::json::Value;
use crate::last_config::{self, LastConfig};
use crate::message::Message;
use crate::usage::{self, Usage};

/// Every byte is overwritten when it is freed: configs, keys, numbers and codes leave nothing behind, by
/// whatever way they crossed and however often they were copied.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wasm/boundary.d.ts");

/// Returns the next step of a send. `now` is the time in whole UNIX milliseconds. Throws a `CoreError`.
#[wasm_bindgen(skip_jsdoc, js_name = sendMessage, unchecked_return_type = "Step<Sent>")]
pub fn send_message(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] data: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
) -> Result<JsValue, JsValue> {
    let events = to_events(&events)?;
    match next_step(config, data, &events, now) {
        Ok(step) => Ok(to_js(&step.map(AnyOutcome::Sent))?),
        Err(error) => Err(to_js_error(&error)?.into()),
    }
}

/// Prints a line on the operator's console. It is a call of its own, because a host's console may throw:
/// that must cost the line, and not the outcome of a send.
#[wasm_bindgen(skip_jsdoc, js_name = tellOperator)]
pub fn tell_operator(line: &str) {
    console::error_1(&format!("[connector-tencent-sms-wasm] {line}.").into());
}

/// Everything that is wrong with a config; nothing where it is good to send with.
#[wasm_bindgen(skip_jsdoc, js_name = validateConfig, unchecked_return_type = "Issue[]")]
pub fn validate_config(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
) -> Result<JsValue, JsValue> {
    let issues = last_config::read(&to_json_text(&config));
    let issues = issues.err().unwrap_or_default();
    Ok(to_js(&issues)?)
}

/// The next step of counting the messages since `since`, a `Date.now()`; without one, of the last 32 days.
/// `now` is as for a send. Keeps the operator's console quiet: Logto does without.
#[wasm_bindgen(skip_jsdoc, js_name = countMessages, unchecked_return_type = "Step<Usage>")]
pub fn count_messages(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
    since: Option<f64>,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
) -> Result<JsValue, JsValue> {
    let events = to_events(&events)?;
    let entropy = || entropy(now);
    let step = match last_config::read(&to_json_text(&config)) {
        Ok(config) => CLOCK_OFFSETS.with_borrow(|offsets| {
            usage::next_step(&config, since, &events, now, offsets, &entropy)
        }),
        Err(_) => usage::NOT_KNOWN,
    };
    Ok(to_js(&step.map(AnyOutcome::Usage))?)
}

/// What `countMessages` counts, as the key of a cache: the same text for configs that count the same,
/// and nothing secret in it. Nothing for a config that is not valid.
#[wasm_bindgen(skip_jsdoc, js_name = countedSubject)]
pub fn counted_subject(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
) -> Option<String> {
    let config = last_config::read(&to_json_text(&config)).ok()?;
    Some(usage::subject(&config))
}

/// The next step of examining a config; with `online`, Tencent is asked too. The `text` is a file's, or
/// what Logto's API answered; the report's is for a terminal, with or without `colors`. Throws a
/// `DoctorInputError`, whose message is the end of a sentence that begins with where the text is from.
#[wasm_bindgen(skip_jsdoc, js_name = examine, unchecked_return_type = "Step<Report>")]
pub fn examine(
    text: String,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    online: bool,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
    colors: bool,
) -> Result<JsValue, JsValue> {
    let config = doctor_input(text, &environment)?;
    let events = to_events(&events)?;
    let clock = Clock { now, offset: 0.0 };
    let step = doctor::examine(&config, online, &events, clock, &|| entropy(now));
    to_js_report(step, colors)
}

/// The next step of sending a test message and following it. Otherwise like `examine`.
#[wasm_bindgen(skip_jsdoc, js_name = sendTestMessage, unchecked_return_type = "Step<Report>")]
pub fn send_test_message(
    text: String,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    to: &str,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
    colors: bool,
) -> Result<JsValue, JsValue> {
    let config = doctor_input(text, &environment)?;
    let events = to_events(&events)?;
    let clock = Clock { now, offset: 0.0 };
    let step = doctor::send_test_message(&config, to, &events, clock, &|| entropy(now));
    to_js_report(step, colors)
}

fn doctor_input(text: String, environment: &JsValue) -> Result<Value, JsValue> {
    let environment = to_json(environment);
    let variable = |name| environment.get(name)?.as_str().map(str::to_owned);
    let environment = Environment {
        secret_id: variable("secretId"),
        secret_key: variable("secretKey"),
        token: variable("token"),
    };
    doctor::read_input(&text, environment).map_err(|problem| {
        let error = js_sys::Error::new(&problem);
        error.set_name("DoctorInputError");
        error.into()
    })
}

fn to_js_report(step: Step<Report>, colors: bool) -> Result<JsValue, JsValue> {
    let present = |report| AnyOutcome::Report(PresentedReport::new(report, colors));
    Ok(to_js(&step.map(present))?)
}

/// The ends of all tasks, so that the steps to them are written by one writer.
#[derive(Serialize)]
#[serde(untagged)]
enum AnyOutcome {
    Sent(Sent),
    Usage(Usage),
    Report(PresentedReport),
}

/// `Report` of `wasm/boundary.d.ts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PresentedReport {
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

fn next_step(
    config: JsValue,
    data: JsValue,
    events: &[Event],
    now: f64,
) -> Result<Step<Sent>, Error> {
    let data = &to_json(&data);
    #[cfg(feature = "panic-on-demand")]
    panic_on_demand(data);
    let config = read_config(&config).map_err(Error::InvalidConfig)?;
    let message = Message::parse(data, config.bare_numbers)?;
    let entropy = || entropy(now);
    CLOCK_OFFSETS.with_borrow_mut(|offsets| {
        delivery::next_step(&config, &message, events, now, offsets, &entropy)
    })
}

/// The config of a send: as a rule that of the last one.
fn read_config(config: &JsValue) -> Result<Rc<Config>, Vec<Issue>> {
    // Before the last one is borrowed: a getter of the host's may call the connector.
    let json = to_json_text(config);
    LAST_CONFIG.with_borrow_mut(|last| last.read(json))
}

thread_local! {
    static LAST_CONFIG: RefCell<LastConfig> = const { RefCell::new(LastConfig::none()) };
    static CLOCK_OFFSETS: RefCell<ClockOffsets> = const { RefCell::new(ClockOffsets::none()) };
}

#[cfg(feature = "panic-on-demand")]
#[expect(
    clippy::panic,
    reason = "the test of what the shim does about a panic needs one"
)]
fn panic_on_demand(data: &Value) {
    if data
        .get("type")
        .and_then(Value::as_str)
        .is_some_and(|usage_type| usage_type == "Panic")
    {
        panic!("on demand");
    }
}

/// Draws randomness for one step. Each byte is handed out once, and overwritten as it is.
fn entropy(now: f64) -> Entropy {
    let drawn = UNUSED_ENTROPY.with_borrow_mut(|unused| {
        let mut bytes = [[0; 20]; 32];
        if unused.is_empty() && getrandom::fill(bytes.as_flattened_mut()).is_ok() {
            unused.extend(bytes);
        }
        let next = unused.last_mut().map(mem::take);
        unused.pop();
        next
    });
    let Some([trace_id @ .., a, b, c, d]) = drawn else {
        return without_randomness(now);
    };
    Entropy {
        trace_id: TraceId::from_bytes(trace_id),
        jitter: f64::from(u32::from_ne_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0),
    }
}

/// Stands in for randomness where the host has none. Nothing here is secret; but trace ids tell requests
/// apart, so no two steps may get the same one.
fn without_randomness(now: f64) -> Entropy {
    let step = STEPS_WITHOUT_RANDOMNESS.get().wrapping_add(1);
    STEPS_WITHOUT_RANDOMNESS.set(step);
    let id = u128::from(now as u64) << 64 | u128::from(step);
    Entropy {
        trace_id: TraceId::from_bytes(id.to_be_bytes()),
        // Multiples of the golden ratio spread evenly.
        jitter: (step as f64 * 0.618_033_988_749_895).fract(),
    }
}

thread_local! {
    /// Drawn for 32 steps at once: a call of the host's generator takes as long as signing.
    static UNUSED_ENTROPY: RefCell<Vec<[u8; 20]>> = const { RefCell::new(Vec::new()) };
    static STEPS_WITHOUT_RANDOMNESS: Cell<u64> = const { Cell::new(0) };
}

/// The host's values are JSON by contract. One text that crosses and is parsed here costs two thirds
/// of crossing value by value (measured for a config), and the parser has a limit for nesting. What
/// has no JSON form (a function, a cycle) or is nested deeper becomes `null`, which no parser of ours
/// accepts.
fn to_json(value: &JsValue) -> Value {
    Value::parse(&to_json_text(value)).unwrap_or_default()
}

/// Empty, which is no JSON, for what has no JSON form.
fn to_json_text(value: &JsValue) -> String {
    let text = JSON::stringify(value).ok();
    let text = text.and_then(|text| text.as_string());
    text.unwrap_or_default()
}

fn to_events(events: &JsValue) -> Result<Vec<Event>, js_sys::Error> {
    let events = to_json(events);
    events
        .as_array()
        .and_then(|events| events.iter().map(Event::read).collect())
        .ok_or_else(|| js_sys::Error::new("not a list of events"))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, serde_wasm_bindgen::Error> {
    value.serialize(&Serializer::json_compatible())
}

/// `CoreError` of `wasm/boundary.d.ts`.
fn to_js_error(error: &Error) -> Result<js_sys::Error, JsValue> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        error_description: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        tencent_code: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<&'a RequestId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        config_path: Option<String>,
    }
    let refusal = error.refusal();
    let data = Data {
        error_description: error.notice().as_str(),
        tencent_code: refusal.map(Refusal::tencent_code),
        request_id: refusal.and_then(Refusal::request_id),
        config_path: error.config_path().map(ToString::to_string),
    };
    let js_error = js_sys::Error::new(error.notice().as_str());
    js_error.set_name("CoreError");
    Reflect::set(&js_error, &"code".into(), &error.code().as_str().into())?;
    Reflect::set(&js_error, &"data".into(), &to_js(&data)?)?;
    Reflect::set(&js_error, &"operatorLine".into(), &error.to_string().into())?;
    let issues = error.issues();
    if !issues.is_empty() {
        Reflect::set(&js_error, &"issues".into(), &to_js(&issues)?)?;
    }
    Ok(js_error)
}
