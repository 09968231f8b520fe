//! `Date` headers as the shim hands them over.

use std::time::UNIX_EPOCH;

/// UNIX milliseconds; `None` for what is no date.
pub(crate) fn millis(date: &str) -> Option<f64> {
    let date = httpdate::parse_http_date(date).ok()?;
    let date = date.duration_since(UNIX_EPOCH).ok()?;
    Some(date.as_secs_f64() * 1000.0)
}
