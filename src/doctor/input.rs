//! The doctor's input: a config in a file or in an answer of Logto's API, as UTF-8 or UTF-16.

use crate::config::{diagnose, is_absent};
use crate::json::{Map, Value};
use crate::logto::CONNECTOR_ID;
use crate::quoted::quoted;
use crate::text::{Text, id};

/// The IDs of this connector and the official connector, whose configs are valid here too.
const CONNECTOR_IDS: [&str; 2] = [CONNECTOR_ID, "tencent-short-message-service"];

/// An API key from the environment variables that Tencent's own tools use.
#[derive(Clone, Default)]
pub struct Environment {
    /// The value of `TENCENTCLOUD_SECRET_ID`.
    pub secret_id: Option<String>,
    /// The value of `TENCENTCLOUD_SECRET_KEY`.
    pub secret_key: Option<String>,
    /// The value of `TENCENTCLOUD_TOKEN`.
    pub token: Option<String>,
}

/// Reads a config from a file's content, or from an answer of Logto's `GET /api/connectors` or
/// `GET /api/connectors/:id`. If the config has no API key, the key of the environment is added. The
/// error describes the problem with the content.
pub fn read_input(content: &[u8], environment: Environment) -> Result<Value, Text> {
    let text = decode(content).ok_or_else(|| Text::new(id::INPUT_ENCODING))?;
    // At the end, a missing part is reported for the last line that is not blank.
    let text = text.trim_start_matches('\u{feff}').trim_end();
    if text.is_empty() {
        return Err(Text::new(id::INPUT_EMPTY));
    }
    let value = Value::parse_or_locate(text).map_err(|offset| {
        let line = text.get(..offset).unwrap_or(text).split('\n').count();
        Text::new(id::INPUT_NOT_JSON).with("line", &line)
    })?;
    let mut config = config_in(value)?;
    fill_in_key(&mut config, environment);
    Ok(Value::Object(config))
}

/// Decodes UTF-8 or UTF-16. JSON begins with an ASCII character, so the place of the first zero shows the
/// byte order of UTF-16 without a mark.
fn decode(content: &[u8]) -> Option<String> {
    match content {
        [0xff, 0xfe, ..] | [1..=255, 0, ..] => decode_utf16(content, u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, 1..=255, ..] => decode_utf16(content, u16::from_be_bytes),
        _ => std::str::from_utf8(content).ok().map(str::to_owned),
    }
}

fn decode_utf16(content: &[u8], from_bytes: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = content.as_chunks();
    let units: Vec<_> = pairs.iter().map(|pair| from_bytes(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

fn connector_ids() -> Text {
    let [first, second] = CONNECTOR_IDS;
    Text::new(id::INPUT_OR)
        .with("first", &first)
        .with("second", &second)
}

/// Takes the config out of a list of connectors, an object around such a list, or one connector. Any
/// other object is the config itself.
fn config_in(value: Value) -> Result<Map, Text> {
    if let Value::Array(connectors) = value {
        return config_in_list(connectors);
    }
    match id_of(&value) {
        Some(id) if !CONNECTOR_IDS.contains(&id) => {
            return Err(Text::new(id::INPUT_OTHER_CONNECTOR).with("id", &quoted(id)));
        }
        Some(_) if value.get("config").is_none() => return Err(Text::new(id::INPUT_NO_CONFIG)),
        _ => {}
    }
    if value.get("config").is_some() {
        return match value.into_field("config") {
            Some(Value::Object(config)) => Ok(config),
            _ => Err(Text::new(id::INPUT_CONFIG_NO_OBJECT)),
        };
    }
    if is_logto_error(&value) {
        return Err(Text::new(id::INPUT_LOGTO_ERROR));
    }
    if let Some(key) = key_of_connectors(&value) {
        return match value.into_field(&key) {
            Some(Value::Array(connectors)) => config_in_list(connectors),
            _ => Err(Text::new(id::INPUT_NEITHER)),
        };
    }
    match value {
        value if is_other_config(&value) => Err(Text::new(id::INPUT_OTHER_CONFIG)),
        Value::Object(config) => Ok(config),
        _ => Err(Text::new(id::INPUT_NEITHER)),
    }
}

fn config_in_list(connectors: Vec<Value>) -> Result<Map, Text> {
    let position = CONNECTOR_IDS.into_iter().find_map(|id| {
        connectors
            .iter()
            .position(|connector| id_of(connector) == Some(id))
    });
    position
        .and_then(|position| connectors.into_iter().nth(position))
        .ok_or_else(|| Text::new(id::INPUT_NO_CONNECTOR).with_text("ids", connector_ids()))
        .and_then(config_in)
}

/// Returns the key of the list of connectors in an object that a tool put around it, such as `data`.
fn key_of_connectors(value: &Value) -> Option<String> {
    let object = value.as_object()?;
    let mut fields = object.keys().zip(object.values());
    let is_list = |value: &Value| {
        let mut elements = value.as_array().unwrap_or_default().iter();
        elements.any(|element| id_of(element).is_some())
    };
    fields.find_map(|(key, value)| is_list(value).then(|| key.clone()))
}

fn is_logto_error(value: &Value) -> bool {
    let is_text = |key: &str| value.get(key).and_then(Value::as_str).is_some();
    is_text("code") && is_text("message") && value.get("accessKeyId").is_none()
}

/// Returns true for an object with unknown keys and without all the keys that distinguish this connector.
fn is_other_config(value: &Value) -> bool {
    let own = ["accessKeyId", "accessKeySecret", "signName", "sdkAppId"];
    own.into_iter().all(|key| value.get(key).is_none()) && !diagnose(value).unread_keys.is_empty()
}

fn id_of(connector: &Value) -> Option<&str> {
    // The field "id" next to it identifies the tenant's own record of the connector.
    connector.get("connectorId")?.as_str()
}

fn fill_in_key(config: &mut Map, environment: Environment) {
    let has = |key: &str| config.get(key).is_some_and(|value| !is_absent(value));
    // A key is only added as a whole, because an ID and a secret of different keys cannot sign.
    if has("accessKeyId") || has("accessKeySecret") || has("credentials") {
        return;
    }
    let (Some(secret_id), Some(secret_key)) = (environment.secret_id, environment.secret_key)
    else {
        return;
    };
    config.insert("accessKeyId", Value::String(secret_id));
    config.insert("accessKeySecret", Value::String(secret_key));
    if let Some(token) = environment.token {
        config.insert("securityToken", Value::String(token));
    }
}
