//! The data that Logto passes to the connector for one message.

use std::fmt;

use crate::address::Address;
use crate::json::{Map, Value};
use crate::language::LanguageTag;
use crate::phone::{BareNumbers, PhoneNumber};
use crate::text::{Id, id};

/// A message: the fields of `SendMessageData` in Logto's connector kit that the connector uses.
#[derive(Clone)]
pub struct Message {
    /// The recipient.
    pub to: PhoneNumber,
    /// The usage type: `SignIn`, `Register`, …
    pub usage_type: String,
    /// The reader's language, from `payload.locale`.
    pub locale: Option<LanguageTag>,
    /// The values that templates may refer to: usually `code` or `link`, and all other fields that Logto
    /// adds.
    pub payload: Map,
    /// The fields of the payload that the template asks for and that cannot be read, such as a `BigInt`.
    pub unreadable: Vec<String>,
    /// The address of the end user who asked for the message, from `ip`, which Logto passes since 1.39.
    pub address: Option<Address>,
}

/// An error: a field of the message does not have the form that the kit documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidMessage {
    /// The field's name in `SendMessageData`.
    pub field: &'static str,
    /// The id of a text about the right form.
    pub expected: Id,
}

impl Message {
    /// Reads the host's value. Only the fields `to`, `type`, `payload` and `ip` are read. An unreadable `ip`
    /// counts as none.
    pub fn parse(data: &Value, bare_numbers: BareNumbers) -> Result<Self, InvalidMessage> {
        let to = data
            .get("to")
            .and_then(Value::as_str)
            .ok_or(id::MESSAGE_TO)
            .and_then(|to| PhoneNumber::parse(to, bare_numbers))
            .map_err(|expected| InvalidMessage {
                field: "to",
                expected,
            })?;
        let usage_type = data
            .get("type")
            .and_then(Value::as_str)
            .ok_or(InvalidMessage {
                field: "type",
                expected: id::MESSAGE_TYPE,
            })?;
        let payload = data
            .get("payload")
            .and_then(Value::as_object)
            .ok_or(InvalidMessage {
                field: "payload",
                expected: id::MESSAGE_PAYLOAD,
            })?;
        let locale = payload.get("locale").and_then(Value::as_str);
        Ok(Self {
            to,
            usage_type: usage_type.to_owned(),
            locale: locale.and_then(LanguageTag::parse),
            payload: payload.clone(),
            unreadable: Vec::new(),
            address: data
                .get("ip")
                .and_then(Value::as_str)
                .and_then(Address::parse),
        })
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Message")
            .field("usage_type", &self.usage_type)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(data: &serde_json::Value) -> Result<Message, InvalidMessage> {
        Message::parse(&data.clone().into(), BareNumbers::default())
    }

    fn assert_names(data: &serde_json::Value, field: &str) {
        let error = parse(data).unwrap_err();
        assert_eq!(error.field, field);
    }

    #[test]
    fn a_message_from_logto_is_parsed() {
        // Logto core 1.42 sent this message.
        let message = parse(&json!({
            "to": "8613800138000",
            "type": "SignIn",
            "payload": { "code": "116410", "locale": "zh-CN", "uiLocales": "zh-CN en" },
            "ip": "127.0.0.1"
        }))
        .unwrap();
        assert_eq!(message.to.to_string(), "+8613800138000");
        assert_eq!(message.usage_type, "SignIn");
        assert_eq!(message.locale, LanguageTag::parse("zh-CN"));
        assert_eq!(message.payload.keys().count(), 3);
        assert_eq!(message.address, Address::parse("127.0.0.1"));
        assert_eq!(
            format!("{message:?}"),
            r#"Message { usage_type: "SignIn", .. }"#
        );
    }

    #[test]
    fn an_ip_that_is_no_address_does_not_matter() {
        for ip in [
            json!(null),
            json!(1),
            json!("unknown"),
            json!(["127.0.0.1"]),
            json!({}),
        ] {
            let data = json!({ "to": "8613800138000", "type": "", "payload": {}, "ip": ip });
            assert_eq!(parse(&data).unwrap().address, None, "{ip}");
        }
    }

    #[test]
    fn each_missing_or_wrong_field_is_named() {
        let good = json!({ "to": "8613800138000", "type": "SignIn", "payload": {} });
        for (field, wrong) in [
            ("to", json!(8613800138000_u64)),
            ("to", json!("1")),
            ("to", json!(null)),
            ("type", json!(1)),
            ("payload", json!("123456")),
            ("payload", json!(["123456"])),
        ] {
            let mut data = good.clone();
            data[field] = wrong;
            assert_names(&data, field);
            data.as_object_mut().unwrap().remove(field);
            assert_names(&data, field);
        }
        assert!(parse(&json!("text")).is_err());
    }
}
