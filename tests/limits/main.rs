//! The limits on messages: which messages leave, over long times and many keys, and how much memory the counts
//! take. `cargo test --test limits -- --nocapture` prints the figures.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and these tests show what they measured"
)]

use std::sync::{Mutex, MutexGuard, PoisonError};

mod bucket;
mod memory;
mod process;
mod random;
mod redis;
mod simulation;
mod vectors;

/// Waits until no other test with a guard runs, because one of them measures the memory of this process.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
