//! `Date` headers in the form in which the shim passes them on.

use std::time::UNIX_EPOCH;

/// Returns UNIX milliseconds, or `None` for a text that is not a date.
pub(crate) fn millis(date: &str) -> Option<f64> {
    let date = httpdate::parse_http_date(date).ok()?;
    let date = date.duration_since(UNIX_EPOCH).ok()?;
    Some(date.as_secs_f64() * 1000.0)
}
