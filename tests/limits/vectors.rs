//! The vectors in `vectors.json`, which were not made by this project's code.

use serde_json::Value;

use crate::process::{Process, message};

#[test]
fn every_vector_holds() {
    let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let name = &case["name"];
        let mut process = Process::new(&case["limits"]);
        for (index, send) in case["sends"].as_array().unwrap().iter().enumerate() {
            let message = message(send["to"].as_str().unwrap(), send["ip"].as_str());
            let decision = process.decide(&message, send["at"].as_f64().unwrap());
            match send["expect"].as_str().unwrap() {
                "sent" => assert_eq!(decision, Ok(()), "{name}, {index}"),
                "unsent" => {
                    assert_eq!(decision, Ok(()), "{name}, {index}");
                    process.give_back(&message);
                }
                limit => assert_eq!(decision, Err(limit), "{name}, {index}"),
            }
        }
    }
}
