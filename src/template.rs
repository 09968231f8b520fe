//! Which template a message gets, and the values of its `{1}`, `{2}`, ….

use serde_json::{Map, Value};

use crate::config::{GENERIC, Template};
use crate::error::Error;
use crate::message::Message;

/// The entry for `usage_type`, else the first for `Generic`.
pub fn choose<'a>(templates: &'a [Template], usage_type: &str) -> Option<&'a Template> {
    let first_for = |wanted: &str| {
        templates
            .iter()
            .find(|template| template.usage_type == wanted)
    };
    first_for(usage_type).or_else(|| first_for(GENERIC))
}

/// `TemplateParamSet`: only what the template asks for leaves. The rest of the payload (`locale`,
/// `uiLocales`, whatever Logto adds next) would make the count wrong, and is nobody's business.
pub fn fill(template: &Template, message: &Message) -> Result<Vec<String>, Error> {
    let payload = &message.payload;
    match &template.template_params {
        Some(params) => Ok(params
            .iter()
            .map(|param| replace_handlebars(param, payload))
            .collect()),
        None => ["code", "link"]
            .into_iter()
            .find_map(|key| payload.get(key))
            .map(|value| vec![to_text(value)])
            .ok_or(Error::InsufficientMessage {
                expected: "a code or a link in payload",
            }),
    }
}

/// `replaceSendMessageHandlebars` of Logto's connector kit, so that a config means the same here as
/// in the connectors that call it: `{{ user.name }}` is looked up by its dotted path; where the
/// payload lacks the root, the handlebars stay; where it lacks a later part, nothing is left.
fn replace_handlebars(text: &str, payload: &Map<String, Value>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let placeholder = after.split_once("}}").and_then(|(inside, after)| {
            let value = look_up(inside.trim(), payload)?;
            Some((value, after))
        });
        filled.push_str(before);
        match placeholder {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                // One brace, not both: in "{{{code}}" the handlebars begin at the second.
                filled.push('{');
                rest = rest.get(before.len() + 1..).unwrap_or_default();
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The text for a dotted path, or `None` where it is no path or the payload lacks its root.
fn look_up(path: &str, payload: &Map<String, Value>) -> Option<String> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    if !path.bytes().all(is_part) {
        return None;
    }
    let mut parts = path.split('.');
    let root = payload.get(parts.next()?)?;
    let value = parts.try_fold(root, |value, part| value.get(part));
    Some(value.map(to_text).unwrap_or_default())
}

/// As JavaScript's `String(value ?? '')` writes it.
fn to_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(elements) => elements.iter().map(to_text).collect::<Vec<_>>().join(","),
        Value::Object(_) => "[object Object]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ConnectorErrorCode;
    use crate::phone::PhoneNumber;
    use serde_json::json;

    fn template(usage_type: &str, template_params: Option<&[&str]>) -> Template {
        Template {
            usage_type: usage_type.to_owned(),
            template_code: format!("id-of-{usage_type}"),
            template_params: template_params
                .map(|params| params.iter().map(ToString::to_string).collect()),
        }
    }

    fn message(payload: Value) -> Message {
        Message {
            to: PhoneNumber::parse("8613800138000").unwrap(),
            usage_type: "SignIn".to_owned(),
            payload: payload.as_object().unwrap().clone(),
        }
    }

    fn filled(template_params: Option<&[&str]>, payload: Value) -> Vec<String> {
        fill(&template("SignIn", template_params), &message(payload)).unwrap()
    }

    #[test]
    fn a_usage_type_without_an_entry_gets_generic() {
        let templates = [template("Generic", None), template("SignIn", None)];
        let chosen = |usage_type| choose(&templates, usage_type).map(|t| t.template_code.as_str());
        assert_eq!(chosen("SignIn"), Some("id-of-SignIn"));
        assert_eq!(chosen("MfaVerification"), Some("id-of-Generic"));
        assert_eq!(chosen("signin"), Some("id-of-Generic"));
        assert_eq!(choose(&templates[1..], "Register"), None);
    }

    #[test]
    fn only_the_code_leaves_by_default() {
        let payload = json!({
            "locale": "zh-CN", "code": "116410", "uiLocales": "zh-CN en",
            "application": { "name": "Shop" }
        });
        assert_eq!(filled(None, payload), ["116410"]);
        assert_eq!(
            filled(None, json!({ "link": "https://a.example" })),
            ["https://a.example"]
        );
        let both = json!({ "link": "https://a.example", "code": "1" });
        assert_eq!(filled(None, both), ["1"]);
    }

    #[test]
    fn a_payload_with_neither_code_nor_link_is_refused() {
        let error = fill(
            &template("SignIn", None),
            &message(json!({ "locale": "en" })),
        );
        let code = error.unwrap_err().code();
        assert_eq!(code, ConnectorErrorCode::InsufficientRequestParameters);
    }

    #[test]
    fn handlebars_are_replaced_as_the_kit_replaces_them() {
        let payload = json!({
            "code": "116410", "user": { "name": "李雷", "age": 7, "tags": ["a", null, ["b"]] },
            "nothing": null, "yes": true
        });
        for (param, expected) in [
            ("{{code}}", "116410"),
            ("{{ code }} / {{code}}", "116410 / 116410"),
            ("{{user.name}}", "李雷"),
            ("{{user.age}}{{yes}}", "7true"),
            ("{{user.tags}}", "a,,b"),
            ("{{user.missing}}|{{user.name.first}}|{{nothing}}", "||"),
            (
                "{{unknown}} {{unknown.name}}",
                "{{unknown}} {{unknown.name}}",
            ),
            ("{{user}}", "[object Object]"),
            ("{{{code}}}", "{116410}"),
            ("{{code", "{{code"),
            ("{{co de}} {{}} {{code}}", "{{co de}} {{}} 116410"),
            ("10", "10"),
        ] {
            assert_eq!(filled(Some(&[param]), payload.clone()), [expected]);
        }
        let in_order = filled(Some(&["{{user.age}}", "{{code}}", "5"]), payload);
        assert_eq!(in_order, ["7", "116410", "5"]);
    }
}
