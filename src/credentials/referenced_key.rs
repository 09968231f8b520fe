//! A key of which at least one part is a reference.
//!
//! The places are read for each use of the key, and nothing is cached, so that a rotated secret is used at once.

use std::fmt;
use std::rc::Rc;

use crate::step::{Event, Place, Reading, Step};
use crate::tc3::{Credentials, SecretId, SecretKey, SecurityToken};
use crate::tencent::Parameter;
use crate::text::{Id, Text, id};

use super::reference::has_the_form_of_a_secret_id;
use super::{Error, Progress, Reference, Source};

/// A part of a key, as the config has it.
#[derive(Clone, PartialEq, Eq)]
pub enum Part {
    /// The part itself.
    Text(String),
    /// A reference to it.
    Reference(Reference),
}

/// A key of which at least one part is a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferencedKey {
    secret_id: Part,
    secret_key: Part,
    token: Option<Part>,
}

/// The length of the shortest token. The tokens in Tencent's documents have 45 characters and more, and a
/// SecretKey has 32, or 44 if it is temporary.
const SHORTEST_TOKEN: usize = 45;

impl Source {
    /// Returns the source of a key with these parts.
    pub fn of_parts(secret_id: Part, secret_key: Part, token: Option<Part>) -> Self {
        match (secret_id, secret_key, token) {
            (Part::Text(secret_id), Part::Text(secret_key), None) => {
                Self::Config(credentials(secret_id, secret_key, None))
            }
            (Part::Text(secret_id), Part::Text(secret_key), Some(Part::Text(token))) => {
                Self::Config(credentials(secret_id, secret_key, Some(token)))
            }
            (secret_id, secret_key, token) => Self::References(ReferencedKey {
                secret_id,
                secret_key,
                token,
            }),
        }
    }
}

impl ReferencedKey {
    /// Returns the key, or the step that leads to it. `events` is everything that happened since the key was last
    /// used.
    pub fn key(&self, events: &[Event]) -> Result<Progress, Error> {
        let places = self.places();
        for event in events.iter().rev() {
            if let Some(readings) = event.readings_of(&places) {
                return self.read(readings).map(Progress::Key);
            }
        }
        Ok(Progress::Next(Step::Read {
            places,
            max_bytes: Reference::MAX_BYTES,
        }))
    }

    /// Returns the references.
    pub(super) fn shown(&self) -> String {
        let mut shown = String::new();
        for place in self.places() {
            if !shown.is_empty() {
                shown.push_str(", ");
            }
            shown.push_str(&place.reference());
        }
        shown
    }

    /// Returns a text that tells keys apart.
    pub(super) fn identity(&self) -> String {
        let secret_id = match &self.secret_id {
            Part::Text(secret_id) => secret_id,
            Part::Reference(_) => "",
        };
        [secret_id, " ", &self.shown()].concat()
    }

    fn parts(&self) -> [Option<(Parameter, &Part)>; 3] {
        [
            Some((Parameter::SecretId, &self.secret_id)),
            Some((Parameter::SecretKey, &self.secret_key)),
            self.token.as_ref().map(|part| (Parameter::Token, part)),
        ]
    }

    fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        for (_, part) in self.parts().into_iter().flatten() {
            if let Part::Reference(reference) = part {
                places.push(reference.place().clone());
            }
        }
        places
    }

    /// Makes the key of what was read. `readings` are those of all places, in order.
    fn read(&self, readings: &[Reading]) -> Result<Rc<Credentials>, Error> {
        let mut readings = readings.iter();
        let mut read = |part: Parameter, text: &Part| match text {
            Part::Text(text) => Ok(text.clone()),
            Part::Reference(reference) => match readings.next() {
                Some(reading) => read_part(part, reference, reading),
                None => Ok(String::new()),
            },
        };
        let secret_id = read(Parameter::SecretId, &self.secret_id)?;
        let secret_key = read(Parameter::SecretKey, &self.secret_key)?;
        let token = match &self.token {
            Some(token) => Some(read(Parameter::Token, token)?),
            None => None,
        };
        Ok(credentials(secret_id, secret_key, token))
    }
}

fn read_part(part: Parameter, reference: &Reference, reading: &Reading) -> Result<String, Error> {
    let problem = match reference.text(reading) {
        Ok(text) => match problem(part, &text) {
            None => return Ok(text),
            Some(id) => Text::new(id).with("place", &reference.place().reference()),
        },
        Err(problem) => problem,
    };
    Err(Error::Reference { part, problem })
}

/// Returns the problem with a text that a reference leads to. The SecretId and the token are sent in clear, so a
/// text that may be another secret is not used for them.
fn problem(part: Parameter, text: &str) -> Option<Id> {
    let is_secret_id = has_the_form_of_a_secret_id(text);
    match part {
        Parameter::SecretId if !is_secret_id => Some(id::REFERENCE_NO_SECRET_ID),
        Parameter::SecretKey if is_secret_id => Some(id::REFERENCE_SECRET_ID),
        Parameter::Token if text.len() < SHORTEST_TOKEN || is_secret_id => {
            Some(id::REFERENCE_NO_TOKEN)
        }
        _ => None,
    }
}

pub(super) fn credentials(
    secret_id: String,
    secret_key: String,
    token: Option<String>,
) -> Rc<Credentials> {
    Rc::new(Credentials {
        secret_id: SecretId::new(secret_id),
        secret_key: SecretKey::new(secret_key),
        token: token.map(SecurityToken::new),
    })
}

/// Omits the text, because it may be a key.
impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => formatter.write_str("Text(…)"),
            Self::Reference(reference) => reference.fmt(formatter),
        }
    }
}
