//! Answers of Tencent's: a receipt exactly where the status of the number says `Ok`.

use std::cell::Cell;

use connector_tencent_sms_wasm::phone::{BareNumbers, PhoneNumber};
use connector_tencent_sms_wasm::step::Event;
use connector_tencent_sms_wasm::tencent::Endpoint;
use connector_tencent_sms_wasm::tencent::actions::send_sms::receipt;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::any::{any_json, cases};

/// Any body, often in the shape of an answer to a message.
fn any_body() -> impl Strategy<Value = String> {
    let code = prop_oneof![
        3 => prop::sample::select(vec!["Ok", "ok", "OK"]).prop_map(Value::from),
        2 => "(Ok|[A-Z])[A-Za-z.]{0,30}".prop_map(Value::from),
        1 => any_json(),
    ];
    let status = (code, any_json(), any_json()).prop_map(|(code, serial_no, number)| {
        json!({ "Code": code, "SerialNo": serial_no, "PhoneNumber": number })
    });
    let set = prop::collection::vec(status, 0..3).prop_map(Value::from);
    let error = prop_oneof![3 => Just(Value::Null), 1 => any_json()];
    prop_oneof![
        3 => (set, error).prop_map(|(set, error)| {
            json!({ "Response": { "SendStatusSet": set, "Error": error } }).to_string()
        }),
        1 => any_json().prop_map(|response| json!({ "Response": response }).to_string()),
        1 => ".*",
    ]
}

/// Decides if an answer accepts a message, with another reader of JSON than the core's.
fn accepts(body: &str) -> bool {
    let Ok(body) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let response = &body["Response"];
    let code = response["SendStatusSet"][0]["Code"].as_str();
    response["Error"].is_null() && code.is_some_and(|code| code.eq_ignore_ascii_case("ok"))
}

#[test]
fn an_answer_is_a_receipt_exactly_where_its_first_status_is_ok() {
    let to = PhoneNumber::parse("8613800138000", BareNumbers::default()).unwrap();
    let (receipts, errors) = (Cell::new(0), Cell::new(0));
    proptest!(cases(1000), |(body in any_body())| {
        let event = Event::Answered {
            action: "SendSms".to_owned(),
            received_at: 0.0,
            status: 200,
            date: None,
            body: body.clone(),
            departures: 1,
        };
        let result = receipt(&event, &Endpoint::default(), &to).unwrap();
        prop_assert_eq!(result.is_ok(), accepts(&body), "{:?}", result);
        let counter = if result.is_ok() { &receipts } else { &errors };
        counter.set(counter.get() + 1);
    });
    assert!(receipts.get() > 50, "{} receipts", receipts.get());
    assert!(errors.get() > 100, "{} errors", errors.get());
}
