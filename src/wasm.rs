//! The boundary to JavaScript: the only room that knows wasm-bindgen.
//!
//! No decisions are made here. Values cross by serde-wasm-bindgen; errors cross as real JS `Error`s.
//! `wasm/boundary.d.ts` has the types of both.

mod connector;
mod doctor;
mod entropy;

use std::alloc::System;

use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use zeroizing_alloc::ZeroAlloc;

use crate::json::Value;
use crate::send::Sent;
use crate::step::Event;
use crate::usage::Usage;

pub use connector::{
    count_messages, counted_subject, send_message, tell_operator, validate_config,
};
pub use doctor::{examine, quoted, send_test_message};

/// Every byte is overwritten when it is freed: configs, keys, numbers and codes leave nothing behind, by
/// whatever way they crossed and however often they were copied.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("wasm/boundary.d.ts");

/// The ends of all tasks, so that the steps to them are written by one writer.
#[derive(Serialize)]
#[serde(untagged)]
enum AnyOutcome {
    Sent(Sent),
    Usage(Usage),
    Report(doctor::PresentedReport),
}

/// Reads a value of the host's, which is JSON by contract. One text that crosses and is parsed here
/// costs two thirds of crossing value by value (measured for a config), and the parser has a limit for
/// nesting. A value without a JSON form (a function, a cycle), or one that is nested deeper, becomes
/// `null`, which no parser of ours accepts.
fn to_json(value: &JsValue) -> Value {
    Value::parse(&to_json_text(value)).unwrap_or_default()
}

/// Returns the JSON text of a value; an empty text, which is no JSON, for a value that has none.
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
