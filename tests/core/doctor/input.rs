//! The doctor's input: a config, or an answer of Logto's API, and a key from the environment.

use connector_tencent_sms_wasm::doctor::{Environment, read_input};
use connector_tencent_sms_wasm::json;
use connector_tencent_sms_wasm::text::{Id, Text, id};

use super::*;

fn read(text: &str) -> Result<json::Value, Text> {
    read_bytes(text.as_bytes())
}

fn read_bytes(content: &[u8]) -> Result<json::Value, Text> {
    read_input(content, Environment::default())
}

fn refusal(text: &str) -> Id {
    read(text).unwrap_err().id()
}

/// A connector as Logto's GET /api/connectors/:id answers it. The id next to the connector's own is the
/// tenant's, of the record.
fn record(connector_id: &str, config: &Value) -> Value {
    json!({
        "type": "Sms", "id": "tencent-cloud-sms", "connectorId": connector_id, "config": config,
        "syncProfile": false, "metadata": { "target": "tencent-sms" }, "usage": 12
    })
}

fn email() -> Value {
    record(
        "simple-mail-transfer-protocol",
        &json!({ "host": "mail.example.com" }),
    )
}

#[test]
fn a_config_is_found_wherever_it_stands() {
    let other = json!({ "accessKeyId": "other" });
    for input in [
        config(),
        record("tencent-cloud-sms", &config()),
        json!({ "config": config() }),
        // Other tools wrap lists.
        json!({ "data": [email(), record("tencent-cloud-sms", &config())] }),
        json!({ "total": 1, "connectors": [record("tencent-cloud-sms", &config())] }),
        json!([email(), record("tencent-cloud-sms", &config())]),
        json!([email(), record("tencent-short-message-service", &config())]),
        // This connector counts before the official one, in either order.
        json!([
            record("tencent-short-message-service", &other),
            record("tencent-cloud-sms", &config())
        ]),
        json!([
            record("tencent-cloud-sms", &config()),
            record("tencent-short-message-service", &other)
        ]),
    ] {
        let text = input.to_string();
        assert_eq!(read(&text), Ok(crossing(&config())), "{text}");
        assert_eq!(read(&format!("\u{feff}{text}\n")), Ok(crossing(&config())));
    }
}

#[test]
fn a_text_that_is_no_config_is_refused_with_the_reason() {
    for (input, expected) in [
        (json!([]), id::INPUT_NO_CONNECTOR),
        (json!([email()]), id::INPUT_NO_CONNECTOR),
        (json!([1, "text"]), id::INPUT_NO_CONNECTOR),
        (json!({ "config": "text" }), id::INPUT_CONFIG_NO_OBJECT),
        (json!({ "config": [] }), id::INPUT_CONFIG_NO_OBJECT),
        (email(), id::INPUT_OTHER_CONNECTOR),
        (json!({ "data": [email()] }), id::INPUT_NO_CONNECTOR),
        (json!({ "data": [] }), id::INPUT_OTHER_CONFIG),
        (without_config("tencent-cloud-sms"), id::INPUT_NO_CONFIG),
        (
            without_config("twilio-short-message-service"),
            id::INPUT_OTHER_CONNECTOR,
        ),
        (twilio(), id::INPUT_OTHER_CONFIG),
        (json!({ "code": "a" }), id::INPUT_OTHER_CONFIG),
        (json!("text"), id::INPUT_NEITHER),
        (json!(null), id::INPUT_NEITHER),
        (
            json!({ "code": "auth.unauthorized", "message": "Unauthorized." }),
            id::INPUT_LOGTO_ERROR,
        ),
    ] {
        assert_eq!(refusal(&input.to_string()), expected, "{input}");
    }
}

/// The record of a connector that nobody has configured.
fn without_config(connector_id: &str) -> Value {
    let mut record = record(connector_id, &json!({}));
    record.as_object_mut().unwrap().remove("config");
    record
}

/// The keys of Logto's connector for Twilio.
fn twilio() -> Value {
    json!({
        "accountSID": "AC0", "authToken": "0", "fromMessagingServiceSID": "MG0",
        "templates": [{ "usageType": "Generic", "content": "{{code}}" }]
    })
}

#[test]
fn another_connector_is_named() {
    let named = "simple-mail-transfer-protocol";
    let expected = Text::new(id::INPUT_OTHER_CONNECTOR).with("id", &named);
    assert_eq!(read(&email().to_string()), Err(expected));
}

/// A config may lack everything that is required, because the examination reports what is missing.
#[test]
fn an_incomplete_config_is_a_config() {
    for input in [
        json!({}),
        json!({ "region": "x", "templates": [{}] }),
        json!({ "signName": "a", "strictPhoneRegionNumberCheck": true }),
        record("tencent-cloud-sms", &json!({})),
    ] {
        assert!(read(&input.to_string()).is_ok(), "{input}");
    }
}

/// A config has keys of any name, so only an answer with both texts and without a key is an error.
#[test]
fn a_config_with_the_keys_of_an_error_is_a_config() {
    for input in [
        json!({ "code": "a", "signName": "b" }),
        json!({ "message": "a", "signName": "b" }),
        json!({ "code": "a", "message": 1, "signName": "b" }),
        json!({ "code": 1, "message": "a", "signName": "b" }),
        json!({ "code": "a", "message": "b", "accessKeyId": "AKIDEXAMPLE" }),
    ] {
        assert_eq!(read(&input.to_string()), Ok(crossing(&input)));
    }
}

#[test]
fn the_line_of_a_mistake_is_named() {
    for (text, line) in [
        ("{", 1),
        ("{\n  \"a\": 1,\n  \"b\": x\n}", 3),
        ("\u{feff}{\n}\n}", 3),
        // The end is missing in the last line that is not blank.
        ("{\n  \"a\": 1,\n\n \n", 2),
        ("{\r\n  \"a\": 1,\r\n", 2),
    ] {
        let expected = Text::new(id::INPUT_NOT_JSON).with("line", &line);
        assert_eq!(read(text), Err(expected), "{text:?}");
    }
}

#[test]
fn a_text_without_a_letter_is_empty() {
    for text in ["", " ", "\n\n\n", "\u{feff}", "\u{feff} \r\n\t"] {
        assert_eq!(refusal(text), id::INPUT_EMPTY, "{text:?}");
    }
    assert_eq!(read_bytes(b"\xff\xfe").unwrap_err().id(), id::INPUT_EMPTY);
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

/// PowerShell 5 writes UTF-16 with a byte order mark for `>`.
#[test]
fn utf_16_is_read_in_both_byte_orders() {
    let text = config().to_string();
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for text in [format!("\u{feff}{text}\r\n"), text.clone()] {
            assert_eq!(read_bytes(&utf16(&text, to_bytes)), Ok(crossing(&config())));
        }
        let mistake = utf16("\u{feff}{\n\n  x}", to_bytes);
        let expected = Text::new(id::INPUT_NOT_JSON).with("line", &3);
        assert_eq!(read_bytes(&mistake), Err(expected));
    }
}

#[test]
fn any_other_encoding_is_named_as_the_problem() {
    let in_gbk = b"{ \"signName\": \"\xcc\xda\xd1\xb6\xd4\xc6\" }";
    let half_a_unit = b"\xff\xfe{\0}";
    let half_a_pair = b"\xff\xfe{\0\x00\xd8}\0";
    for content in [&in_gbk[..], half_a_unit, half_a_pair, b"{}\xff"] {
        assert_eq!(read_bytes(content).unwrap_err().id(), id::INPUT_ENCODING);
    }
}

fn key_and_token() -> Environment {
    Environment {
        secret_id: Some("environment-id".to_owned()),
        secret_key: Some("environment-key".to_owned()),
        token: Some("environment-token".to_owned()),
    }
}

fn key() -> Environment {
    Environment {
        token: None,
        ..key_and_token()
    }
}

fn filled_in(config: &Value, environment: Environment) -> [Option<String>; 3] {
    let config = read_input(config.to_string().as_bytes(), environment).unwrap();
    ["accessKeyId", "accessKeySecret", "securityToken"]
        .map(|key| Some(config.get(key)?.as_str()?.to_owned()))
}

#[test]
fn a_config_without_a_key_gets_the_whole_key_of_the_environment() {
    let [id, secret, token] = ["environment-id", "environment-key", "environment-token"]
        .map(|text| Some(text.to_owned()));
    for nothing in [
        json!({}),
        json!({ "accessKeyId": " ", "accessKeySecret": null }),
    ] {
        assert_eq!(
            filled_in(&nothing, key()),
            [id.clone(), secret.clone(), None]
        );
        let all = [id.clone(), secret.clone(), token.clone()];
        assert_eq!(filled_in(&nothing, key_and_token()), all);
    }
}

#[test]
fn half_a_key_is_not_completed() {
    let half = |key: &str| json!({ key: "config" });
    let config_half = Some("config".to_owned());
    let filled = filled_in(&half("accessKeyId"), key_and_token());
    assert_eq!(filled, [config_half.clone(), None, None]);
    let filled = filled_in(&half("accessKeySecret"), key_and_token());
    assert_eq!(filled, [None, config_half, None]);
    for environment in [
        Environment {
            secret_id: None,
            ..key_and_token()
        },
        Environment {
            secret_key: None,
            ..key_and_token()
        },
    ] {
        assert_eq!(filled_in(&json!({}), environment), [None, None, None]);
    }
}
