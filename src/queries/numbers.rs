//! `DescribePhoneNumberInfo`: how Tencent reads a number. Documented as the same reading that sending
//! uses. It needs no application, so it also shows whether host, clock, key and region are right.

use serde::Serialize;

use super::{Query, list, text};
use crate::api::Response;

/// Asks how numbers are read; at most 200.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribePhoneNumberInfo {
    /// In E.164.
    pub phone_number_set: Vec<String>,
}

/// How one number was read.
#[derive(Clone)]
pub struct NumberInfo {
    /// `Ok`, or why not.
    pub code: String,
    /// In E.164; as it was where it could not be read.
    pub phone_number: String,
    /// Two letters for the country, `DEF` where it is not known.
    pub iso_code: String,
}

impl Query for DescribePhoneNumberInfo {
    const ACTION: &'static str = "DescribePhoneNumberInfo";
    type Finding = Vec<NumberInfo>;

    fn read(response: &Response) -> Option<Self::Finding> {
        list(response, "PhoneNumberInfoSet", |info| {
            Some(NumberInfo {
                code: text(info, "Code")?,
                phone_number: text(info, "PhoneNumber")?,
                iso_code: text(info, "IsoCode")?,
            })
        })
    }
}
