//! JSON from outside: what the host hands over, and what Tencent answers.
//!
//! Lexed by hifijson, which keeps numbers as the text that they are. serde_json does that too, by its
//! `arbitrary_precision`, but its reader holds all of Rust's reading and writing of floats: 60 KB of
//! wasm. What goes out is written by serde_json.

use std::fmt;

use hifijson::token::{Expect, Lex as _};
use hifijson::{Error, SliceLexer};
use hifijson::{num::LexWrite as _, str::LexAlloc as _};

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// `[…]`
    Array(Vec<Self>),
    /// `{…}`
    Object(Map),
}

/// A number, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

/// The fields of an object, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map(Vec<(String, Value)>);

/// What is nested deeper is refused, as serde_json refuses it: reading is recursive.
const DEEPEST: usize = 128;

impl Value {
    /// Reads a text that is one JSON value; `None` where it is not.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_or_locate(text).ok()
    }

    /// The same, for a text that a person wrote: where it is not JSON, after how many bytes.
    pub fn parse_or_locate(text: &str) -> Result<Self, usize> {
        let mut lexer = SliceLexer::new(text.as_bytes());
        let value = lexer.exactly_one(SliceLexer::ws_peek, |next, lexer| {
            read(next, lexer, DEEPEST)
        });
        value.map_err(|_| text.len().saturating_sub(lexer.as_slice().len()))
    }

    /// The field at `key`, where this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The field at `key` alone, where this is an object that has it; none where it is written more
    /// than once: an answer that says two things says nothing.
    pub fn into_field(self, key: &str) -> Option<Self> {
        let Self::Object(Map(fields)) = self else {
            return None;
        };
        let mut fields = fields.into_iter().filter(|(name, _)| name == key);
        let (_, value) = fields.next()?;
        fields.next().is_none().then_some(value)
    }

    /// The flag, where it is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The number, where it is a whole one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, where it is an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The fields, where it is an object.
    pub const fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

impl Number {
    /// The number, where it is a whole one that fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Map {
    /// The field at `key`; the last, where it is written more than once.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let mut fields = self.0.iter().rev();
        fields.find_map(|(name, value)| (name == key).then_some(value))
    }

    /// Sets the field at `key`.
    pub fn insert(&mut self, key: &str, value: Value) {
        self.0.push((key.to_owned(), value));
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }
}

/// The value that begins with `next`, which the lexer stands at.
fn read(next: u8, lexer: &mut SliceLexer<'_>, depth: usize) -> Result<Value, Error> {
    let depth = depth.checked_sub(1).ok_or(Error::Depth)?;
    Ok(match next {
        b'"' => Value::String(lexer.discarded().str_string()?.into_owned()),
        b'-' | b'0'..=b'9' => {
            let (number, _) = lexer.num_bytes().validated()?;
            // The lexer's own conversion unwraps what cannot fail, for 3 KB of wasm.
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
                    let key = lexer.str_string()?.into_owned();
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

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

/// For tests: what `json!` writes, as if JavaScript had written it.
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
    fn what_serde_json_writes_is_read_as_the_same() {
        let text = r#"{"a":[null,true,false,-1.50e+3,"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀"],"":{}, "b" : [ ] }"#;
        let value = Value::parse(text).unwrap();
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        assert!(is_same(&value, &expected), "{value:?}");
        // A number is the text that it is.
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
    fn what_is_no_json_is_refused() {
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
            "\"\\ud800\"",
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

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let nested = |depth| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert!(Value::parse(&nested(DEEPEST)).is_some());
        assert_eq!(Value::parse(&nested(DEEPEST + 1)), None);
        assert_eq!(Value::parse(&"[".repeat(1_000_000)), None);
    }

    #[test]
    fn of_equal_keys_the_last_is_read_and_none_is_taken() {
        let value = Value::parse(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(value.get("a").and_then(Value::as_u64), Some(2));
        assert_eq!(value.into_field("a"), None);
    }
}
