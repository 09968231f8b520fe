//! The core of `connector-tencent-sms-wasm`, a Logto connector for Tencent Cloud SMS.
//!
//! Everything with a right answer is decided here: is this config good, which template, which
//! parameters, which bytes, which signature, what does this answer mean, what to do next. The core
//! does no IO and waits for nothing: [`delivery::next_step`] is given the config, the message and
//! what happened so far, and says what to do next. The JS shim around it owns `fetch`, the timers and
//! Logto's own classes.
//!
//! Counting messages ([`usage`]) and examining a config ([`doctor`]) work the same way.
//!
//! A module uses only those on the lines below its own:
//!
//! ```text
//! wasm
//! doctor
//! delivery | usage | last_config
//! send_sms | queries | template
//! message
//! error
//! exchange
//! api
//! config
//! logto | tc3 | phone | language | json | quoted
//! ```

#![forbid(unsafe_code)]

pub mod api;
pub mod config;
pub mod delivery;
pub mod doctor;
pub mod error;
pub mod exchange;
pub mod json;
pub mod language;
pub mod last_config;
pub mod logto;
pub mod message;
pub mod phone;
pub mod queries;
pub mod quoted;
pub mod send_sms;
pub mod tc3;
pub mod template;
pub mod usage;
pub mod wasm;
