//! The commands for a store of counts that several processes share.

use serde::Serialize;

/// A command for the store. The store uses all keys in one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoreCommand {
    /// The action.
    pub action: StoreAction,
    /// The keys of the counts, and the key of the clock.
    pub keys: Vec<String>,
    /// For each count, the time after which a taken place is free again, and the time after which all places
    /// are, in microseconds.
    pub times: Vec<u64>,
}

/// An action of the store's script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StoreAction {
    /// Takes a place of each count, or none. The reply is 0, or the position, from 1, of the first count that
    /// has no free place.
    Take,
    /// Gives back a place of each count. Nobody waits for the reply.
    GiveBack,
    /// Only reads. The reply is the store's time in microseconds, and for each count the time at which
    /// all its places are free, or 0 for an unknown one.
    Look,
    /// Frees all places of each count. The reply is 0.
    Reset,
}

impl StoreAction {
    /// Parses the name that the shim uses.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "take" => Self::Take,
            "giveBack" => Self::GiveBack,
            "look" => Self::Look,
            "reset" => Self::Reset,
            _ => return None,
        })
    }
}

/// The result of examining the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreExamination {
    /// The code of the error, if the command failed.
    pub failure: Option<String>,
    /// The server's `INFO`, if the user may read it.
    pub info: Option<String>,
    /// The shortest time of some round trips, in microseconds.
    pub round_trip_us: Option<u64>,
}
