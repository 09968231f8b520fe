//! The core of `connector-tencent-sms-wasm`, a Logto connector for Tencent Cloud SMS.
//!
//! The core makes every decision: it validates the config, chooses the template, fills in the
//! parameters, signs the request, interprets the answer and decides on the next step. It does no IO
//! and never waits: [`send::next_step`] is a function from the config, the message and everything that
//! happened so far to the next step. The JS shim around the core owns `fetch`, the timers and Logto's
//! own classes.
//!
//! Counting messages ([`usage`]), examining a config ([`doctor`]) and storing it in Logto ([`setup`]) work the
//! same way.
//!
//! A module may use only the modules on the lines below its own:
//!
//! ```text
//! wasm      the boundary to JavaScript
//! setup     the set-up of the connector in a running Logto
//! doctor    the examination of a config
//! send | usage
//! config    the operator's configuration
//! credentials   the API key of an account: references and temporary keys
//! tencent   a client of Tencent Cloud's API for SMS
//! logto     the host's messages, error codes and Management API
//! limits    how many messages in which time
//! step      the messages between core and shim
//! tc3 | phone | address | language | json | text | quoted | invisible
//! ```

#![forbid(unsafe_code)]

pub mod address;
pub mod config;
pub mod credentials;
#[cfg(feature = "command-line")]
pub mod doctor;
pub mod invisible;
pub mod json;
pub mod language;
pub mod limits;
pub mod logto;
pub mod phone;
pub mod quoted;
pub mod send;
#[cfg(feature = "command-line")]
pub mod setup;
pub mod step;
pub mod tc3;
pub mod tencent;
pub mod text;
pub mod usage;
pub mod wasm;
