//! The values whose form proves them wrong, or probably wrong.

use super::names::near_miss;
use super::{Objection, Severity};
use crate::config::CODE_SEPARATORS;
use crate::config::template::{USAGE_TYPES, is_placeholder};
use crate::invisible::{is_invisible, trimmed};
use crate::json::Value;
use crate::language::LanguageTag;
use crate::text::{Id, Text, id};

/// The rule for keys without a rule.
pub(in crate::config) const fn any(_: &Value) -> Option<Objection> {
    None
}

/// A value in ASCII without white space.
pub(in crate::config) fn ascii(value: &Value) -> Option<Objection> {
    let text = trimmed(value.as_str()?);
    strange(text).or_else(|| {
        let is_strange = |byte: u8| !byte.is_ascii_graphic();
        text.bytes()
            .any(is_strange)
            .then(|| Objection::broken(Text::new(id::CONFIG_HEADER_TEXT)))
    })
}

/// Returns an objection to the first character that a person overlooks: an invisible one, or a full-width one,
/// as an input method for Chinese writes them. A space is neither.
fn strange(text: &str) -> Option<Objection> {
    let problem = text.chars().find_map(|letter| match letter {
        ' ' => None,
        '\n' | '\r' => Some(Text::new(id::CONFIG_LINE_BREAK)),
        '\u{ff01}'..='\u{ff5e}' => Some(Text::new(id::CONFIG_FULL_WIDTH)),
        _ if is_invisible(letter) => {
            let code_point = format!("U+{:04X}", u32::from(letter));
            Some(Text::new(id::CONFIG_INVISIBLE).with("character", &code_point))
        }
        _ => None,
    });
    problem.map(Objection::broken)
}

/// The SecretKey of an API key.
pub(in crate::config) fn secret_key(value: &Value) -> Option<Objection> {
    ascii(value).or_else(|| {
        let text = trimmed(value.as_str()?);
        // The AppKey of the older SMS API. Tencent does not document the form of a SecretKey, but a random
        // text of letters and digits is never hexadecimal.
        let is_app_key = text.len() == 32
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_app_key.then(|| Objection::doubtful(id::DOUBT_APP_KEY))
    })
}

/// The text of a signature.
pub(in crate::config) fn sign_name(value: &Value) -> Option<Objection> {
    let text = trimmed(value.as_str()?);
    let doubt = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        id::DOUBT_SIGNATURE_ID
    } else if text.contains(['[', ']']) || text.trim_matches(['【', '】']).contains(['【', '】'])
    {
        id::DOUBT_SIGNATURE_BRACKETS
    } else if text
        .chars()
        .any(|letter| letter != ' ' && is_invisible(letter))
    {
        id::DOUBT_SIGNATURE_INVISIBLE
    } else {
        return None;
    };
    Some(Objection::doubtful(doubt))
}

/// An SDKAppID, which is a number.
pub(in crate::config) fn sdk_app_id(value: &Value) -> Option<Objection> {
    number(value, id::CONFIG_SDK_APP_ID).or_else(|| {
        // An account's APPID has ten digits and begins with 125 to 139, as documents and reports show it.
        let number = match value {
            Value::String(text) => trimmed(text).parse().ok(),
            _ => value.as_u64(),
        };
        (1_250_000_000..1_400_000_000_u64)
            .contains(&number?)
            .then(|| Objection::doubtful(id::DOUBT_APP_ID))
    })
}

/// A template's ID, which is a number.
pub(in crate::config) fn template_code(value: &Value) -> Option<Objection> {
    let is_placeholder = value
        .as_str()
        .is_some_and(|text| is_placeholder(trimmed(text)));
    if is_placeholder {
        return None;
    }
    number(value, id::CONFIG_TEMPLATE_CODE)
}

fn number(value: &Value, problem: Id) -> Option<Objection> {
    let text = trimmed(value.as_str()?);
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    strange(text).or_else(|| (!is_number).then(|| Objection::broken(Text::new(problem))))
}

/// A region. `ap-guangzhou-3` is a zone of one.
pub(in crate::config) fn region(value: &Value) -> Option<Objection> {
    let text = trimmed(value.as_str()?);
    let region = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_zone = region.ends_with('-') && region != text;
    strange(text).or_else(|| is_zone.then(|| Objection::broken(Text::new(id::CONFIG_ZONE))))
}

/// Calling codes, in a text or in an array of texts. The parser says what is right about spaces.
pub(in crate::config) fn calling_codes(value: &Value) -> Option<Objection> {
    match value {
        Value::String(text) => text.split(CODE_SEPARATORS).map(trimmed).find_map(strange),
        _ => {
            let texts = value.as_array()?.iter().filter_map(Value::as_str);
            texts.map(trimmed).find_map(strange)
        }
    }
}

/// A usage type. An unknown one may be that of a later Logto.
pub(in crate::config) fn usage_type(value: &Value) -> Option<Objection> {
    let text = trimmed(value.as_str()?);
    if USAGE_TYPES.contains(&text) {
        return None;
    }
    if let Some(right) = near_miss(text, &USAGE_TYPES) {
        let problem = Text::new(id::CONFIG_USAGE_TYPE).with("right", &right);
        return Some(Objection::ineffective(problem));
    }
    Some(match ascii(value) {
        Some(Objection { problem, .. }) => Objection::ineffective(problem),
        None => Objection {
            severity: Severity::Doubtful,
            problem: Text::new(id::DOUBT_USAGE_TYPE).with("known", &USAGE_TYPES.join(", ")),
        },
    })
}

/// The names that people write in place of a language tag, in lower case, and the tag that they mean: names in
/// English, codes of countries, and abbreviations of three letters. None of them is a language in ISO 639-1.
const MISTAKEN_LANGUAGES: [(&str, &str); 16] = [
    ("chinese", "zh"),
    ("english", "en"),
    ("cn", "zh-CN"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("vn", "vi"),
    ("us", "en"),
    ("gb", "en"),
    ("ua", "uk"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gr", "el"),
    ("eng", "en"),
    ("chs", "zh-CN"),
    ("cht", "zh-TW"),
    ("zhcn", "zh-CN"),
];

/// A language tag.
pub(in crate::config) fn locale(value: &Value) -> Option<Objection> {
    let text = trimmed(value.as_str()?);
    strange(text).or_else(|| {
        let letters = text.chars();
        let letters = letters.map(|letter| if letter == '_' { '-' } else { letter });
        let tag: String = letters.collect();
        let language = tag.split('-').next().unwrap_or_default();
        let known = MISTAKEN_LANGUAGES
            .iter()
            .find(|(name, _)| language.eq_ignore_ascii_case(name));
        let right = match known {
            Some((_, right)) => right,
            // All languages that are in use have two or three letters.
            None if language.len() > 3 => {
                return Some(Objection::ineffective(Text::new(id::CONFIG_LOCALE)));
            }
            None if tag == text || tag.len() > 35 || LanguageTag::parse(&tag).is_none() => {
                return None;
            }
            None => &*tag,
        };
        let problem = Text::new(id::CONFIG_LOCALE_SPELLING).with("right", &right);
        Some(Objection::ineffective(problem))
    })
}
