//! The doctor: it finds the errors in a config before a user does.
//!
//! The doctor checks the config by itself, and calls read-only actions of Tencent's API to check the
//! account behind it. A [`Report`] has the result of each check, and advice if something is wrong. If an
//! account lacks the permission for a call, the result of the check is unknown, not wrong.

mod checks;
mod delivery;
mod examine;
mod input;
mod last_messages;
mod number;
mod replay;
mod report;
mod test_message;

pub use checks::logto::{LogtoState, read_logto};
pub use examine::{examine, examine_with_logto};
pub use input::{Environment, read_input};
pub use last_messages::show_last_messages;
pub use report::{Check, Finding, Report, State};
pub use test_message::send_test_message;
