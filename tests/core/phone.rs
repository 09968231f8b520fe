//! Phone numbers: whatever digits come in, one number on one route or an error.

use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber, Route};
use proptest::prelude::*;

use crate::support::any::cases;

fn any_bare_numbers() -> impl Strategy<Value = BareNumbers> {
    prop::sample::select(vec![BareNumbers::NorthAmerican, BareNumbers::Mainland])
}

proptest! {
    #![proptest_config(cases(1000))]

    /// The number goes out in E.164, whatever came in. Parsing its text again changes nothing.
    #[test]
    fn digits_are_one_number_on_one_route_or_an_error(
        to in "(\\+|00|)(86|1|852|)0?[0-9]{0,14}",
        bare_numbers in any_bare_numbers(),
    ) {
        match PhoneNumber::parse(&to, bare_numbers) {
            Ok(number) => {
                let text = number.to_string();
                prop_assert!((8..=16).contains(&text.len()) && !text.starts_with("+0"));
                let is_mainland = number.route() == Route::Mainland;
                prop_assert_eq!(is_mainland, text.starts_with("+86"));
                prop_assert_eq!(PhoneNumber::parse(&text, bare_numbers), Ok(number));
            }
            Err(expected) => prop_assert!(expected.name().starts_with("phone.")),
        }
    }

    #[test]
    fn text_with_other_characters_than_digits_is_an_error(
        to in ".{0,20}",
        bare_numbers in any_bare_numbers(),
    ) {
        prop_assume!(!to.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+'));
        prop_assert!(PhoneNumber::parse(&to, bare_numbers).is_err());
    }
}

/// Random inputs once found that the error of this number was not one of a phone number.
#[test]
fn a_lone_zero_is_an_error() {
    let error = PhoneNumber::parse("+0", BareNumbers::NorthAmerican).unwrap_err();
    assert!(error.name().starts_with("phone."), "{error:?}");
}
