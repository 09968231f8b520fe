//! JSON in the form in which it crosses the boundary.

use connector_tencent_sms_wasm::json;
use serde_json::Value;

pub(crate) fn crossing(json: &Value) -> json::Value {
    json::Value::parse(&json.to_string()).unwrap()
}
