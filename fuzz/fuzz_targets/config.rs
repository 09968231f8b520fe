//! Reads any JSON as a config. The result is a config with a template for Generic, or a list of issues.
#![no_main]

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::json::Value;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &str| {
    let Some(value) = Value::parse(json) else {
        return;
    };
    match Config::parse(&value) {
        Ok(config) => assert!(config.templates.iter().any(|t| t.usage_type == "Generic")),
        Err(issues) => assert!(!issues.is_empty()),
    }
});
