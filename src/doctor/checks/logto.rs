//! The checks of Logto's side: its SMS connector, its sign-in page, and the lifetime of its codes.

use crate::config::{GENERIC, Template as Configured};
use crate::doctor::examine::Examination;
use crate::doctor::report::{Check, Finding, redact_long};
use crate::json::{Map, Value};
use crate::language::{LanguageTag, fit};
use crate::logto::management_api::{Access, Halt, ManagementApi, to_step};
use crate::quoted::quoted;
use crate::step::{Event, Step};
use crate::tencent::actions::Template;
use crate::text::{Text, id};

/// The ID of this connector.
const CONNECTOR_ID: &str = "tencent-cloud-sms";

/// The lifetime of a code in seconds, in a Logto whose policy does not set one.
const DEFAULT_LIFETIME: u64 = 600;

/// The words that follow a number of minutes in a template's text.
const MINUTES: [&str; 4] = ["分钟", "分鐘", "minute", "min"];

/// Returns the next step of reading what the doctor checks in a running Logto. The outcome is JSON for
/// [`LogtoState::read`] and [`read_input`](crate::doctor::read_input), or an error if Logto cannot be asked.
pub fn read_logto(access: &Access, events: &[Event]) -> Step<Result<String, Text>> {
    let mut logto = ManagementApi::new(access, events);
    to_step(read(&mut logto).map(|state| state.to_string()))
}

fn read(logto: &mut ManagementApi<'_>) -> Result<Value, Halt> {
    let mut state = Map::default();
    let connectors = logto.get("connectors")?;
    let connectors = connectors.as_array().unwrap_or_default().iter();
    let sms = connectors.filter(|each| text_at(each, "type") == Some("Sms"));
    state.insert("connectors", Value::Array(sms.cloned().collect()));
    state.insert("signInExperience", logto.get("sign-in-exp")?);
    state.insert("customPhrases", logto.get("custom-phrases")?);
    Ok(Value::Object(state))
}

/// The settings of a Logto that matter to its SMS connector.
pub struct LogtoState {
    connector_id: Option<String>,
    sign_in_experience: Value,
    /// The languages that the operator added to the sign-in page.
    custom_languages: Vec<String>,
}

impl LogtoState {
    /// Reads the outcome of [`read_logto`]. Returns `None` for any other content.
    pub fn read(content: &[u8]) -> Option<Self> {
        let state = Value::parse(str::from_utf8(content).ok()?)?;
        let sms = state.get("connectors")?.as_array()?.first();
        let phrases = state.get("customPhrases")?.as_array()?.iter();
        Some(Self {
            connector_id: sms.and_then(|sms| text_at(sms, "connectorId").map(str::to_owned)),
            custom_languages: phrases
                .filter_map(|phrase| text_at(phrase, "languageTag").map(str::to_owned))
                .collect(),
            sign_in_experience: state.get("signInExperience")?.clone(),
        })
    }

    /// Returns the findings that need no config.
    pub fn examine(&self) -> Vec<Finding> {
        vec![self.check_connector(), self.check_sign_in()]
    }

    fn check_connector(&self) -> Finding {
        match &self.connector_id {
            Some(id) if id == CONNECTOR_ID => Check::Logto.ok(Text::new(id::HOST_CONNECTOR)),
            Some(id) => Check::Logto
                .wrong(Text::new(id::HOST_OTHER_CONNECTOR).with("id", &quoted(id)))
                .advise(Text::new(id::HOST_CONNECTOR_DO)),
            None => Check::Logto
                .wrong(Text::new(id::HOST_NO_CONNECTOR))
                .advise(Text::new(id::HOST_CONNECTOR_DO)),
        }
    }

    fn check_sign_in(&self) -> Finding {
        let at = |path: &[&str]| self.at(path).and_then(Value::as_array).unwrap_or_default();
        let is = |value: &Value, key: &str, text: &str| text_at(value, key) == Some(text);
        let signs_in = at(&["signIn", "methods"]).iter().any(|method| {
            is(method, "identifier", "phone")
                && method.get("verificationCode") == Some(&Value::Bool(true))
        });
        if signs_in {
            return Check::Logto.ok(Text::new(id::HOST_SIGN_IN));
        }
        let has = |path, text| at(path).iter().any(|value| value.as_str() == Some(text));
        let is_used = has(&["signUp", "identifiers"], "phone")
            || at(&["signUp", "secondaryIdentifiers"])
                .iter()
                .any(|identifier| is(identifier, "identifier", "phone"))
            || has(&["forgotPasswordMethods"], "PhoneVerificationCode")
            || has(&["mfa", "factors"], "PhoneVerificationCode");
        match is_used {
            true => Check::Logto.ok(Text::new(id::HOST_OTHER_CODES)),
            false => Check::Logto
                .warning(Text::new(id::HOST_NO_CODES))
                .advise(Text::new(id::HOST_NO_CODES_DO)),
        }
    }

    fn at(&self, path: &[&str]) -> Option<&Value> {
        let mut path = path.iter();
        path.try_fold(&self.sign_in_experience, |value, key| value.get(key))
    }

    /// Returns the languages of the sign-in page that the operator chose. Without detection of the reader's
    /// language, the page has one language.
    fn languages(&self) -> Vec<&str> {
        let fallback = self.at(&["languageInfo", "fallbackLanguage"]);
        let is_fixed = self.at(&["languageInfo", "autoDetect"]) == Some(&Value::Bool(false));
        let mut languages: Vec<_> = fallback.and_then(Value::as_str).into_iter().collect();
        for language in self.custom_languages.iter().filter(|_| !is_fixed) {
            if !languages.contains(&&**language) {
                languages.push(language);
            }
        }
        languages
    }

    /// Returns the lifetime of a code in seconds.
    fn lifetime(&self) -> u64 {
        let policy = self.at(&["verificationCodePolicy", "expirationDuration"]);
        policy.and_then(Value::as_u64).unwrap_or(DEFAULT_LIFETIME)
    }
}

impl Examination<'_> {
    /// Checks that each language of the sign-in page has a template, if the templates have languages.
    pub(in crate::doctor) fn check_languages(&mut self) {
        let Some(logto) = self.logto else {
            return;
        };
        let templates = &self.config.templates;
        let generic = || templates.iter().filter(|entry| entry.usage_type == GENERIC);
        if !templates.iter().any(|entry| entry.locale.is_some()) {
            return;
        }
        let has_default = generic().any(|entry| entry.locale.is_none());
        let languages = logto.languages();
        // The entry without a locale is usually in the page's first language.
        let languages = languages.into_iter().skip(usize::from(has_default));
        let missing: Vec<_> = languages
            .filter(|language| {
                let language = LanguageTag::parse(language);
                let mut own = generic().filter(|entry| entry.locale.is_some());
                !own.any(|entry| fit(entry.locale.as_ref(), language.as_ref()).is_some())
            })
            .map(quoted)
            .collect();
        if !missing.is_empty() {
            let what = Text::new(id::HOST_LANGUAGES).with("languages", &missing.join(", "));
            let advice = Text::new(id::HOST_LANGUAGES_DO);
            self.add(Check::Logto.warning(what).advise(advice));
        }
    }

    /// Checks that a code lives as long as the text of its template promises.
    pub(in crate::doctor) fn check_lifetime(
        &self,
        entry: &Configured,
        code: &str,
        template: Template<'_>,
    ) -> Option<Finding> {
        let lifetime = self.logto?.lifetime();
        let params = entry.template_params.as_deref().unwrap_or_default();
        let minutes = promised_minutes(template.content(), params)?;
        (minutes.saturating_mul(60) > lifetime).then(|| {
            let what = Text::new(id::HOST_LIFETIME)
                .with_text("code", redact_long(code))
                .with("minutes", &minutes)
                .with("seconds", &lifetime);
            Check::Logto
                .warning(what)
                .at(entry.path_of_params())
                .advise(Text::new(id::HOST_LIFETIME_DO))
        })
    }
}

/// Returns the largest number of minutes in a message's text, such as 10 in "10分钟内有效", or in
/// "{2} minutes" with "10" as the second value.
fn promised_minutes(content: &str, params: &[String]) -> Option<u64> {
    let starts = MINUTES
        .iter()
        .flat_map(|word| content.match_indices(word).map(|(start, _)| start));
    starts
        .filter_map(|start| {
            let before = content.get(..start)?.trim_end();
            if let Some(placeholder) = before.strip_suffix('}') {
                let (_, number) = placeholder.rsplit_once('{')?;
                let index = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
                return params.get(index)?.trim().parse().ok();
            }
            let number = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
            before.get(number.len()..)?.parse().ok()
        })
        .max()
}

fn text_at<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promised_minutes_are_read_from_the_text_and_its_values() {
        let params = ["{{code}}".to_owned(), "10".to_owned()];
        for (content, expected) in [
            ("您的验证码为{1}，请在5分钟内使用", Some(5)),
            ("您的验证码为{1}，{2}分钟内有效", Some(10)),
            ("Your code is {1}, valid for {2} minutes.", Some(10)),
            ("Your code is {1}. It expires in 3 min.", Some(3)),
            ("{1} 是您的驗證碼，有效期 15 分鐘，3 分鐘後可重發", Some(15)),
            ("您的验证码为{1}分钟", None),
            ("您的验证码为{3}分钟", None),
            ("您的验证码为{1}，请勿泄露。", None),
            ("分钟", None),
            ("99999999999999999999999分钟", None),
        ] {
            assert_eq!(promised_minutes(content, &params), expected, "{content}");
        }
    }
}
