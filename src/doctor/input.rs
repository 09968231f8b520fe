//! The doctor's input: a config in a file or in an answer of Logto's API.

use crate::config::is_absent;
use crate::json::{Map, Value};
use crate::text::{Text, id};

/// The IDs of this connector and the official connector, whose configs are valid here too.
const CONNECTOR_IDS: [&str; 2] = ["tencent-cloud-sms", "tencent-short-message-service"];

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
/// error describes the problem with the text.
pub fn read_input(text: &str, environment: Environment) -> Result<Value, Text> {
    let text = text.trim_start_matches('\u{feff}');
    let value = Value::parse_or_locate(text).map_err(|offset| {
        let line = text.get(..offset).unwrap_or(text).split('\n').count();
        Text::new(id::INPUT_NOT_JSON).with("line", &line)
    })?;
    let mut config = config_in(value)?;
    fill_in_key(&mut config, environment);
    Ok(Value::Object(config))
}

fn connector_ids() -> Text {
    let [first, second] = CONNECTOR_IDS;
    Text::new(id::INPUT_OR)
        .with("first", &first)
        .with("second", &second)
}

fn config_in(value: Value) -> Result<Map, Text> {
    match value {
        Value::Array(connectors) => {
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
        connector if connector.get("config").is_some() => match connector.into_field("config") {
            Some(Value::Object(config)) => Ok(config),
            _ => Err(Text::new(id::INPUT_CONFIG_NO_OBJECT)),
        },
        Value::Object(answer) if is_logto_error(&answer) => Err(Text::new(id::INPUT_LOGTO_ERROR)),
        Value::Object(config) => Ok(config),
        _ => Err(Text::new(id::INPUT_NEITHER)),
    }
}

fn is_logto_error(answer: &Map) -> bool {
    let is_text = |key: &str| answer.get(key).and_then(Value::as_str).is_some();
    is_text("code") && is_text("message") && answer.get("accessKeyId").is_none()
}

fn id_of(connector: &Value) -> Option<&str> {
    // The field "id" next to it identifies the tenant's own record of the connector.
    connector.get("connectorId")?.as_str()
}

fn fill_in_key(config: &mut Map, environment: Environment) {
    let has = |key: &str| config.get(key).is_some_and(|value| !is_absent(value));
    // A key is only added as a whole, because an ID and a secret of different keys cannot sign.
    if has("accessKeyId") || has("accessKeySecret") {
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
