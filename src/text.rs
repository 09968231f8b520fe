//! The catalogue of texts for operators: `text/en.txt` has every sentence by its id.
//!
//! The core creates a [`Text`], which is an id with values, and the catalogue has the sentence of the
//! id. So a test can compare the id, and a translator needs only one file. `build.rs` makes a constant
//! of each id, so that an id without a sentence does not compile.
//!
//! English is part of the module. The shim passes another catalogue to [`use_translation`] if the operator
//! reads another language, so that every other process loads no text that nobody reads.

mod catalogue;
#[cfg(feature = "command-line")]
mod structured;

use std::cell::RefCell;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::language::{self, LanguageTag};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The id of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "command-line"), derive(Debug))]
pub struct Id(usize);

/// A text: an id and the values for the `{$name}` in its sentence. Displays as the sentence in the
/// operator's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    id: Id,
    values: Vec<(&'static str, Value)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// A name or a number, which is the same in every language.
    Plain(String),
    /// A part of a sentence, which is a text itself.
    Text(Text),
}

impl Id {
    /// Returns the id of the advice on an error code of Tencent. Only the table of error codes calls
    /// this.
    pub(crate) const fn of_advice(index: usize) -> Self {
        Self(index)
    }
}

impl Text {
    /// Creates a text without values.
    pub const fn new(id: Id) -> Self {
        Self {
            id,
            values: Vec::new(),
        }
    }

    // These methods are never inlined: each copy would add a hundred bytes of wasm, in fifty places.

    /// Adds a value that is the same in every language.
    #[inline(never)]
    pub fn with(mut self, name: &'static str, value: &dyn fmt::Display) -> Self {
        self.values.push((name, Value::Plain(value.to_string())));
        self
    }

    /// Adds a value that is a text itself.
    #[inline(never)]
    pub fn with_text(mut self, name: &'static str, text: Self) -> Self {
        self.values.push((name, Value::Text(text)));
        self
    }

    /// Returns the id.
    pub const fn id(&self) -> Id {
        self.id
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        TRANSLATION.with_borrow(|translation| {
            match catalogue::entries(translation).nth(self.id.0) {
                Some((_, sentence)) => self.write(&catalogue::with_marks(sentence), formatter),
                None => self.write(ENGLISH.get(self.id.0).unwrap_or(&""), formatter),
            }
        })
    }
}

impl Text {
    fn write(&self, sentence: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `catalogue::with_marks` writes `$name$` for `{$name}`, so every second part is a name.
        for (index, part) in sentence.split('$').enumerate() {
            if index % 2 == 0 {
                formatter.write_str(part)?;
                continue;
            }
            match self.values.iter().find(|(name, _)| *name == part) {
                Some((_, Value::Plain(value))) => formatter.write_str(value)?,
                Some((_, Value::Text(text))) => fmt::Display::fmt(text, formatter)?,
                None => {}
            }
        }
        Ok(())
    }
}

thread_local! {
    /// The catalogue of the operator's language, in the order of [`ENGLISH`]. Empty for English.
    static TRANSLATION: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Displays all texts in the language of this catalogue, or in English without one. The catalogue has the
/// ids of `text/en.txt` in the same order. Only the language of the operator's lines depends on this
/// setting, never an outcome.
pub fn use_translation(catalogue: Option<String>) {
    TRANSLATION.set(catalogue.unwrap_or_default());
}

/// The languages that have a catalogue, other than English.
const TRANSLATIONS: [&str; 1] = ["zh-CN"];

/// Returns the language of the catalogue for an operator, or `None` for English. `locale` is a language tag
/// or the name of a POSIX locale, such as `zh_CN.UTF-8`.
pub fn translation_for(locale: &str) -> Option<&'static str> {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    let wanted = LanguageTag::parse(&name.replace('_', "-"))?;
    TRANSLATIONS.into_iter().find(|language| {
        let offered = LanguageTag::parse(language);
        language::fit(offered.as_ref(), Some(&wanted)).is_some()
    })
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_replace_their_placeholders() {
        let text = Text::new(id::TEMPLATE_VALUES).with("count", &3);
        assert_eq!(text.to_string(), "3 values");
        let nested = Text::new(id::TEMPLATE_TAKES)
            .with_text("values", text)
            .with("gets", &1)
            .with_text(
                "template",
                Text::new(id::PLAIN).with("text", &"1110 for Generic"),
            );
        assert_eq!(
            nested.to_string(),
            "1110 for Generic: takes 3 values and gets 1"
        );
    }

    #[test]
    fn braces_of_handlebars_are_not_placeholders() {
        let text = Text::new(id::TEMPLATE_PARAMS_ONE);
        assert!(text.to_string().contains(r#"["{{code}}"]"#), "{text}");
    }

    #[test]
    fn a_translation_replaces_english_until_it_is_removed() {
        let text = Text::new(id::SEND_FAILED)
            .with("cause", &"{$outcome}")
            .with_text("outcome", Text::new(id::SEND_NOTHING_SENT));
        let english = text.to_string();
        use_translation(Some(include_str!("text/zh-CN.txt").to_owned()));
        assert_eq!(text.to_string(), "{$outcome}；短信未发出");
        use_translation(None);
        assert_eq!(text.to_string(), english);
        // A catalogue of another version may lack sentences.
        use_translation(Some("# nothing\nplain = {$text}!\n".to_owned()));
        assert_eq!(text.to_string(), english);
        assert_eq!(Text::new(id::PLAIN).with("text", &1).to_string(), "1!");
        use_translation(None);
    }

    #[test]
    fn the_language_of_an_operator_is_found_by_tag_or_locale() {
        for (locale, expected) in [
            ("zh", Some("zh-CN")),
            ("zh-CN", Some("zh-CN")),
            ("zh_CN.UTF-8", Some("zh-CN")),
            ("zh_SG@pinyin", Some("zh-CN")),
            ("zh-Hans-HK", Some("zh-CN")),
            ("ZH_cn", Some("zh-CN")),
            ("zh_TW.UTF-8", None),
            ("zh-Hant", None),
            ("en_US.UTF-8", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
            ("中文", None),
        ] {
            assert_eq!(translation_for(locale), expected, "{locale}");
        }
    }

    #[test]
    fn every_text_has_a_unique_id_and_a_sentence() {
        for (index, (name, sentence)) in NAMES.iter().zip(ENGLISH).enumerate() {
            assert!(!sentence.trim().is_empty(), "{name}");
            assert!(!NAMES[..index].contains(name), "{name} stands twice");
        }
        assert!(ENGLISH.len() > NAMES.len() + 100);
    }
}
