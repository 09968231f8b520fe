//! Limits on the number of messages: how many in which time, counted in memory of a bounded size.
//!
//! Each limit is a token bucket in the form of GCRA (generic cell rate algorithm): a [`Rate`] gives a key,
//! such as a number, a few places, and a taken place becomes free again after its share of the time. The
//! state of a key is one integer, the time at which all its places are free. So a decision is a comparison
//! and an addition, and any store that keeps an integer for a key can make the same one.
//!
//! [`Counts`] keeps these integers in tables of a fixed size. It stores keyed hashes instead of numbers and
//! addresses.

mod counts;
mod one_address;
mod rate;
mod shared;
mod table;

pub use counts::{Counts, Place, Places};
pub use one_address::OneAddress;
pub use rate::{Rate, Time};
pub use shared::{SharedCounts, kind_at, store_line, store_problem};

/// A kind of limit: the things that have a count each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The address of the end user.
    Ip,
    /// The recipient's number.
    Number,
    /// All numbers that share all but the last four digits.
    Range,
    /// The number's country calling code, or a longer prefix that the config names.
    CallingCode,
    /// All messages.
    Total,
}

impl Kind {
    /// All kinds, in the order in which their limits are examined.
    pub const ALL: [Self; 5] = [
        Self::Ip,
        Self::Number,
        Self::Range,
        Self::CallingCode,
        Self::Total,
    ];

    /// Returns the kind with this key in the config's `limits`.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Returns the key in the config's `limits`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ip => "perIp",
            Self::Number => "perNumber",
            Self::Range => "perRange",
            Self::CallingCode => "perCallingCode",
            Self::Total => "total",
        }
    }
}
