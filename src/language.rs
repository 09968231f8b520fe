//! Which of the languages on offer serves a reader best.
//!
//! From best to worst, and nothing else:
//!
//! 1. the very tag (`pt-BR` for `pt-BR`);
//! 2. the tag cut off from its end, as RFC 4647 looks it up (`de` for `de-AT`);
//! 3. another tag of the same language in the same script (`en-US` for `en-GB`);
//! 4. the bare language in another script (`zh` for `zh-TW`): whoever offers `zh` offers it to all;
//! 5. what has no tag.
//!
//! Chinese written without a script is traditional in Taiwan, Hong Kong and Macao and simplified
//! elsewhere, so `zh-HK` is served by `zh-TW` before `zh`, and never by `zh-CN`. No other language's
//! regions are told apart by script here.

/// A language tag in the form of BCP 47. Case does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageTag {
    /// In lower case.
    tag: String,
    /// The script that the tag names or, for Chinese, implies. Kept, because a long tag is compared with each
    /// language on offer.
    script: String,
}

/// How well an offer serves a reader, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Offered to everyone.
    AnyLanguage,
    /// The bare language, in another script.
    Language,
    /// The same language and script.
    Script,
    /// The reader's tag, cut off after this many bytes.
    Parent(usize),
    /// The reader's tag.
    Exact,
}

impl LanguageTag {
    /// Reads a tag, by its form alone: a language of two to eight letters, and any number of parts
    /// of one to eight letters and digits, between hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let language = parts.next()?;
        let is_tag = (2..=8).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        is_tag.then(|| {
            let tag = text.to_ascii_lowercase();
            let script = script_of(&tag).to_owned();
            Self { tag, script }
        })
    }

    /// The tag, in lower case.
    pub fn as_str(&self) -> &str {
        &self.tag
    }

    fn language(&self) -> &str {
        language_of(&self.tag)
    }

    /// How well this serves a reader of `wanted`; `None` where it does not.
    fn fit(&self, wanted: &Self) -> Option<Fit> {
        if self == wanted {
            return Some(Fit::Exact);
        }
        if self.language() != wanted.language() {
            return None;
        }
        if self.script != wanted.script {
            return (self.tag == self.language()).then_some(Fit::Language);
        }
        let rest = wanted.tag.strip_prefix(&self.tag);
        let is_parent = rest.is_some_and(|rest| rest.starts_with('-'));
        Some(if is_parent {
            Fit::Parent(self.tag.len())
        } else {
            Fit::Script
        })
    }
}

fn language_of(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn script_of(tag: &str) -> &str {
    let is_script =
        |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    // A one-letter part begins an extension, where four letters mean something else.
    let mut parts = tag.split('-').skip(1).take_while(|part| part.len() > 1);
    if let Some(script) = parts.clone().find(is_script) {
        return script;
    }
    if language_of(tag) != "zh" {
        return "";
    }
    if parts.any(|part| matches!(part, "tw" | "hk" | "mo")) {
        "hant"
    } else {
        "hans"
    }
}

/// How well an offer, in a language or in any, serves a reader, of a language or of any.
pub fn fit(offered: Option<&LanguageTag>, wanted: Option<&LanguageTag>) -> Option<Fit> {
    match (offered, wanted) {
        (None, _) => Some(Fit::AnyLanguage),
        (Some(_), None) => None,
        (Some(offered), Some(wanted)) => offered.fit(wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best of `offered` for `wanted`, as a template would be chosen; "" offers any language.
    fn best<'a>(wanted: &str, offered: &[&'a str]) -> Option<&'a str> {
        let wanted = LanguageTag::parse(wanted);
        offered
            .iter()
            .filter_map(|tag| {
                let offered = LanguageTag::parse(tag);
                fit(offered.as_ref(), wanted.as_ref()).map(|fit| (fit, *tag))
            })
            .max_by_key(|(fit, _)| *fit)
            .map(|(_, tag)| tag)
    }

    #[test]
    fn the_best_offer_wins() {
        for (wanted, offered, expected) in [
            ("pt-BR", &["", "pt", "pt-PT", "pt-BR"][..], Some("pt-BR")),
            ("pt-br", &["pt", "PT-BR"], Some("PT-BR")),
            ("de-AT", &["", "de-DE", "de"], Some("de")),
            ("de-AT", &["", "de-DE"], Some("de-DE")),
            ("zh-Hant-TW", &["zh", "zh-TW", "zh-Hant"], Some("zh-Hant")),
            ("fr", &["", "en", "de"], Some("")),
            ("fr", &["en", "de"], None),
            // No prefix by letters: "de" is not "den".
            ("den", &["de"], None),
            // In Serbian the script is not implied by anything here.
            ("sr-Latn", &["sr-Cyrl"], None),
            ("sr-Latn", &["sr-Cyrl", "sr"], Some("sr")),
        ] {
            assert_eq!(best(wanted, offered), expected, "{wanted} of {offered:?}");
        }
    }

    #[test]
    fn traditional_and_simplified_chinese_are_told_apart() {
        for (wanted, offered, expected) in [
            ("zh-HK", &["zh-CN", ""][..], Some("")),
            ("zh-TW", &["zh-CN"], None),
            ("zh-HK", &["zh-CN", "zh-TW"], Some("zh-TW")),
            ("zh-MO", &["zh", "zh-HK"], Some("zh-HK")),
            ("zh-TW", &["zh-CN", "zh"], Some("zh")),
            ("zh-TW", &["zh-Hans", "zh-Hant"], Some("zh-Hant")),
            ("zh", &["zh-TW", "zh-CN"], Some("zh-CN")),
            ("zh-SG", &["zh-TW", "zh-CN"], Some("zh-CN")),
            ("zh-Hant-CN", &["zh-CN", "zh-TW"], Some("zh-TW")),
            ("zh-CN", &["zh-TW", "zh-HK"], None),
        ] {
            assert_eq!(best(wanted, offered), expected, "{wanted} of {offered:?}");
        }
    }

    #[test]
    fn a_reader_without_a_language_gets_what_is_for_everyone() {
        assert_eq!(best("", &["en", "", "zh"]), Some(""));
        assert_eq!(best("no tag", &["en"]), None);
    }

    #[test]
    fn tags_are_told_by_their_form() {
        for tag in [
            "en",
            "zh-CN",
            "zh-Hant-TW",
            "sr-Latn-RS",
            "de-CH-1996",
            "en-u-ca-gregory",
        ] {
            assert!(LanguageTag::parse(tag).is_some(), "{tag}");
        }
        for text in [
            "",
            "e",
            "zh_CN",
            "zh-",
            "-CN",
            "zh--CN",
            "english lang",
            "1zh",
            "zh-中国",
        ] {
            assert_eq!(LanguageTag::parse(text), None, "{text}");
        }
    }

    #[test]
    fn letters_in_an_extension_are_no_script() {
        let tag = LanguageTag::parse("zh-TW-u-nu-hans").unwrap();
        assert_eq!(tag.script, "hant");
    }
}
