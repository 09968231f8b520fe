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
mod credentials;
mod doctor;
mod growth;
mod logto;
mod phone;
mod send;
mod setup;
mod step;
mod support;
mod tencent;
mod text;
mod usage;
