//! A table of a fixed size: a time for each key.

use super::Time;

/// The number of slots that a key can be in.
const WAYS: usize = 8;

/// The times at which all places of each key are free.
///
/// A key can be in the eight slots of one set, which its hash chooses. If all eight are taken, the key
/// replaces the one whose places are all free soonest, because it is nearest to a key that was never seen.
/// So the table forgets the keys with the fewest messages first, and what it forgets lets messages out: a
/// key that is not in the table has all its places.
#[derive(Debug)]
pub(super) struct Table {
    sets: usize,
    /// Empty until the first key is stored.
    slots: Vec<Slot>,
}

/// A key, and the time at which all its places are free. A time that has passed marks a slot that is free.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    all_free_at: Time,
}

impl Table {
    /// Creates an empty table for `sets` times eight keys.
    pub(super) const fn new(sets: usize) -> Self {
        Self {
            sets,
            slots: Vec::new(),
        }
    }

    /// Returns the time at which all places of `key` are free, or 0 for an unknown key.
    pub(super) fn all_free_at(&self, key: u64) -> Time {
        let mut slots = self
            .slots
            .chunks_exact(WAYS)
            .nth(self.set_of(key))
            .into_iter()
            .flatten();
        slots
            .find(|slot| slot.key == key)
            .map_or(0, |slot| slot.all_free_at)
    }

    /// Stores the time at which all places of `key` are free.
    pub(super) fn store(&mut self, key: u64, all_free_at: Time) {
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); self.sets * WAYS];
        }
        let set = self.set_of(key);
        let slots = self
            .slots
            .chunks_exact_mut(WAYS)
            .nth(set)
            .into_iter()
            .flatten();
        if let Some(slot) = slots.min_by_key(|slot| (slot.key != key, slot.all_free_at)) {
            *slot = Slot { key, all_free_at };
        }
    }

    fn set_of(&self, key: u64) -> usize {
        (key % self.sets as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_set_forgets_the_key_whose_places_are_all_free_soonest() {
        let mut table = Table::new(1);
        for key in 1..=8 {
            table.store(key, 100 - key);
        }
        table.store(8, 200);
        table.store(9, 50);
        let times: Vec<_> = (1..=9).map(|key| table.all_free_at(key)).collect();
        assert_eq!(times, [99, 98, 97, 96, 95, 94, 0, 200, 50]);
        // The new key is now the one whose places are all free soonest.
        table.store(10, 60);
        assert_eq!((table.all_free_at(9), table.all_free_at(10)), (0, 60));
    }

    #[test]
    fn a_key_keeps_its_slot() {
        let mut table = Table::new(1);
        for time in 1..=100 {
            table.store(7, time);
            table.store(8, 1000 - time);
        }
        assert_eq!((table.all_free_at(7), table.all_free_at(8)), (100, 900));
        assert_eq!(
            table
                .slots
                .iter()
                .filter(|slot| slot.all_free_at > 0)
                .count(),
            2
        );
    }
}
