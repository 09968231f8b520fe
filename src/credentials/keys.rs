//! The temporary keys of a process.
//!
//! This is purely a cache: whoever loses it, by a restart or a trap, requests a key again.

use std::cell::RefCell;
use std::rc::Rc;

use crate::tc3::Credentials;

use super::Temporary;
use super::temporary::Key;

/// A key is renewed this long before its end, so that there is time to try again.
const RENEWED_BEFORE_END_MS: f64 = 5.0 * 60.0 * 1000.0;

/// The least time between two attempts to renew a key that is still valid. The metadata service may answer with
/// the same key until shortly before its end.
const BETWEEN_RENEWALS_MS: f64 = 30.0 * 1000.0;

/// A key is not used in its last seconds, because it would end before the request arrives.
const UNUSED_BEFORE_END_MS: f64 = 5.0 * 1000.0;

/// The most keys in the cache. A config has at most two sources.
const MAX_KEYS: usize = 8;

/// The temporary keys, by source. Times are UNIX milliseconds by this machine's clock.
#[derive(Debug)]
pub struct TemporaryKeys(RefCell<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    source: Temporary,
    credentials: Rc<Credentials>,
    obtained_at: f64,
    renew_at: f64,
    ends_at: f64,
}

/// A key from the cache.
pub(super) enum Cached {
    /// The key can be used.
    Fresh(Rc<Credentials>),
    /// The key can be used, but it is time to renew it.
    Due,
    /// There is no key.
    None,
}

impl TemporaryKeys {
    /// Creates an empty cache.
    pub const fn none() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// Looks up the key of a source. If it is due, only this caller gets it as due, and the next callers use the
    /// key for another while.
    pub(super) fn look_up(&self, source: &Temporary, now: f64) -> Cached {
        for entry in self.0.borrow_mut().iter_mut() {
            if entry.source == *source && entry.is_usable(now) {
                if now < entry.renew_at {
                    return Cached::Fresh(Rc::clone(&entry.credentials));
                }
                entry.renew_at = now + BETWEEN_RENEWALS_MS;
                return Cached::Due;
            }
        }
        Cached::None
    }

    /// Returns the key of a source, if it is still valid.
    pub(super) fn valid(&self, source: &Temporary, now: f64) -> Option<Rc<Credentials>> {
        for entry in self.0.borrow().iter() {
            if entry.source == *source && entry.is_usable(now) {
                return Some(Rc::clone(&entry.credentials));
            }
        }
        None
    }

    /// Adds a key, or returns false if it had already ended when it was obtained. A key that was obtained later
    /// stays, because other tasks use it already.
    pub(super) fn add(&self, source: &Temporary, key: &Key) -> bool {
        let Key {
            credentials,
            obtained_at,
            ends_at,
        } = key;
        let entry = Entry {
            source: source.clone(),
            credentials: Rc::clone(credentials),
            obtained_at: *obtained_at,
            renew_at: (ends_at - RENEWED_BEFORE_END_MS).max(obtained_at + BETWEEN_RENEWALS_MS),
            ends_at: *ends_at,
        };
        if !entry.is_usable(*obtained_at) {
            return false;
        }
        let mut entries = self.0.borrow_mut();
        for known in entries.iter_mut() {
            if known.source == *source {
                if known.obtained_at < *obtained_at {
                    *known = entry;
                }
                return true;
            }
        }
        entries.truncate(MAX_KEYS - 1);
        entries.insert(0, entry);
        true
    }

    /// Ends the key of a source, unless it was obtained after `time`. Called after Tencent refused the key in a task
    /// that began at `time`.
    pub fn end_older(&self, source: &Temporary, time: f64) {
        for entry in self.0.borrow_mut().iter_mut() {
            if entry.source == *source && entry.obtained_at <= time {
                entry.obtained_at = f64::NEG_INFINITY;
                entry.ends_at = f64::NEG_INFINITY;
            }
        }
    }
}

impl Entry {
    fn is_usable(&self, now: f64) -> bool {
        now < self.ends_at - UNUSED_BEFORE_END_MS
    }
}
