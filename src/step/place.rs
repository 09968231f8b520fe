//! Reading texts of the machine: environment variables and small files.

use serde::Serialize;

use crate::json::Value;

/// A place that holds a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// An environment variable, by its name.
    Env(String),
    /// A file, by its absolute path.
    File(String),
}

impl Place {
    /// Returns a reference to the place, such as `env:NAME` or `file:/path`.
    pub fn reference(&self) -> String {
        match self {
            Self::Env(name) => ["env:", name].concat(),
            Self::File(path) => ["file:", path].concat(),
        }
    }
}

/// The result of reading a place.
#[derive(Clone)]
pub struct Reading {
    /// The place.
    pub place: Place,
    /// The content, or the code of the failure: Node's code, such as `ENOENT`, or one of the shim's own
    /// codes: `not set`, `not a file`.
    pub content: Result<Content, String>,
}

/// The content of a place.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    /// The text. It is cut off after one byte more than the step allows.
    pub text: String,
    /// The path of the file after all links are resolved, or `None` for a variable.
    pub real_path: Option<String>,
}

impl Reading {
    pub(super) fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let env = text("env").map(Place::Env);
        let content = match text("failure") {
            Some(code) => Err(code),
            None => Ok(Content {
                text: text("text")?,
                real_path: text("realPath"),
            }),
        };
        Some(Self {
            place: env.or_else(|| text("file").map(Place::File))?,
            content,
        })
    }
}
