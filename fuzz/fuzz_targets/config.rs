//! Any JSON as a config: it is read, with a template for Generic, or refused with reasons.
#![no_main]

use connector_tencent_sms_wasm::config::Config;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|json: &[u8]| {
    let Ok(value) = serde_json::from_slice::<Value>(json) else {
        return;
    };
    match Config::parse(&value) {
        Ok(config) => assert!(config.templates.iter().any(|t| t.usage_type == "Generic")),
        Err(issues) => assert!(!issues.is_empty()),
    }
});
