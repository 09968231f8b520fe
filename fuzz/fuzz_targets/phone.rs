//! Reads any text as a phone number. The result is an error, or a number in E.164 whose text is read as the same
//! number, and which has exactly one route.
#![no_main]

use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber, Route};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|to: &str| {
    for bare_numbers in [BareNumbers::NorthAmerican, BareNumbers::Mainland] {
        if let Ok(number) = PhoneNumber::parse(to, bare_numbers) {
            let text = number.to_string();
            assert_eq!(text.starts_with("+86"), number.route() == Route::Mainland);
            assert_eq!(PhoneNumber::parse(&text, bare_numbers), Ok(number));
        }
    }
});
