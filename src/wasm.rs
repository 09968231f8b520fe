//! The boundary to JavaScript: the only module that uses wasm-bindgen.
//!
//! This module makes no decisions. Values cross the boundary by serde-wasm-bindgen, and errors cross as
//! JS `Error` objects. `wasm/boundary.d.ts` has the types of both.
//!
//! The crate is built twice, with different features: once for the connector, which Logto loads, and once for
//! the command line.

#[cfg(feature = "connector")]
mod connector;
#[cfg(feature = "command-line")]
mod doctor;
mod entropy;
mod language;
#[cfg(feature = "command-line")]
mod limits;
#[cfg(feature = "command-line")]
mod setup;

use std::alloc::System;

use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use zeroizing_alloc::ZeroAlloc;

use crate::json::Value;
use crate::step::Event;

#[cfg(feature = "connector")]
pub use connector::{
    count_messages, describe_send, print_operator_line, send_message, store_line, trap_error,
    usage_key, validate_config,
};
#[cfg(feature = "command-line")]
pub use doctor::{examine, quoted, read_logto, send_test_message, show_last_messages};
pub use language::{translation_for, use_translation};
#[cfg(feature = "command-line")]
pub use limits::counts_of;
#[cfg(feature = "command-line")]
pub use setup::set_up;

/// An allocator that overwrites every byte when it is freed, so that no copy of a config, key, number or
/// code stays in memory after it was freed.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wasm/boundary.d.ts");

/// The outcome of any task. With one type for all tasks, the module contains one serializer of steps.
#[derive(Serialize)]
#[serde(untagged)]
enum AnyOutcome {
    #[cfg(feature = "connector")]
    Sent(crate::send::Sent),
    #[cfg(feature = "connector")]
    Usage(crate::usage::Usage),
    #[cfg(feature = "command-line")]
    Counts(crate::send::CountsOfNumber),
    #[cfg(feature = "command-line")]
    Report(doctor::PresentedReport),
    #[cfg(feature = "command-line")]
    Logto(doctor::LogtoReading),
    #[cfg(feature = "command-line")]
    SetUp(setup::PresentedReport),
    #[cfg(feature = "connector")]
    Issues(Vec<crate::config::Issue>),
}

/// Reads a value of the host. The contract says that the value is JSON. Passing one JSON text and
/// parsing it here takes two thirds of the time of converting value by value (measured for a config),
/// and the parser limits the nesting depth. A value without a JSON form (a function, a cycle), or with
/// deeper nesting, becomes `null`, which none of the connector's parsers accepts.
fn to_json(value: &JsValue) -> Value {
    Value::parse(&to_json_text(value)).unwrap_or_default()
}

/// Returns the JSON text of a value. For a value without a JSON form, returns an empty text, which is not
/// JSON.
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
