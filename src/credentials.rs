//! The API key of an account: written in the config, referenced by the config, or temporary.
//!
//! A key that is written in the config is at hand. For any other key, [`Source::key`] says what the shim must
//! read or request first, as a task of its own would: it is a function from the events of the task to the key
//! or the next step. So the time for the key counts against the deadline of the task.
//!
//! Source: the credential providers of Tencent's Node SDK (`credential.js` and `cvm_role_credential.js` of
//! `tencentcloud-sdk-nodejs-common`).

mod keys;
mod metadata;
mod reference;
mod referenced_key;
mod temporary;

use std::convert::Infallible;
use std::rc::Rc;

use crate::step::{Event, Step, TraceId};
use crate::tc3::Credentials;
use crate::tencent::Parameter;
use crate::text::Text;

pub use keys::TemporaryKeys;
pub use reference::{Reference, has_the_form_of_a_secret_id};
pub use referenced_key::{Part, ReferencedKey};
pub use temporary::Temporary;

/// The source of an API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The key is written in the config.
    Config(Rc<Credentials>),
    /// At least one part of the key is a reference.
    References(ReferencedKey),
    /// The key is temporary, and Tencent Cloud gives it.
    Temporary(Temporary),
}

/// The key, or the way to it.
#[derive(Debug)]
pub enum Progress {
    /// The key.
    Key(Rc<Credentials>),
    /// The step that must be done first.
    Next(Step<Infallible>),
}

/// The reason why there is no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A reference cannot be used.
    Reference {
        /// The part of the key that the reference stands for.
        part: Parameter,
        /// The end of a sentence that begins with the place of the reference in the config.
        problem: Text,
    },
    /// No temporary key was given.
    Temporary {
        /// The cause.
        cause: Text,
        /// The cause for Logto's audit log, such as `ECONNREFUSED`.
        reason: String,
    },
}

/// The circumstances of a task that needs a key.
pub struct Circumstances<'a> {
    /// This machine's clock, in UNIX milliseconds.
    pub now: f64,
    /// The remaining time of the task, in milliseconds.
    pub remaining_ms: f64,
    /// The temporary keys of the process.
    pub keys: &'a TemporaryKeys,
    /// A source of ids for requests.
    pub trace_id: &'a dyn Fn() -> TraceId,
}

impl Source {
    /// Returns the key, or the next step towards it. `events` is everything that happened in the task since
    /// it last used the key.
    pub fn key(
        &self,
        events: &[Event],
        circumstances: Circumstances<'_>,
    ) -> Result<Progress, Error> {
        match self {
            Self::Config(credentials) => Ok(Progress::Key(Rc::clone(credentials))),
            Self::References(referenced) => referenced.key(events),
            Self::Temporary(temporary) => temporary.key(events, circumstances),
        }
    }

    /// Returns the references, or the source of temporary keys, for the operator. Returns an empty text for a key
    /// that is written in the config.
    pub fn shown(&self) -> String {
        match self {
            Self::Config(_) => String::new(),
            Self::References(referenced) => referenced.shown(),
            Self::Temporary(temporary) => temporary.name(),
        }
    }

    /// Returns a text that tells sources apart. It contains no secret, but it may contain a SecretId.
    pub fn identity(&self) -> String {
        match self {
            Self::Config(credentials) => credentials.secret_id.to_string(),
            Self::References(referenced) => referenced.identity(),
            Self::Temporary(temporary) => temporary.name(),
        }
    }
}

/// Returns true for an event of a step towards a key.
pub fn is_of_key(event: &Event) -> bool {
    match event {
        Event::Read { .. } => true,
        Event::Answered { action, .. } | Event::Failed { action, .. } => {
            Temporary::parse(action).is_some()
        }
        Event::Started { .. }
        | Event::Stored { .. }
        | Event::StoreExamined(_)
        | Event::Waited { .. } => false,
    }
}
