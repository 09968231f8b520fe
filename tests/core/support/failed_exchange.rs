//! Exchanges that ended without an answer.

use connector_tencent_sms_wasm::step::{Event, SeenFailure};

/// The end of an exchange that showed nothing but a code. The client is known to have begun to send the request
/// so many times.
pub(crate) fn failed_exchange(action: &str, departures: u64, code: &str) -> Event {
    Event::Failed {
        action: action.to_owned(),
        failure: SeenFailure {
            code: code.to_owned(),
            syscall: None,
            hostname: None,
            port: None,
            proxy_status: None,
        },
        departures,
    }
}
