//! The exports for the connector, which runs inside Logto.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, JSON, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::console;

use super::entropy::entropy;
use super::{AnyOutcome, to_events, to_js, to_json_text};
use crate::config::cache::{self, Cache};
use crate::config::{self, Config, Issue, USAGE_TYPES};
use crate::json::{Map, Value};
use crate::language::LanguageTag;
use crate::limits::store_line as line_of_store;
use crate::logto::{ConnectorErrorCode, InvalidMessage, Message};
use crate::send::{self, Error, Memory, Sent};
use crate::step::{Event, Step};
use crate::tencent::actions::send_sms::ACTION;
use crate::tencent::{Refusal, RequestId};
use crate::text::{Text, id};
use crate::usage;

thread_local! {
    static CONFIG: RefCell<Cache> = const { RefCell::new(Cache::empty()) };
    static MEMORY: RefCell<Memory> = const { RefCell::new(Memory::none()) };
}

/// Returns the next step of a send. `now` is the time in whole UNIX milliseconds. `is_test` is true for
/// the Console's test, whose reader is the operator. Throws a `CoreError`.
#[wasm_bindgen(skip_jsdoc, js_name = sendMessage, unchecked_return_type = "Step<Sent>")]
pub fn send_message(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] data: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
    is_test: bool,
) -> Result<JsValue, JsValue> {
    let events = to_events(&events)?;
    match next_step(config, &data, &events, now) {
        Ok(step) => Ok(to_js(&step.map(AnyOutcome::Sent))?),
        Err(error) => Err(to_js_error(&error, &data, is_test)?.into()),
    }
}

/// Returns the facts about a message and its requests for the trace of a send. An unknown usage type is
/// `other`, so that no text of the host's can carry anything personal.
#[wasm_bindgen(skip_jsdoc, js_name = describeSend, unchecked_return_type = "SendDescription")]
pub fn describe_send(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] data: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
) -> Result<JsValue, JsValue> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Description {
        #[serde(skip_serializing_if = "Option::is_none")]
        side: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        usage_type: Option<&'static str>,
        attempts: usize,
    }
    let attempts = to_events(&events)?;
    let attempts = attempts
        .iter()
        .filter(|event| event.action() == Some(ACTION));
    let config = read_config(&config).ok();
    let message = config.and_then(|config| {
        let json = Value::parse(&to_json_text(&data))?;
        Message::parse(&json, config.bare_numbers).ok()
    });
    let known = |usage_type: &str| USAGE_TYPES.into_iter().find(|known| *known == usage_type);
    Ok(to_js(&Description {
        side: message.as_ref().map(|message| message.to.route().name()),
        usage_type: message
            .as_ref()
            .map(|message| known(&message.usage_type).unwrap_or("other")),
        attempts: attempts.count(),
    })?)
}

/// Returns the error of a send during which the core trapped. The parameters are those of `sendMessage`.
#[wasm_bindgen(skip_jsdoc, js_name = trapError, unchecked_return_type = "CoreError")]
pub fn trap_error(
    #[wasm_bindgen(unchecked_param_type = "unknown")] data: JsValue,
    is_test: bool,
) -> Result<JsValue, JsValue> {
    Ok(to_js_error(&Error::Trapped, &data, is_test)?.into())
}

/// Prints a line on the operator's console. This is a separate export because a host's console may
/// throw, and then only the line may be lost, not the outcome of a send.
#[wasm_bindgen(skip_jsdoc, js_name = printOperatorLine)]
pub fn print_operator_line(line: &str) {
    let line = Text::new(id::CONSOLE_LINE).with("line", &line);
    console::error_1(&line.to_string().into());
}

/// Returns the line for the operator when the store of the shared counts can no longer be used, or can be
/// used again. `code` is the reason: the code of an error of Node or Redis, or one of the shim's own.
#[wasm_bindgen(skip_jsdoc, js_name = storeLine)]
pub fn store_line(code: Option<String>) -> String {
    line_of_store(code.as_deref()).to_string()
}

/// Returns the next step of finding all issues because of which a config must not be saved: reading what the config
/// refers to, or the end. `store_problem` is the code of the problem that keeps this process from sharing counts.
#[wasm_bindgen(skip_jsdoc, js_name = validateConfig, unchecked_return_type = "ReadingStep<Issue[]>")]
pub fn validate_config(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    store_problem: Option<String>,
) -> Result<JsValue, JsValue> {
    let events = to_events(&events)?;
    let config = Value::parse(&to_json_text(&config)).unwrap_or_default();
    let step = match config::issues_on_this_machine(&config, &events, store_problem.as_deref()) {
        Ok(outcome) => Step::Done { outcome },
        Err(step) => step.map(|never| match never {}),
    };
    Ok(to_js(&step.map(AnyOutcome::Issues))?)
}

/// Returns the next step of counting the messages since `since`, in UNIX milliseconds, or the messages
/// of the last 32 days without `since`. `now` is the time in whole UNIX milliseconds. Errors are not
/// printed, because Logto works without the count.
#[wasm_bindgen(skip_jsdoc, js_name = countMessages, unchecked_return_type = "Step<Usage>")]
pub fn count_messages(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
    since: Option<f64>,
    #[wasm_bindgen(unchecked_param_type = "Event[]")] events: JsValue,
    now: f64,
) -> Result<JsValue, JsValue> {
    let events = to_events(&events)?;
    let entropy = || entropy(now);
    let step = match cache::read(&to_json_text(&config)) {
        Ok(config) => MEMORY.with_borrow(|Memory { offsets, keys, .. }| {
            usage::next_step(&config, since, &events, now, offsets, keys, &entropy)
        }),
        Err(_) => usage::UNKNOWN,
    };
    Ok(to_js(&step.map(AnyOutcome::Usage))?)
}

/// Returns the cache key for the result of `countMessages`, or nothing for an invalid config. Configs
/// with the same key count the same applications. The key contains no secret.
#[wasm_bindgen(skip_jsdoc, js_name = usageKey)]
pub fn usage_key(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: JsValue,
) -> Option<String> {
    let config = cache::read(&to_json_text(&config)).ok()?;
    Some(usage::cache_key(&config))
}

fn next_step(
    config: JsValue,
    data: &JsValue,
    events: &[Event],
    now: f64,
) -> Result<Step<Sent>, Error> {
    let json = Value::parse(&to_json_text(data));
    #[cfg(feature = "panic-on-demand")]
    json.iter().for_each(panic_on_demand);
    let config = read_config(&config).map_err(Error::InvalidConfig)?;
    let message = match json {
        Some(json) => Message::parse(&json, config.bare_numbers)?,
        None => read_needed_fields(data, &config)?,
    };
    let entropy = || entropy(now);
    MEMORY
        .with_borrow_mut(|memory| send::next_step(&config, &message, events, now, memory, &entropy))
}

/// Reads a message that has no JSON form as a whole, because of a `BigInt`, a cycle, a getter that throws,
/// or nesting that is too deep. Only the fields that the message's template asks for are read, each on its
/// own, so that no other field can stop a code.
fn read_needed_fields(data: &JsValue, config: &Config) -> Result<Message, InvalidMessage> {
    let value_at = |object: &JsValue, key: &str| {
        let text = text_at(object, key).map(Value::String);
        text.unwrap_or_default()
    };
    let mut fields = Map::default();
    for key in ["to", "type", "ip"] {
        fields.insert(key, value_at(data, key));
    }
    let payload = Reflect::get(data, &"payload".into()).unwrap_or_default();
    if payload.is_object() && !Array::is_array(&payload) {
        let mut locale = Map::default();
        locale.insert("locale", value_at(&payload, "locale"));
        fields.insert("payload", Value::Object(locale));
    }
    let mut message = Message::parse(&Value::Object(fields), config.bare_numbers)?;
    message.payload = Map::default();
    let paths = send::needed_paths(config, &message);
    // `JSON.stringify` takes a list of the keys that it reads in objects of any depth.
    let keys = Array::new();
    for part in paths.iter().flat_map(|path| path.split('.')) {
        keys.push(&part.into());
    }
    for root in paths.iter().filter_map(|path| path.split('.').next()) {
        if message.payload.get(root).is_some() || message.unreadable.iter().any(|name| name == root)
        {
            continue;
        }
        match read_field(&payload, root, &keys) {
            Ok(Some(value)) => message.payload.insert(root, value),
            Ok(None) => {}
            Err(Unreadable) => message.unreadable.push(root.to_owned()),
        }
    }
    Ok(message)
}

/// Returns the text at `key` of an object, or `None` for anything else.
fn text_at(object: &JsValue, key: &str) -> Option<String> {
    Reflect::get(object, &key.into()).ok()?.as_string()
}

/// An error: a field's value has no JSON form, or is nested too deeply.
struct Unreadable;

/// Reads a field of an object, and of the objects in it only the given keys. Returns `None` for a value
/// that JSON omits, such as `undefined`.
fn read_field(object: &JsValue, key: &str, keys: &Array) -> Result<Option<Value>, Unreadable> {
    let value = Reflect::get(object, &key.into()).map_err(|_| Unreadable)?;
    let text = JSON::stringify_with_replacer(&value, keys).map_err(|_| Unreadable)?;
    match JsValue::from(text).as_string() {
        Some(text) => Value::parse(&text).map(Some).ok_or(Unreadable),
        None => Ok(None),
    }
}

/// Parses the config of a send, which usually equals the config of the previous send.
fn read_config(config: &JsValue) -> Result<Rc<Config>, Vec<Issue>> {
    // The value must be read before the cache is borrowed, because a getter on the host's object may
    // call the connector.
    let json = to_json_text(config);
    CONFIG.with_borrow_mut(|cache| cache.read(json))
}

#[cfg(feature = "panic-on-demand")]
#[expect(
    clippy::panic,
    reason = "the test of the shim's recovery from a panic needs a panic"
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

/// Converts an error to the `CoreError` of `wasm/boundary.d.ts`. The description is for the user who waits
/// for the message, in the language of `data`, or for the operator who tests a config. Only the operator gets
/// issues, because anybody can see the error of another send.
fn to_js_error(error: &Error, data: &JsValue, is_test: bool) -> Result<js_sys::Error, JsValue> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        error_description: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        tencent_code: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<&'a RequestId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        config_path: Option<String>,
    }
    let operator_line = error.to_string();
    let (code, description, issues) = if is_test {
        let issues = error.issues();
        // The Console shows the description only for the code `general`, and issues only for
        // `invalid_config`.
        let code = match issues.is_empty() {
            true => ConnectorErrorCode::General,
            false => ConnectorErrorCode::InvalidConfig,
        };
        (code, operator_line.clone(), issues)
    } else {
        let payload = Reflect::get(data, &"payload".into()).unwrap_or_default();
        let locale = text_at(&payload, "locale").and_then(|locale| LanguageTag::parse(&locale));
        let sentence = error.user_message().sentence(locale.as_ref());
        (error.code(), sentence.to_owned(), Vec::new())
    };
    let refusal = error.refusal();
    let data = Data {
        error_description: &description,
        tencent_code: refusal.map(Refusal::tencent_code),
        request_id: refusal.and_then(Refusal::request_id),
        reason: error.reason(),
        config_path: error.config_path().map(ToString::to_string),
    };
    let js_error = js_sys::Error::new(&description);
    js_error.set_name("CoreError");
    Reflect::set(&js_error, &"code".into(), &code.as_str().into())?;
    Reflect::set(&js_error, &"data".into(), &to_js(&data)?)?;
    Reflect::set(&js_error, &"operatorLine".into(), &operator_line.into())?;
    Reflect::set(&js_error, &"outcome".into(), &error.outcome().into())?;
    if !issues.is_empty() {
        Reflect::set(&js_error, &"issues".into(), &to_js(&issues)?)?;
    }
    Ok(js_error)
}
