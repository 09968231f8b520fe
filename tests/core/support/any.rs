//! Random inputs for properties.

use proptest::prelude::*;
use serde_json::Value;

/// Returns the settings of a property. An input that fails it is shown, and becomes a test of its own
/// instead of a seed in a file.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The places in the schema that declare the keys of a config's objects.
const OBJECTS: [&str; 4] = [
    "/properties",
    "/$defs/template/properties",
    "/$defs/overseas/properties",
    "/$defs/limits/properties",
];

/// Returns the keys that a config can have at its top.
pub(crate) fn keys_of_config() -> Vec<String> {
    declared_keys(OBJECTS[0])
}

fn declared_keys(object: &str) -> Vec<String> {
    let schema = include_str!("../../../pkg-template/config.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let keys = schema.pointer(object).unwrap().as_object().unwrap();
    keys.keys().cloned().collect()
}

/// The keys of payloads and answers, and of a template's code for each side.
const OTHER_KEYS: &[&str] = &[
    "china",
    "overseas",
    "code",
    "user",
    "Error",
    "Code",
    "SendStatusSet",
    "SerialNo",
    "PhoneNumber",
    "RequestId",
];

/// Returns any JSON value. Its objects often have the keys of a config, a payload or an answer.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "(Generic|Ok|<.*>|https?://.*|[a-z]{2}-[a-z]+|[0-9]{1,12})".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        let declared: Vec<_> = OBJECTS.into_iter().flat_map(declared_keys).collect();
        let key = prop_oneof![
            prop::sample::select(declared),
            prop::sample::select(OTHER_KEYS.to_vec()).prop_map(str::to_owned),
            ".{0,5}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..10)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}
