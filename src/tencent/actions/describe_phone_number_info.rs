//! `DescribePhoneNumberInfo`: how Tencent reads a number. Documented as the same reading that sending
//! uses. It needs no application, so it also shows whether host, clock, key and region are right.

use super::{Call, Entry, Parameter, text};

/// Asks how numbers, in E.164, are read; at most 200.
pub fn describe_phone_number_info(numbers: &[&str]) -> Call {
    Call::new(
        "DescribePhoneNumberInfo",
        &[("PhoneNumberSet", Parameter::Texts(numbers))],
        "PhoneNumberInfoSet",
        &["Code", "PhoneNumber"],
    )
}

/// How one number was read.
pub struct NumberInfo<'a>(pub &'a Entry);

impl NumberInfo<'_> {
    /// Whether it was read as the number, in E.164, that it is.
    pub fn is(&self, number: &str) -> bool {
        text(self.0, "Code") == "Ok" && text(self.0, "PhoneNumber") == number
    }
}
