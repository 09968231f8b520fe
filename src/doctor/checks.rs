//! The checks of an examination, one per file.

mod api;
mod application;
mod clock;
pub(super) mod config;
mod deliveries;
mod key;
pub(super) mod key_source;
pub(super) mod logto;
mod packages;
mod review;
mod signature;
mod store;
mod template;
