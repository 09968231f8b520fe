//! The counts that several processes share, in a store outside of them.
//!
//! The core only says what the store must do. A script in the store does it in one step, by the same rule as
//! [`Counts`](super::Counts). The store gets keyed hashes instead of numbers and addresses.

use super::{Kind, Place, Places};
use crate::quoted::quoted;
use crate::step::{StoreAction, StoreCommand};
use crate::tc3::{HashKey, SecretKey};
use crate::text::{Text, id};

/// The purpose of the key of the hashes, for its derivation from the SecretKey.
const PURPOSE: &str = "connector-tencent-sms-wasm limits";

/// The bytes of a hash that are part of a key. Among a million keys, two are the same with a probability of
/// less than 10^-16.
const HASH_BYTES: usize = 12;
/// The bytes of the hash tag.
const TAG_BYTES: usize = 6;

/// The names of the counts of one config in the store.
pub struct SharedCounts<'a> {
    hash_key: HashKey,
    application: &'a str,
}

impl<'a> SharedCounts<'a> {
    /// Names the counts of an application, by its `SmsSdkAppId`. All processes with the same secret use the
    /// same names, and nobody without it can find the number of a name.
    pub fn of(secret: &SecretKey, application: &'a str) -> Self {
        Self {
            hash_key: secret.hash_key(PURPOSE),
            application,
        }
    }

    /// Returns the command for the places of a message, or `None` if it takes no places.
    pub fn command(&self, action: StoreAction, places: &Places<'_>) -> Option<StoreCommand> {
        let taken: Vec<_> = taken(places).collect();
        if taken.is_empty() {
            return None;
        }
        let times = |(_, place): &(Kind, &Place<'_>)| [place.rate.share(), place.rate.longest()];
        // A cluster stores all keys with the same text in braces on the same node, so that one script can
        // use them together.
        let tag = self.hash_key.hash(self.application.as_bytes());
        let prefix = format!("tencent-sms:{{{}}}", tag.first_bytes(TAG_BYTES));
        let keys = taken
            .iter()
            .map(|(kind, place)| self.key(&prefix, *kind, place));
        Some(StoreCommand {
            action,
            keys: keys.chain([format!("{prefix}clock")]).collect(),
            times: taken.iter().flat_map(times).collect(),
        })
    }

    /// Returns the key of a place. It contains the limit, because another limit reads the stored time
    /// differently: after a change of the limit, its counts begin anew.
    fn key(&self, prefix: &str, kind: Kind, place: &Place<'_>) -> String {
        let mut text = format!("{} {} {} ", self.application, kind.key(), place.rate).into_bytes();
        text.extend(place.counted);
        let hash = self.hash_key.hash(&text);
        format!("{prefix}{}", hash.first_bytes(HASH_BYTES))
    }
}

/// Returns the reason for which the store cannot be used: the part of a sentence. `code` is the code of an
/// error of Node or Redis, or one of the shim's own.
pub fn store_problem(code: &str) -> Text {
    match code {
        "no-package" => Text::new(id::STORE_NO_PACKAGE),
        "no-url" => Text::new(id::STORE_NO_URL),
        "wrong-url" => Text::new(id::STORE_WRONG_URL),
        "late" => Text::new(id::STORE_LATE),
        code => Text::new(id::STORE_FAILED).with("code", &quoted(code)),
    }
}

/// Returns the line for the operator when the store cannot be used any more, or can be used again.
pub fn store_line(code: Option<&str>) -> Text {
    match code {
        Some(code) => Text::new(id::STORE_AWAY).with_text("problem", store_problem(code)),
        None => Text::new(id::STORE_BACK),
    }
}

/// Returns the kind of limit at a position in the command for these places, from 1.
pub fn kind_at(places: &Places<'_>, position: u64) -> Option<Kind> {
    let index = usize::try_from(position.checked_sub(1)?).ok()?;
    taken(places).map(|(kind, _)| kind).nth(index)
}

fn taken<'a>(places: &'a Places<'a>) -> impl Iterator<Item = (Kind, &'a Place<'a>)> {
    let all = Kind::ALL.into_iter().zip(places);
    all.filter_map(|(kind, place)| Some((kind, place.as_ref()?)))
}
