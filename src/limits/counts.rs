//! The counts of all limits, in memory of a fixed size.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::table::Table;
use super::{Kind, Rate, Time};
use crate::step::TraceId;

/// The sets of a table for addresses, numbers or ranges. Each table has room for 8,192 keys and takes
/// 128 KB.
const SETS: usize = 1024;
/// The sets of the table for calling codes, of which there are about 300.
const CALLING_CODE_SETS: usize = 128;

/// The counts of all limits.
///
/// Each kind of limit has a table of its own, so that a million numbers cannot displace the count of a
/// calling code.
#[derive(Debug)]
pub struct Counts {
    /// The secret of the hashes. Without it, somebody who chooses numbers could fill a set of a table.
    secret: Option<TraceId>,
    clock: Clock,
    tables: [Table; Kind::ALL.len()],
}

/// A place that a message takes: the limit, and the key that has the count.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The limit.
    pub rate: Rate,
    /// The bytes of the number, the address or whatever else has a count of its own.
    pub counted: &'a [u8],
}

/// The places that a message takes, in the order of [`Kind::ALL`].
pub type Places<'a> = [Option<Place<'a>>; Kind::ALL.len()];

impl Counts {
    /// Creates counts in which every place is free. They take no memory before the first place is taken.
    pub const fn none() -> Self {
        Self {
            secret: None,
            clock: Clock::new(),
            tables: [
                Table::new(SETS),
                Table::new(SETS),
                Table::new(SETS),
                Table::new(CALLING_CODE_SETS),
                Table::new(1),
            ],
        }
    }

    /// Takes all places, or none and returns the first kind of limit without a free place. `now` is this
    /// machine's clock in UNIX milliseconds. `random` is called once.
    pub fn take(
        &mut self,
        places: &Places<'_>,
        now: f64,
        random: &dyn Fn() -> TraceId,
    ) -> Result<(), Kind> {
        let secret = *self.secret.get_or_insert_with(random);
        let now = self.clock.time(now);
        let mut taken = [None; Kind::ALL.len()];
        for (((kind, place), table), taken) in Kind::ALL
            .iter()
            .zip(places)
            .zip(&self.tables)
            .zip(&mut taken)
        {
            if let Some(place) = place {
                let key = key(secret, *kind, place);
                let all_free_at = place.rate.take(table.all_free_at(key), now);
                *taken = Some((key, all_free_at.ok_or(*kind)?));
            }
        }
        for (table, taken) in self.tables.iter_mut().zip(taken) {
            if let Some((key, all_free_at)) = taken {
                table.store(key, all_free_at);
            }
        }
        Ok(())
    }

    /// Gives all places of a message back.
    pub fn give_back(&mut self, places: &Places<'_>) {
        let Some(secret) = self.secret else {
            return;
        };
        for ((kind, place), table) in Kind::ALL.iter().zip(places).zip(&mut self.tables) {
            if let Some(place) = place {
                let key = key(secret, *kind, place);
                // A key that was forgotten has all its places.
                if let all_free_at @ 1.. = table.all_free_at(key) {
                    table.store(key, place.rate.give_back(all_free_at));
                }
            }
        }
    }
}

/// Returns the key of a place in its table. The key contains the limit, because another limit reads the
/// stored time differently: after a change of the limit, its counts begin anew.
fn key(secret: TraceId, kind: Kind, place: &Place<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    secret.hash(&mut hasher);
    kind.hash(&mut hasher);
    place.rate.hash(&mut hasher);
    hasher.write(place.counted);
    hasher.finish()
}

/// This machine's clock, which continues from the latest time when somebody sets it back. Otherwise the
/// places that were taken before would seem to be taken for longer, and messages would be refused wrongly.
#[derive(Debug)]
struct Clock {
    latest: Time,
    set_back_by: Time,
}

impl Clock {
    const fn new() -> Self {
        Self {
            latest: 0,
            set_back_by: 0,
        }
    }

    fn time(&mut self, now: f64) -> Time {
        let now = (now as Time).saturating_mul(1000);
        self.set_back_by = self.set_back_by.max(self.latest.saturating_sub(now));
        self.latest = now.saturating_add(self.set_back_by);
        self.latest
    }
}
