//! Any text as an answer: a receipt only where it says so, and no error that could forge a line.
#![no_main]

use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber};
use connector_tencent_sms_wasm::send_sms::{Verdict, verdict};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &str| {
    let to = PhoneNumber::parse("8613800138000", BareNumbers::default()).expect("a number");
    match verdict(body, &to) {
        Verdict::Accepted(_) => assert!(body.to_lowercase().contains("ok")),
        Verdict::Refused(refusal) => {
            let line = refusal.to_string();
            assert!(!line.contains(char::is_control), "{line:?}");
        }
        Verdict::Unclear(_) => {}
    }
});
