//! `DescribePhoneNumberInfo`: Tencent's interpretation of phone numbers. According to the documents,
//! `SendSms` interprets numbers in the same way. The action needs no application, so it also shows
//! whether host, clock, key and region are right.

use super::{Call, Entry, Parameter, text};

/// Creates a call about at most 200 numbers, in E.164.
pub fn describe_phone_number_info(numbers: &[&str]) -> Call {
    Call::new(
        "DescribePhoneNumberInfo",
        &[("PhoneNumberSet", Parameter::Texts(numbers))],
        "PhoneNumberInfoSet",
        &["Code", "PhoneNumber"],
    )
}

/// Tencent's interpretation of one number.
pub struct NumberInfo<'a>(pub &'a Entry);

impl NumberInfo<'_> {
    /// Returns true if Tencent interpreted the number as `number`, in E.164.
    pub fn is_read_as(&self, number: &str) -> bool {
        text(self.0, "Code") == "Ok" && text(self.0, "PhoneNumber") == number
    }
}
