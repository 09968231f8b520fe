//! A process that decides about messages.

use connector_tencent_sms_wasm::address::Address;
use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::json::{Map, Value};
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber};
use connector_tencent_sms_wasm::send::{Error, Spending};
use connector_tencent_sms_wasm::step::TraceId;
use serde_json::json;

/// The limits that the Console's form proposes.
pub(crate) fn proposed() -> serde_json::Value {
    json!({
        "perIp": "20/1h", "perNumber": "5/1h", "perRange": "30/1h",
        "perCallingCode": { "86": "5000/1h", "*": "200/1h" }, "total": "20000/1d"
    })
}

pub(crate) struct Process {
    config: Config,
    spending: Spending,
}

impl Process {
    pub(crate) fn new(limits: &serde_json::Value) -> Self {
        Self {
            config: config_with(limits),
            spending: Spending::none(),
        }
    }

    /// Decides about a message, and returns the key of the limit that refuses it.
    pub(crate) fn decide(&mut self, message: &Message, now: f64) -> Result<(), &'static str> {
        let random = || TraceId::from_bytes([7; 16]);
        let admitted = self
            .spending
            .admit(&self.config, message, &[], now, &random);
        admitted.map(|_| ()).map_err(|error| match error {
            Error::LimitReached { limit, .. } => limit.key(),
            error => panic!("{error}"),
        })
    }

    pub(crate) fn give_back(&mut self, message: &Message) {
        self.spending.release(&self.config, message, &[]);
    }
}

/// Returns a config with these limits.
pub(crate) fn config_with(limits: &serde_json::Value) -> Config {
    let config = json!({
        "accessKeyId": "AKIDEXAMPLE", "accessKeySecret": "ExampleSecretKey", "signName": "腾讯云",
        "sdkAppId": 1400006666, "templates": [{ "usageType": "Generic", "templateCode": "1110" }],
        "limits": limits
    });
    Config::parse(&Value::parse(&config.to_string()).unwrap()).unwrap()
}

/// Returns a message as Logto passes it.
pub(crate) fn message(to: &str, ip: Option<&str>) -> Message {
    Message {
        to: PhoneNumber::parse(to, BareNumbers::default()).unwrap(),
        usage_type: "SignIn".to_owned(),
        locale: None,
        payload: Map::default(),
        unreadable: Vec::new(),
        address: ip.map(|ip| Address::parse(ip).unwrap()),
    }
}
