//! A parser for JSON from outside: the values that the host passes, and Tencent's answers.
//!
//! The lexer is hifijson, which keeps numbers as text. serde_json can do that too, with its feature
//! `arbitrary_precision`, but its parser includes all of Rust's parsing and formatting of floats, which
//! is 60 KB of wasm. Outgoing JSON is written by serde_json.
//!
//! A lone surrogate, such as `\ud800` without its second half, is read as U+FFFD, as `TextDecoder` and
//! `String.prototype.toWellFormed` do. JSON allows it, JavaScript's texts may contain it, and a text that
//! nobody needs must not make a whole message or answer unreadable. In the texts of a config, U+FFFD is an
//! ordinary character: the keys that must be ASCII refuse it, and Tencent refuses it as a signature.

use std::collections::BTreeMap;
use std::fmt;

use hifijson::token::{Expect, Lex as _};
use hifijson::{Error, Read as _, SliceLexer};
use hifijson::{escape, escape::Lex as _, num::LexWrite as _, str::LexWrite as _};

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// The value `null`.
    #[default]
    Null,
    /// The value `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// An array: `[…]`.
    Array(Vec<Self>),
    /// An object: `{…}`.
    Object(Map),
}

/// A number in its original notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

/// The fields of an object in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map(Vec<(String, Value)>);

/// The maximum nesting depth, which is serde_json's limit. There must be one, because the parser is
/// recursive.
const MAX_DEPTH: usize = 128;

impl Value {
    /// Parses a text that is one JSON value. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_or_locate(text).ok()
    }

    /// Parses a text that a person wrote. The error is the byte offset of the syntax error.
    pub fn parse_or_locate(text: &str) -> Result<Self, usize> {
        let mut lexer = SliceLexer::new(text.as_bytes());
        let value = lexer.exactly_one(SliceLexer::ws_peek, |next, lexer| {
            read(next, lexer, MAX_DEPTH)
        });
        value.map_err(|_| text.len().saturating_sub(lexer.as_slice().len()))
    }

    /// Returns the field at `key`, or `None` if the value is not an object or lacks the field.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Returns the field at `key`, or `None` if the value is not an object or lacks the field. Also
    /// returns `None` for a field that occurs more than once, because its value is ambiguous.
    pub fn into_field(self, key: &str) -> Option<Self> {
        let Self::Object(Map(fields)) = self else {
            return None;
        };
        let mut fields = fields.into_iter().filter(|(name, _)| name == key);
        let (_, value) = fields.next()?;
        fields.next().is_none().then_some(value)
    }

    /// Returns the number, or `None` if it is not an integer that a `u64` can represent.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// Returns the text, or `None` if the value is not a text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the elements, or `None` if the value is not an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns the fields, or `None` if the value is not an object.
    pub const fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

/// Writes the value as JSON without white space, with the keys of objects in alphabetical order.
impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(flag) => fmt::Display::fmt(flag, formatter),
            Self::Number(number) => formatter.write_str(&number.0),
            Self::String(text) => write_text(text, formatter),
            Self::Array(elements) => {
                formatter.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    formatter.write_str(if index == 0 { "" } else { "," })?;
                    element.fmt(formatter)?;
                }
                formatter.write_str("]")
            }
            Self::Object(fields) => {
                formatter.write_str("{")?;
                for (index, (key, value)) in fields.by_key().into_iter().enumerate() {
                    formatter.write_str(if index == 0 { "" } else { "," })?;
                    write_text(key, formatter)?;
                    formatter.write_str(":")?;
                    value.fmt(formatter)?;
                }
                formatter.write_str("}")
            }
        }
    }
}

fn write_text(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    formatter.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

impl Number {
    /// Returns the number, or `None` if it is not an integer that a `u64` can represent.
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// Returns the number's original notation.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number without zeros at the end of its fraction, as JavaScript writes it. A number with
    /// an exponent stays as it is.
    pub fn without_trailing_zeros(&self) -> Self {
        let text = &*self.0;
        if !text.contains('.') || text.contains(['e', 'E']) {
            return self.clone();
        }
        Self(text.trim_end_matches('0').trim_end_matches('.').to_owned())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Map {
    /// Returns the field at `key`, or the last of several fields with this key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let mut fields = self.0.iter().rev();
        fields.find_map(|(name, value)| (name == key).then_some(value))
    }

    /// Sets the field at `key`, which replaces an earlier field with this key for `get`.
    pub fn insert(&mut self, key: &str, value: Value) {
        self.0.push((key.to_owned(), value));
    }

    /// Returns the fields in alphabetical order, each key once. Of several fields with one key, the last
    /// counts, as in JavaScript.
    pub fn by_key(&self) -> BTreeMap<&str, &Value> {
        self.0.iter().map(|(key, value)| (&**key, value)).collect()
    }

    /// Returns the keys.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Returns the values.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }
}

/// Reads the value that begins with the byte `next`, which is the lexer's current byte.
fn read(next: u8, lexer: &mut SliceLexer<'_>, depth: usize) -> Result<Value, Error> {
    let depth = depth.checked_sub(1).ok_or(Error::Depth)?;
    Ok(match next {
        b'"' => Value::String(read_text(lexer.discarded())?),
        b'-' | b'0'..=b'9' => {
            let (number, _) = lexer.num_bytes().validated()?;
            // The lexer's own conversion would add 3 KB of wasm for an unwrap that cannot fail.
            let number = str::from_utf8(number).map_err(hifijson::str::Error::Utf8)?;
            Value::Number(Number(number.to_owned()))
        }
        b'[' => {
            let mut elements = Vec::new();
            lexer
                .discarded()
                .seq(b']', SliceLexer::ws_peek, |next, lexer| {
                    elements.push(read(next, lexer, depth)?);
                    Ok::<_, Error>(())
                })?;
            Value::Array(elements)
        }
        b'{' => {
            let mut fields = Vec::new();
            lexer
                .discarded()
                .seq(b'}', SliceLexer::ws_peek, |next, lexer| {
                    lexer.expect(|_| Some(next), b'"').ok_or(Expect::String)?;
                    let key = read_text(lexer)?;
                    lexer
                        .expect(SliceLexer::ws_peek, b':')
                        .ok_or(Expect::Colon)?;
                    let next = lexer.ws_peek().ok_or(Expect::Value)?;
                    fields.push((key, read(next, lexer, depth)?));
                    Ok::<_, Error>(())
                })?;
            Value::Object(Map(fields))
        }
        _ => match lexer.null_or_bool().ok_or(Expect::Value)? {
            Some(flag) => Value::Bool(flag),
            None => Value::Null,
        },
    })
}

/// Reads the rest of a text after its opening quotation mark.
fn read_text(lexer: &mut SliceLexer<'_>) -> Result<String, Error> {
    let push_plain = |bytes: &mut &[u8], text: &mut String| {
        text.push_str(str::from_utf8(bytes).map_err(hifijson::str::Error::Utf8)?);
        Ok::<_, hifijson::str::Error>(())
    };
    Ok(lexer.str_fold(String::new(), push_plain, |lexer, text| {
        Ok(read_escape(lexer, text)?)
    })?)
}

/// Reads an escape after its backslash, and the escapes right after it that could be the second halves
/// of surrogate pairs. Each escape is read once, so a row of lone surrogates takes linear time.
fn read_escape(lexer: &mut SliceLexer<'_>, text: &mut String) -> Result<(), escape::Error> {
    let kind = lexer.take_next().ok_or(escape::Error::Eof)?;
    if kind != b'u' {
        text.push(lexer.escape(kind)?);
        return Ok(());
    }
    let mut unit: u16 = lexer.hex()?;
    while (0xD800..=0xDBFF).contains(&unit) && lexer.strip_prefix(b"\\u") {
        let next = lexer.hex()?;
        if let Some(Ok(letter)) = char::decode_utf16([unit, next]).next() {
            text.push(letter);
            return Ok(());
        }
        text.push(char::REPLACEMENT_CHARACTER);
        unit = next;
    }
    text.push(char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER));
    Ok(())
}

impl FromIterator<(String, Value)> for Map {
    fn from_iter<Fields: IntoIterator<Item = (String, Value)>>(fields: Fields) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

/// Converts a value of the macro `json!`, for tests.
#[cfg(test)]
impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        Self::parse(&json.to_string()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_parsed_like_in_serde_json() {
        let text = r#"{"a":[null,true,false,-1.50e+3,"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀"],"":{}, "b" : [ ] }"#;
        let value = Value::parse(text).unwrap();
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        assert!(is_same(&value, &expected), "{value:?}");
        // A number keeps its original notation.
        let number = value.get("a").and_then(|a| a.as_array()?.get(3));
        assert_eq!(number, Some(&Value::Number(Number("-1.50e+3".to_owned()))));
    }

    fn is_same(value: &Value, expected: &serde_json::Value) -> bool {
        use serde_json::Value as Expected;
        match (value, expected) {
            (Value::Null, Expected::Null) => true,
            (Value::Bool(flag), Expected::Bool(expected)) => flag == expected,
            (Value::Number(number), Expected::Number(expected)) => {
                number.as_str().parse::<f64>().ok() == expected.as_f64()
            }
            (Value::String(text), Expected::String(expected)) => text == expected,
            (Value::Array(elements), Expected::Array(expected)) => {
                elements.len() == expected.len()
                    && elements.iter().zip(expected).all(|(a, b)| is_same(a, b))
            }
            (Value::Object(fields), Expected::Object(expected)) => {
                fields.0.len() == expected.len()
                    && fields
                        .0
                        .iter()
                        .all(|(key, value)| is_same(value, &expected[key]))
            }
            _ => false,
        }
    }

    #[test]
    fn invalid_json_is_rejected() {
        for text in [
            "",
            " ",
            "nul",
            "nulll",
            "tru",
            "1 2",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "0x1",
            "NaN",
            "'a'",
            "\"a",
            "\"\\x\"",
            "\"\n\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\ud800\\u\"",
            "\"\\ud800\\ud8\"",
            "\"\\ud800\\x\"",
            "\"\\ud800",
            "\"\\",
            "[1,]",
            "[1 2]",
            "[",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\":1",
            "// 1",
            "\u{feff}1",
        ] {
            assert_eq!(Value::parse(text), None, "{text}");
            assert!(
                serde_json::from_str::<serde_json::Value>(text).is_err(),
                "{text}"
            );
        }
    }

    /// serde_json rejects the texts with lone surrogates, so the standard library is the model.
    #[test]
    fn lone_surrogates_are_read_as_replacement_characters() {
        let units = [0x41, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xD83D, 0xDE00, 0xE9];
        for count in 0..units.len().pow(4) {
            let row: Vec<u16> = (0..4)
                .map(|place| units[count / units.len().pow(place) % units.len()])
                .collect();
            let escapes: String = row.iter().map(|unit| format!("\\u{unit:04X}")).collect();
            let expected = String::from_utf16_lossy(&row);
            let json = format!("\"{escapes}\"");
            let value = Value::parse(&json);
            assert_eq!(
                value.as_ref().and_then(Value::as_str),
                Some(&*expected),
                "{json}"
            );
            // Without lone surrogates, serde_json reads the same.
            let is_whole = String::from_utf16(&row).is_ok();
            assert_eq!(
                serde_json::from_str(&json).ok(),
                is_whole.then_some(expected)
            );
        }
    }

    #[test]
    fn a_lone_surrogate_ends_at_any_other_character() {
        for (json, expected) in [
            (r#""\ud83d😀""#, "\u{fffd}😀"),
            (r#""\ud83dude00""#, "\u{fffd}ude00"),
            (r#""\ud83d\n\ude00""#, "\u{fffd}\n\u{fffd}"),
            (r#""\ud83d\\ude00""#, "\u{fffd}\\ude00"),
            (r#""a\ud800b""#, "a\u{fffd}b"),
        ] {
            assert_eq!(Value::parse(json), Some(expected.into()), "{json}");
        }
        let object = Value::parse(r#"{"\ud800":1,"code":"123456"}"#).unwrap();
        assert_eq!(object.get("code"), Some(&"123456".into()));
    }

    #[test]
    fn values_that_are_nested_too_deeply_are_rejected() {
        let nested = |depth| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert!(Value::parse(&nested(MAX_DEPTH)).is_some());
        assert_eq!(Value::parse(&nested(MAX_DEPTH + 1)), None);
        assert_eq!(Value::parse(&"[".repeat(1_000_000)), None);
    }

    #[test]
    fn trailing_zeros_of_a_fraction_are_removed() {
        for (text, expected) in [
            ("2.50", "2.5"),
            ("2.0", "2"),
            ("20", "20"),
            ("0.05", "0.05"),
            ("1.50e+10", "1.50e+10"),
        ] {
            assert_eq!(
                Number(text.to_owned()).without_trailing_zeros().as_str(),
                expected
            );
        }
    }

    #[test]
    fn a_written_value_is_read_the_same_by_serde_json() {
        let text = r#"{"b":[null,true,-1.50e+3,{}],"a":"\"\\\n\u0001\u2028é😀","":[]}"#;
        let written = Value::parse(text).unwrap().to_string();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&written).unwrap(),
            serde_json::from_str::<serde_json::Value>(text).unwrap()
        );
        let repeated = Value::parse(r#"{ "b" : 1, "a" : 2, "b" : 3 }"#).unwrap();
        assert_eq!(repeated.to_string(), r#"{"a":2,"b":3}"#);
    }

    #[test]
    fn get_returns_the_last_of_equal_keys_and_into_field_returns_none() {
        let value = Value::parse(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(value.get("a").and_then(Value::as_u64), Some(2));
        assert_eq!(value.into_field("a"), None);
    }
}
