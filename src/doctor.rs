//! The doctor: what is wrong with a config, before a user finds out.
//!
//! It looks at the config by itself, and asks Tencent read-only what the account behind it has. A
//! [`Report`] says of each thing whether it is right, and what to do where it is not. What an account
//! may not ask is told as that, never as wrong.

mod checks;
mod examine;
mod input;
mod replay;
mod report;
mod test_message;

pub use examine::examine;
pub use input::{Environment, read_input};
pub use report::{Check, Finding, Report, State};
pub use test_message::send_test_message;
