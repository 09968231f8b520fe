//! Where the doctor finds the config.

use crate::config::is_absent;
use crate::json::{Map, Value};
use crate::text::{Text, id};

/// The connectors whose config it is: ours, and the official one, whose configs are valid here.
const CONNECTOR_IDS: [&str; 2] = ["tencent-cloud-sms", "tencent-short-message-service"];

/// An API key from the environment, under the names that Tencent's own tools use.
#[derive(Clone, Default)]
pub struct Environment {
    /// `TENCENTCLOUD_SECRET_ID`
    pub secret_id: Option<String>,
    /// `TENCENTCLOUD_SECRET_KEY`
    pub secret_key: Option<String>,
    /// `TENCENTCLOUD_TOKEN`
    pub token: Option<String>,
}

/// Reads a config as a file holds it, or as Logto's `GET /api/connectors` or `GET /api/connectors/:id`
/// answers. Where it has no key, the environment's is put in. The error says what is wrong with the
/// text.
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
    // Beside it "id" names the tenant's own record of the connector.
    connector.get("connectorId")?.as_str()
}

fn fill_in_key(config: &mut Map, environment: Environment) {
    let has = |key: &str| config.get(key).is_some_and(|value| !is_absent(value));
    // A whole key or none: half of one with half of the other signs nothing.
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
