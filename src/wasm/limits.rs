//! The export for the command `limits`, which runs on the command line.

use wasm_bindgen::prelude::*;

use super::doctor::{input, input_error};
use super::{AnyOutcome, to_events, to_js};
use crate::address::Address;
use crate::config::Config;
use crate::json::Map;
use crate::limits::Kind;
use crate::logto::Message;
use crate::phone::PhoneNumber;
use crate::send;
use crate::text::{Text, id};

/// Returns the next step of reading the counts of a number, and of an end user's address if there is one,
/// after the places of the limit `reset` are freed. `content` is the content of a file or the answer of Logto's
/// API. Throws a `DoctorInputError`.
#[wasm_bindgen(skip_jsdoc, js_name = countsOf, unchecked_return_type = "Step<CountsOfNumber>")]
pub fn counts_of(
    content: Vec<u8>,
    #[wasm_bindgen(unchecked_param_type = "Environment")] environment: JsValue,
    to: &str,
    ip: Option<String>,
    reset: Option<String>,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
) -> Result<JsValue, JsValue> {
    let config = Config::parse(&input(&content, &environment)?).map_err(|issues| {
        let first = issues.first().map(ToString::to_string);
        let problem = first.unwrap_or_default();
        input_error(&Text::new(id::INPUT_INVALID_CONFIG).with("problem", &problem))
    })?;
    let to = PhoneNumber::parse(to, config.bare_numbers).map_err(|expected| {
        input_error(&Text::new(id::INPUT_TO).with_text("expected", Text::new(expected)))
    })?;
    let address = match &ip {
        Some(ip) => Some(Address::parse(ip).ok_or_else(|| input_error(&Text::new(id::INPUT_IP)))?),
        None => None,
    };
    let reset = match &reset {
        Some(key) => {
            Some(Kind::of_key(key).ok_or_else(|| input_error(&Text::new(id::INPUT_RESET)))?)
        }
        None => None,
    };
    let message = Message {
        to,
        usage_type: String::new(),
        locale: None,
        payload: Map::default(),
        unreadable: Vec::new(),
        address,
    };
    let events = to_events(&events)?;
    let step = send::counts_of(&config, &message, reset, &events);
    Ok(to_js(&step.map(AnyOutcome::Counts))?)
}
