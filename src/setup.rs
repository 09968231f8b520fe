//! The set-up of the connector in a running Logto, through Logto's Management API.
//!
//! [`preview`] compares a config with the stored one, [`send_test_message`] lets Logto send a message with
//! the config, [`apply`] stores it and reads it back, and [`export`] reads the stored config. Each of them
//! is a function from everything that happened so far to the next step. No text contains a secret.

mod difference;
mod mask;
mod report;
mod run;
mod stored_form;

pub use difference::Difference;
pub use report::{Backup, Outcome, Report};
pub use run::{Wanted, apply, export, preview, send_test_message};
