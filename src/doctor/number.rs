//! The number on the command line, and its interpretation.

use crate::config::Config;
use crate::phone::{PhoneNumber, without_punctuation};
use crate::text::{Id, Text, id};

use super::{Check, Finding};

/// Parses a number that a person wrote. The error is the id of a text about the correct form.
pub(super) fn parse(number: &str, config: &Config) -> Result<PhoneNumber, Id> {
    PhoneNumber::parse(&without_punctuation(number), config.bare_numbers)
}

/// Reports the side of the number, because a person may leave out the calling code.
pub(super) fn side(number: &PhoneNumber) -> Finding {
    let finding = match number.is_bare() {
        true => Check::Number
            .warning(Text::new(id::FINDING_NUMBER_BARE))
            .advise(Text::new(id::FINDING_NUMBER_BARE_DO)),
        false => Check::Number.ok(Text::new(id::FINDING_NUMBER_READ)),
    };
    finding.on(&[number.route()])
}
