//! Randomness from the host, fetched for several steps at once.

use std::cell::{Cell, RefCell};
use std::mem;

use crate::step::{Entropy, TraceId};

thread_local! {
    /// Unused random bytes. They are fetched for 32 steps at once, because a call of the host's
    /// generator takes as long as signing a request.
    static UNUSED: RefCell<Vec<[u8; 20]>> = const { RefCell::new(Vec::new()) };
    static STEPS_WITHOUT_RANDOMNESS: Cell<u64> = const { Cell::new(0) };
}

/// Returns randomness for one step. Each byte is used once and overwritten after that.
pub(super) fn entropy(now: f64) -> Entropy {
    let drawn = UNUSED.with_borrow_mut(|unused| {
        let mut bytes = [[0; 20]; 32];
        if unused.is_empty() && getrandom::fill(bytes.as_flattened_mut()).is_ok() {
            unused.extend(bytes);
        }
        let next = unused.last_mut().map(mem::take);
        unused.pop();
        next
    });
    let Some([trace_id @ .., a, b, c, d]) = drawn else {
        return without_randomness(now);
    };
    Entropy {
        trace_id: TraceId::from_bytes(trace_id),
        jitter: f64::from(u32::from_ne_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0),
    }
}

/// Returns a substitute for randomness if the host has none. Trace ids are not secret, but they must be
/// unique, because they identify requests.
fn without_randomness(now: f64) -> Entropy {
    let step = STEPS_WITHOUT_RANDOMNESS.get().wrapping_add(1);
    STEPS_WITHOUT_RANDOMNESS.set(step);
    let id = u128::from(now as u64) << 64 | u128::from(step);
    Entropy {
        trace_id: TraceId::from_bytes(id.to_be_bytes()),
        // The fractional parts of multiples of the golden ratio are spread evenly.
        jitter: (step as f64 * 0.618_033_988_749_895).fract(),
    }
}
