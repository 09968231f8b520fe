//! The checks of an examination, one per file.

mod api;
mod application;
mod clock;
pub(super) mod config;
mod deliveries;
mod key;
mod packages;
mod review;
mod signature;
mod store;
mod template;
