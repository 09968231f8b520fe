//! The choice of the best offered language for a reader.
//!
//! These offers serve a reader, from best to worst:
//!
//! 1. the same tag (`pt-BR` for `pt-BR`);
//! 2. the reader's tag without its last parts, as in the lookup of RFC 4647 (`de` for `de-AT`);
//! 3. another tag of the same language in the same script (`en-US` for `en-GB`);
//! 4. the language without further parts in another script (`zh` for `zh-TW`), because `zh` is offered to
//!    every reader of Chinese;
//! 5. an offer without a tag.
//!
//! Chinese without a script is traditional in Taiwan, Hong Kong and Macao, and simplified elsewhere. So
//! `zh-TW` serves `zh-HK` better than `zh` does, and `zh-CN` never serves it. This module does not derive
//! the script from the region for any other language.

/// A language tag in the form of BCP 47, without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageTag {
    /// The tag in lower case.
    tag: String,
    /// The script that the tag names or, for Chinese, implies. It is cached, because a long tag is
    /// compared with each offered language.
    script: String,
}

/// The quality of an offer for a reader, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// An offer for every reader.
    AnyLanguage,
    /// The language without further parts, in another script.
    Language,
    /// The same language and script.
    Script,
    /// The beginning of the reader's tag, with this length in bytes.
    Parent(usize),
    /// The same tag.
    Exact,
}

impl LanguageTag {
    /// Parses a tag by its form: a language of two to eight letters, and any number of parts of one to
    /// eight letters and digits, separated by hyphens.
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

    /// Returns the tag in lower case.
    pub fn as_str(&self) -> &str {
        &self.tag
    }

    fn language(&self) -> &str {
        language_of(&self.tag)
    }

    /// Returns the quality of this offer for a reader of `wanted`, or `None` if it does not serve the
    /// reader.
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
    // A part of one letter begins an extension, in which four letters are not a script.
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

/// Returns the quality of an offer for a reader, or `None` if the offer does not serve the reader. An
/// offer without a tag serves every reader. A reader without a tag is served only by such offers.
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

    /// Returns the best of `offered` for `wanted`. "" is an offer without a tag.
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
    fn the_best_offer_is_chosen() {
        for (wanted, offered, expected) in [
            ("pt-BR", &["", "pt", "pt-PT", "pt-BR"][..], Some("pt-BR")),
            ("pt-br", &["pt", "PT-BR"], Some("PT-BR")),
            ("de-AT", &["", "de-DE", "de"], Some("de")),
            ("de-AT", &["", "de-DE"], Some("de-DE")),
            ("zh-Hant-TW", &["zh", "zh-TW", "zh-Hant"], Some("zh-Hant")),
            ("fr", &["", "en", "de"], Some("")),
            ("fr", &["en", "de"], None),
            // Only whole parts count: "de" is not the beginning of "den".
            ("den", &["de"], None),
            // The script of Serbian is not derived from anything.
            ("sr-Latn", &["sr-Cyrl"], None),
            ("sr-Latn", &["sr-Cyrl", "sr"], Some("sr")),
        ] {
            assert_eq!(best(wanted, offered), expected, "{wanted} of {offered:?}");
        }
    }

    #[test]
    fn traditional_and_simplified_chinese_are_distinguished() {
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
    fn a_reader_without_a_language_gets_the_offer_for_every_reader() {
        assert_eq!(best("", &["en", "", "zh"]), Some(""));
        assert_eq!(best("no tag", &["en"]), None);
    }

    #[test]
    fn tags_are_recognised_by_their_form() {
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
    fn letters_in_an_extension_are_not_a_script() {
        let tag = LanguageTag::parse("zh-TW-u-nu-hans").unwrap();
        assert_eq!(tag.script, "hant");
    }
}
