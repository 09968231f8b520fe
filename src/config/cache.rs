//! A cache of the last config that a message was sent with.
//!
//! Logto passes the whole config with every message, and a send calls the core twice, so parsing the
//! config would be most of the core's work. The cache keeps the last config with its JSON text, and
//! returns the config if the text is equal. This is purely a cache: another config replaces the entry,
//! and a trap discards it together with the instance.

use std::rc::Rc;

use super::{Config, Issue};
use crate::json::Value;

/// At most one valid config and its JSON text.
pub struct Cache(Option<(String, Rc<Config>)>);

impl Cache {
    /// Creates an empty cache.
    pub const fn empty() -> Self {
        Self(None)
    }

    /// Parses a config from its JSON text, or returns all its issues.
    pub fn read(&mut self, json: String) -> Result<Rc<Config>, Vec<Issue>> {
        if let Some((cached_json, config)) = &self.0
            && *cached_json == json
        {
            return Ok(Rc::clone(config));
        }
        let config = Rc::new(read(&json)?);
        self.0 = Some((json, Rc::clone(&config)));
        Ok(config)
    }
}

/// Parses a config from its JSON text. Text that is not JSON counts as `null`, which is not a config.
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

    fn secret_id(cache: &mut Cache, json: String) -> Option<String> {
        let config = cache.read(json).ok()?;
        Some(config.mainland.credentials.identity())
    }

    #[test]
    fn every_text_gives_its_own_config() {
        let mut cache = Cache::empty();
        for id in ["a", "a", "b", "a", "b", "b"] {
            assert_eq!(secret_id(&mut cache, config(id)).as_deref(), Some(id));
        }
    }

    #[test]
    fn only_the_last_config_is_cached() {
        let mut cache = Cache::empty();
        let first = cache.read(config("a")).unwrap();
        assert!(Rc::ptr_eq(&first, &cache.read(config("a")).unwrap()));
        assert_eq!(Rc::strong_count(&first), 2);
        cache.read(config("b")).unwrap();
        assert_eq!(Rc::strong_count(&first), 1);
    }

    #[test]
    fn issues_are_returned_every_time() {
        let mut cache = Cache::empty();
        cache.read(config("a")).unwrap();
        for json in ["{}", "null", "", "{}"] {
            let issues = cache.read(json.to_owned()).unwrap_err();
            assert!(!issues.is_empty(), "{json}");
        }
        assert_eq!(secret_id(&mut cache, config("a")).as_deref(), Some("a"));
    }
}
