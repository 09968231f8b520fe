//! The core of `connector-tencent-sms-wasm`, a Logto connector for Tencent Cloud SMS.
//!
//! Everything with a right answer is decided here: is this config good, which template, which
//! parameters, which bytes, which signature, what does this answer mean, what to do next. The core
//! does no IO and waits for nothing: [`send::next_step`] is given the config, the message and
//! what happened so far, and says what to do next. The JS shim around it owns `fetch`, the timers and
//! Logto's own classes.
//!
//! Counting messages ([`usage`]) and examining a config ([`doctor`]) work the same way.
//!
//! A room uses only those on the lines below its own:
//!
//! ```text
//! wasm      the boundary to JavaScript
//! doctor    the examination of a config
//! send | usage
//! config    the operator's configuration
//! tencent   a client of Tencent Cloud's API for SMS
//! logto     the host's messages and error codes
//! step      what core and shim say to each other
//! tc3 | phone | language | json | text | quoted
//! ```

#![forbid(unsafe_code)]

pub mod config;
pub mod doctor;
pub mod json;
pub mod language;
pub mod logto;
pub mod phone;
pub mod quoted;
pub mod send;
pub mod step;
pub mod tc3;
pub mod tencent;
pub mod text;
pub mod usage;
pub mod wasm;
