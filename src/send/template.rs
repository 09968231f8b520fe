//! The choice of a template for a message, and the values of its `{1}`, `{2}`, ….

use std::cmp::Reverse;

use super::Error;
use crate::config::{Config, GENERIC, Issue, Template, is_absent};
use crate::json::{Map, Value};
use crate::language;
use crate::logto::Message;
use crate::logto::handlebars::{self, path_after, split_at_opening};
use crate::phone::Route;
use crate::text::{Text, id};

/// The template that was chosen for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice<'a> {
    /// The entry in the config.
    pub template: &'a Template,
    /// The `TemplateId` for the message's side.
    pub template_id: &'a str,
}

/// Chooses the entry for the message's usage type with the best language, or else the entry for `Generic`
/// with the best language. The first of several equal entries wins. Only entries with a code for the side
/// count. If no language of `Generic` fits, the first entry of `Generic` is used, because a message in
/// another language is better than none.
pub(super) fn choose<'a>(
    templates: &'a [Template],
    message: &Message,
    route: Route,
) -> Result<Choice<'a>, Error> {
    let code_of = |template: &'a Template| template.template_code.on(route);
    let serving = templates
        .iter()
        .filter(|template| code_of(template).is_some());
    best(serving, message)
        .and_then(|template| {
            let template_id = code_of(template)?;
            Some(Choice {
                template,
                template_id,
            })
        })
        .ok_or_else(|| {
            // The error names the entry that would have been chosen if it had a code for the side.
            let path = best(templates.iter(), message).map(|template| template.path_of_code(route));
            Error::TemplateNotFound(path.unwrap_or_default())
        })
}

fn best<'a>(
    templates: impl Iterator<Item = &'a Template> + Clone,
    message: &Message,
) -> Option<&'a Template> {
    let of_type = |usage_type| {
        templates
            .clone()
            .filter(move |template| template.usage_type == usage_type)
    };
    let best_of_type = |usage_type| {
        of_type(usage_type)
            .filter_map(|template| {
                let fit = language::fit(template.locale.as_ref(), message.locale.as_ref())?;
                Some((fit, template))
            })
            // `max_by_key` would return the last of several equal entries.
            .min_by_key(|(fit, _)| Reverse(*fit))
            .map(|(_, template)| template)
    };
    best_of_type(message.usage_type.as_str())
        .or_else(|| best_of_type(GENERIC))
        .or_else(|| of_type(GENERIC).next())
}

/// The fields of the payload that a template without `templateParams` asks for. The first one with a value
/// is sent.
const DEFAULT_FIELDS: [&str; 2] = ["code", "link"];

/// Returns the dotted paths in the payload that the message's template asks for. The message's own payload
/// is not used. Returns no paths for a message without a template.
pub fn needed_paths<'a>(config: &'a Config, message: &Message) -> Vec<&'a str> {
    let mut paths = Vec::new();
    if let Ok(choice) = choose(&config.templates, message, message.to.route()) {
        match &choice.template.template_params {
            Some(params) => {
                let all = params.iter().flat_map(|param| handlebars::paths(param));
                paths.extend(all.take(LIMITS.look_ups));
            }
            None => paths.extend(DEFAULT_FIELDS),
        }
    }
    paths
}

/// Fills in the values of `TemplateParamSet`. Only the values that the template refers to are sent. The
/// rest of the payload (`locale`, `uiLocales` and all fields that Logto may add) would make the count
/// wrong, and may be private.
pub fn fill(template: &Template, message: &Message) -> Result<Vec<String>, Error> {
    let payload = &message.payload;
    let unreadable = |name: &str| Err(Error::UnreadableValue(name.to_owned()));
    match &template.template_params {
        Some(params) => {
            if let Some(name) = message.unreadable.first() {
                return unreadable(name);
            }
            let mut left = LIMITS;
            params
                .iter()
                .map(|param| replace_handlebars(param, payload, &mut left))
                .collect::<Option<_>>()
                .ok_or_else(|| {
                    Error::InvalidConfig(vec![Issue {
                        path: template.path_of_params(),
                        message: Text::new(id::CONFIG_TOO_MANY_VALUES),
                    }])
                })
        }
        None => {
            for key in DEFAULT_FIELDS {
                if message.unreadable.iter().any(|name| name == key) {
                    return unreadable(key);
                }
                if let Some(value) = payload.get(key).filter(|value| !is_absent(value)) {
                    let mut text = String::new();
                    write_text(value, &mut text);
                    return Ok(vec![text]);
                }
            }
            Err(Error::InsufficientMessage)
        }
    }
}

/// The limits of one message, which are far above any real text message. Without them, the time for the
/// look-ups and the size of the values would grow with the product of the lengths of template and
/// payload.
const LIMITS: Limits = Limits {
    look_ups: 100,
    bytes: 1 << 20,
};

/// The remaining look-ups of a message, and the remaining bytes of its values.
struct Limits {
    look_ups: usize,
    bytes: usize,
}

/// Replaces handlebars like `replaceSendMessageHandlebars` of Logto's connector kit, so that a config
/// has the same meaning as in the connectors that call this function. `{{ user.name }}` is replaced by
/// the value at its dotted path. If the payload lacks the root of the path, the handlebars stay. If it
/// lacks a later part, the handlebars are removed.
///
/// Subtracts the look-ups and the bytes from `left`, and returns `None` if too few are left.
fn replace_handlebars(text: &str, payload: &Map, left: &mut Limits) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = split_at_opening(rest) {
        filled.push_str(before);
        let mut found = None;
        if let Some((path, after)) = path_after(after) {
            left.look_ups = left.look_ups.checked_sub(1)?;
            found = look_up(path, payload).map(|value| (value, after));
        }
        match found {
            Some((value, after)) => {
                write_text(value, &mut filled);
                rest = after;
            }
            None => {
                // Only one brace is skipped, because the handlebars in "{{{code}}" begin at the second.
                filled.push('{');
                rest = rest.get(before.len() + 1..).unwrap_or_default();
            }
        }
        if filled.len() > left.bytes {
            return None;
        }
    }
    filled.push_str(rest);
    left.bytes = left.bytes.checked_sub(filled.len())?;
    Some(filled)
}

/// Returns the value at a dotted path, or `None` if the payload lacks the root of the path.
fn look_up<'a>(path: &str, payload: &'a Map) -> Option<&'a Value> {
    let mut parts = path.split('.');
    let root = parts.next().filter(|root| !root.is_empty())?;
    let value = parts.try_fold(payload.get(root)?, |value, part| match value {
        Value::Object(fields) => fields.get(part),
        // An index must be written like JavaScript writes it, so `00` is not an index.
        Value::Array(elements) => {
            let index: usize = part.parse().ok()?;
            elements.get(index).filter(|_| index.to_string() == part)
        }
        _ => None,
    });
    Some(value.unwrap_or(&Value::Null))
}

/// Appends the text that JavaScript's `String(value ?? '')` returns.
fn write_text(value: &Value, text: &mut String) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        // A number has the text that `JSON.stringify` wrote, and `String` returns the same.
        Value::Number(number) => text.push_str(number.as_str()),
        Value::String(string) => text.push_str(string),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_text(element, text);
            }
        }
        Value::Object(_) => text.push_str("[object Object]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::logto::ConnectorErrorCode;
    use crate::phone::BareNumbers;
    use serde_json::json;
    use std::fmt;

    fn templates(entries: serde_json::Value) -> Vec<Template> {
        let config = json!({
            "accessKeyId": "id", "accessKeySecret": "key", "signName": "sign", "sdkAppId": 1,
            "templates": entries
        });
        Config::parse(&config.into()).unwrap().templates
    }

    /// Creates a message. `payload` is JSON.
    fn message(usage_type: &str, payload: impl fmt::Display) -> Message {
        let data =
            format!(r#"{{ "to": "8613800138000", "type": "{usage_type}", "payload": {payload} }}"#);
        Message::parse(&Value::parse(&data).unwrap(), BareNumbers::default()).unwrap()
    }

    fn filled(template_params: serde_json::Value, payload: impl fmt::Display) -> Vec<String> {
        let templates = templates(json!([
            { "usageType": "Generic", "templateCode": 1, "templateParams": template_params }
        ]));
        fill(&templates[0], &message("Generic", payload)).unwrap()
    }

    /// Returns the chosen `TemplateId`, or the path of the missing one.
    fn chosen(
        templates: &[Template],
        usage_type: &str,
        locale: &str,
        route: Route,
    ) -> Result<String, String> {
        match choose(
            templates,
            &message(usage_type, json!({ "locale": locale })),
            route,
        ) {
            Ok(choice) => Ok(choice.template_id.to_owned()),
            Err(Error::TemplateNotFound(path)) => Err(path.to_string()),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn the_usage_type_has_priority_over_the_language_and_generic_is_last() {
        let templates = templates(json!([
            { "usageType": "Generic", "templateCode": "generic" },
            { "usageType": "Generic", "templateCode": "generic-de", "locale": "de" },
            { "usageType": "SignIn", "templateCode": "sign-in-zh", "locale": "zh-CN" },
            { "usageType": "SignIn", "templateCode": "sign-in" },
            { "usageType": "SignIn", "templateCode": "second-sign-in" },
            { "usageType": "Register", "templateCode": "register-en", "locale": "en" },
            { "usageType": "BindMfa", "templateCode": "<template-code>" }
        ]));
        for (usage_type, locale, expected) in [
            ("SignIn", "zh-CN", "sign-in-zh"),
            ("SignIn", "zh", "sign-in-zh"),
            ("SignIn", "zh-TW", "sign-in"),
            ("SignIn", "de", "sign-in"),
            ("SignIn", "", "sign-in"),
            ("Register", "en-GB", "register-en"),
            ("Register", "de-AT", "generic-de"),
            ("Register", "fr", "generic"),
            ("BindMfa", "fr", "generic"),
            ("MfaVerification", "de", "generic-de"),
            ("signin", "zh-CN", "generic"),
        ] {
            for route in [Route::Mainland, Route::Overseas] {
                let code = chosen(&templates, usage_type, locale, route);
                assert_eq!(code.as_deref(), Ok(expected), "{usage_type} in {locale}");
            }
        }
    }

    #[test]
    fn a_side_without_a_code_falls_back_to_generic_or_names_the_missing_code() {
        let templates = templates(json!([
            { "usageType": "SignIn", "templateCode": { "china": "c", "overseas": "o" } },
            { "usageType": "Register", "templateCode": { "overseas": "r" } },
            { "usageType": "BindMfa", "templateCode": { "china": "<china>" } },
            { "usageType": "Generic", "templateCode": { "china": 9 } }
        ]));
        for (usage_type, route, expected) in [
            ("SignIn", Route::Mainland, Ok("c")),
            ("SignIn", Route::Overseas, Ok("o")),
            ("Register", Route::Mainland, Ok("9")),
            ("Register", Route::Overseas, Ok("r")),
            ("BindMfa", Route::Mainland, Ok("9")),
            (
                "BindMfa",
                Route::Overseas,
                Err("templates[2].templateCode.overseas"),
            ),
            (
                "ForgotPassword",
                Route::Overseas,
                Err("templates[3].templateCode.overseas"),
            ),
        ] {
            let code = chosen(&templates, usage_type, "", route);
            let code = code.as_deref().map_err(String::as_str);
            assert_eq!(code, expected, "{usage_type} {route:?}");
        }
    }

    #[test]
    fn generic_in_another_language_is_used_if_no_language_fits() {
        let templates = templates(json!([
            { "usageType": "Generic", "templateCode": "zh", "locale": "zh" },
            { "usageType": "Generic", "templateCode": "en", "locale": "en" }
        ]));
        let code = chosen(&templates, "SignIn", "fr", Route::Mainland);
        assert_eq!(code.as_deref(), Ok("zh"));
    }

    #[test]
    fn only_the_code_or_the_link_is_sent_by_default() {
        let payload = json!({
            "locale": "zh-CN", "code": "116410", "uiLocales": "zh-CN en",
            "application": { "name": "Shop" }
        });
        assert_eq!(filled(json!(null), payload), ["116410"]);
        assert_eq!(
            filled(json!(null), json!({ "link": "https://a.example" })),
            ["https://a.example"]
        );
        let both = json!({ "link": "https://a.example", "code": "1" });
        assert_eq!(filled(json!(null), both), ["1"]);
        for nothing in [json!(null), json!("")] {
            let link = json!({ "link": "https://a.example", "code": nothing });
            assert_eq!(filled(json!(null), link), ["https://a.example"]);
        }
    }

    #[test]
    fn a_payload_with_neither_code_nor_link_is_refused() {
        let templates = templates(json!([{ "usageType": "Generic", "templateCode": 1 }]));
        for payload in [json!({ "locale": "en" }), json!({ "code": null })] {
            let error = fill(&templates[0], &message("Generic", payload));
            let code = error.unwrap_err().code();
            assert_eq!(code, ConnectorErrorCode::InsufficientRequestParameters);
        }
    }

    #[test]
    fn handlebars_are_replaced_like_in_the_kit() {
        // The numbers are written like `JSON.stringify` writes them.
        let payload = r#"{
            "code": "116410", "user": { "name": "李雷", "age": 7, "tags": ["a", null, ["b"]] },
            "nothing": null, "yes": true, "small": 1e-7, "large": -1.5e+21, "half": 0.5
        }"#;
        for (param, expected) in [
            ("{{code}}", "116410"),
            ("{{ code }} / {{code}}", "116410 / 116410"),
            ("{{user.name}}", "李雷"),
            ("{{user.age}}{{yes}}", "7true"),
            ("{{user.tags}} {{user.tags.0}} {{user.tags.00}}", "a,,b a "),
            ("{{user.missing}}|{{user.name.first}}|{{nothing}}", "||"),
            (
                "{{unknown}} {{unknown.name}}",
                "{{unknown}} {{unknown.name}}",
            ),
            ("{{user}}", "[object Object]"),
            ("{{{code}}}", "{116410}"),
            ("{{code", "{{code"),
            ("{{co de}} {{}} {{code}}", "{{co de}} {{}} 116410"),
            ("{{code.}} {{.code}} {{user..name}}", " {{.code}} "),
            (
                "{{\u{feff}code\u{3000}}} {{\u{85}code}}",
                "116410 {{\u{85}code}}",
            ),
            ("{{small}} {{large}} {{half}}", "1e-7 -1.5e+21 0.5"),
            ("10", "10"),
        ] {
            assert_eq!(filled(json!([param]), payload), [expected]);
        }
        let nested = filled(json!(["{{a}}"]), r#"{ "a": [[], [1, [null, "b"]], {}] }"#);
        assert_eq!(nested, [",1,,b,[object Object]"]);
        let in_order = filled(json!(["{{user.age}}", "{{code}}", 5]), payload);
        assert_eq!(in_order, ["7", "116410", "5"]);
    }

    #[test]
    fn templates_that_exceed_the_limits_are_rejected() {
        let half = "a".repeat(LIMITS.bytes / 2);
        let payload = message(
            "Generic",
            json!({ "code": half, "array": [half, half], "a": 1 }),
        );
        for (params, is_good) in [
            (json!(["{{code}}{{code}}"]), true),
            (json!(["{{code}}", "{{code}}"]), true),
            (json!(["{{code}}{{code}}1"]), false),
            (json!(["{{code}}", "1", "{{code}}"]), false),
            (json!(["{{code}}", format!("1{half}")]), false),
            (json!(["{{array}}"]), false),
            (json!(["{{a}}".repeat(100)]), true),
            (json!(["{{a}}".repeat(101)]), false),
            (json!(["{{unknown}}".repeat(101)]), false),
            (json!(vec!["{{a}}"; 100]), true),
            (json!(vec!["{{a}}"; 101]), false),
            (json!(["{{a b}}{{}}{a}".repeat(1000)]), true),
        ] {
            let templates = templates(json!([
                { "usageType": "Generic", "templateCode": 1, "templateParams": params }
            ]));
            let filled = fill(&templates[0], &payload);
            assert_eq!(filled.is_ok(), is_good);
            if let Err(error) = filled {
                assert_eq!(error.code(), ConnectorErrorCode::InvalidConfig);
                assert_eq!(error.issues()[0].path, templates[0].path_of_params());
            }
        }
    }
}
