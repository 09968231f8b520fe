//! Native tests of the core: one file for each room that it tests.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod config;
mod doctor;
mod growth;
mod properties;
mod send;
mod support;
mod text;
mod usage;
