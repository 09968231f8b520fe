//! A cache of one config, the last that a message was sent with.
//!
//! Logto hands the whole config over with every message, and a send asks twice: reading it is most of
//! the core's work. So the last one is kept with its text, and equal text is the same config. This is
//! purely a cache: another config replaces it, and a trap empties it together with its instance.

use std::rc::Rc;

use super::{Config, Issue};
use crate::json::Value;

/// At most one config that is good to send with, and its JSON text.
pub struct Cache(Option<(String, Rc<Config>)>);

impl Cache {
    /// Creates an empty cache.
    pub const fn empty() -> Self {
        Self(None)
    }

    /// Reads a config from its JSON text, or returns all its issues.
    pub fn read(&mut self, json: String) -> Result<Rc<Config>, Vec<Issue>> {
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

/// Reads a config from its JSON text. What is no JSON is read as `null`, which is no config.
pub fn read(json: &str) -> Result<Config, Vec<Issue>> {
    Config::parse(&Value::parse(json).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(secret_id: &str) -> String {
        let json = serde_json::json!({
            "accessKeyId": secret_id, "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": [{ "usageType": "Generic", "templateCode": 1 }]
        });
        json.to_string()
    }

    fn secret_id(last: &mut Cache, json: String) -> Option<String> {
        let config = last.read(json).ok()?;
        Some(config.mainland.credentials.secret_id.to_string())
    }

    #[test]
    fn each_text_gives_its_own_config() {
        let mut last = Cache::empty();
        for id in ["a", "a", "b", "a", "b", "b"] {
            assert_eq!(secret_id(&mut last, config(id)).as_deref(), Some(id));
        }
    }

    #[test]
    fn only_the_last_is_kept() {
        let mut last = Cache::empty();
        let first = last.read(config("a")).unwrap();
        assert!(Rc::ptr_eq(&first, &last.read(config("a")).unwrap()));
        assert_eq!(Rc::strong_count(&first), 2);
        last.read(config("b")).unwrap();
        assert_eq!(Rc::strong_count(&first), 1);
    }

    #[test]
    fn what_is_wrong_is_said_each_time() {
        let mut last = Cache::empty();
        last.read(config("a")).unwrap();
        for json in ["{}", "null", "", "{}"] {
            let issues = last.read(json.to_owned()).unwrap_err();
            assert!(!issues.is_empty(), "{json}");
        }
        assert_eq!(secret_id(&mut last, config("a")).as_deref(), Some("a"));
    }
}
