//! Reads any text as Tencent's answer. Only an answer that says so gives a receipt, and no error contains control
//! characters, which could forge a line of the log.
#![no_main]

use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber};
use connector_tencent_sms_wasm::step::Event;
use connector_tencent_sms_wasm::tencent::actions::send_sms::{ACTION, receipt};
use connector_tencent_sms_wasm::tencent::{ApiError, Endpoint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &str| {
    let to = PhoneNumber::parse("8613800138000", BareNumbers::default()).expect("a number");
    let event = Event::Answered {
        action: ACTION.to_owned(),
        received_at: 0.0,
        status: 200,
        date: None,
        body: body.to_owned(),
        departures: 1,
    };
    match receipt(&event, &Endpoint::default(), &to).expect("an exchange") {
        Ok(_) => assert!(body.to_lowercase().contains("ok")),
        Err(ApiError::Refused(refusal)) => {
            let line = refusal.line().to_string();
            assert!(!line.contains(char::is_control), "{line:?}");
        }
        Err(ApiError::Unclear { .. } | ApiError::Failed(_)) => {}
    }
});
