//! The config of the last call, kept as it was read.
//!
//! Logto hands the whole config over with every message, and a send asks twice: reading it is most of
//! the core's work. So the last one is kept, with its text, by which it is known again: equal text is
//! the same config. Only speed tells the difference. One config at most is held, its text and its keys
//! are overwritten when another comes, and a trap forgets it together with its instance.

use std::rc::Rc;

use zeroize::{Zeroize, Zeroizing};

use crate::config::{Config, Issue};
use crate::json::Value;

/// At most one config that is good to send with.
#[derive(Default)]
pub struct LastConfig(Option<(Zeroizing<String>, Rc<Config>)>);

impl LastConfig {
    /// None yet.
    pub const fn none() -> Self {
        Self(None)
    }

    /// The config that a JSON text holds, or everything that is wrong with it.
    pub fn read(&mut self, json: Zeroizing<String>) -> Result<Rc<Config>, Vec<Issue>> {
        if let Some((last_json, config)) = &self.0
            && *last_json == json
        {
            return Ok(Rc::clone(config));
        }
        let config = Rc::new(read(&json)?);
        self.0 = Some((json, Rc::clone(&config)));
        Ok(config)
    }
}

/// Reads a config from its JSON text; what it was read from is overwritten. What is no JSON is read as
/// `null`, which is no config.
pub fn read(json: &str) -> Result<Config, Vec<Issue>> {
    let mut json = Value::parse(json).unwrap_or_default();
    let config = Config::parse(&json);
    json.zeroize();
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(secret_id: &str) -> Zeroizing<String> {
        let json = serde_json::json!({
            "accessKeyId": secret_id, "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [{ "usageType": "Generic", "templateCode": 1 }]
        });
        Zeroizing::new(json.to_string())
    }

    fn secret_id(last: &mut LastConfig, json: Zeroizing<String>) -> Option<String> {
        let config = last.read(json).ok()?;
        Some(config.mainland.credentials.secret_id.to_string())
    }

    #[test]
    fn each_text_gives_its_own_config() {
        let mut last = LastConfig::none();
        for id in ["a", "a", "b", "a", "b", "b"] {
            assert_eq!(secret_id(&mut last, config(id)).as_deref(), Some(id));
        }
    }

    #[test]
    fn only_the_last_is_kept() {
        let mut last = LastConfig::none();
        let first = last.read(config("a")).unwrap();
        assert!(Rc::ptr_eq(&first, &last.read(config("a")).unwrap()));
        assert_eq!(Rc::strong_count(&first), 2);
        last.read(config("b")).unwrap();
        assert_eq!(Rc::strong_count(&first), 1);
    }

    #[test]
    fn what_is_wrong_is_said_each_time() {
        let mut last = LastConfig::none();
        last.read(config("a")).unwrap();
        for json in ["{}", "null", "", "{}"] {
            let issues = last.read(Zeroizing::new(json.to_owned())).unwrap_err();
            assert!(!issues.is_empty(), "{json}");
        }
        assert_eq!(secret_id(&mut last, config("a")).as_deref(), Some("a"));
    }
}
