//! The time as Tencent has it.

use crate::tc3::Timestamp;

/// How far the server's clock may be off for it to be corrected: more is no clock, or no honest
/// answer, and a server that far off has other troubles.
const LARGEST_CORRECTION: f64 = 24.0 * 60.0 * 60.0 * 1000.0;

/// A smaller difference than Tencent minds (five minutes) by far: the clock was not the trouble.
const SMALLEST_CORRECTION: f64 = 60.0 * 1000.0;

/// A clock, and what is known of its error. Times are UNIX milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// What the server's clock shows.
    pub now: f64,
    /// What to add to it for Tencent's time.
    pub offset: f64,
}

impl Clock {
    /// For `X-TC-Timestamp`.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millis(self.now + self.offset)
    }

    /// What is left of a task that may take `deadline_ms` since `started_at`, if it has started. A clock
    /// that was set back meanwhile does not lengthen it.
    pub fn remaining_ms(self, deadline_ms: f64, started_at: Option<f64>) -> f64 {
        let elapsed = started_at.map_or(0.0, |started_at| self.now - started_at);
        (deadline_ms - elapsed.max(0.0)).max(0.0)
    }

    /// The offset by an answer's `Date` header that came at `received_at`; `None` where it would change
    /// too much or too little to be believed.
    pub fn offset_by(self, date: f64, received_at: f64) -> Option<f64> {
        let offset = date - received_at;
        let is_believable = offset.abs() <= LARGEST_CORRECTION
            && (offset - self.offset).abs() >= SMALLEST_CORRECTION;
        is_believable.then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    /// 2024-06-15T08:09:10Z, by GNU date.
    const RECEIVED_AT: f64 = 1_718_438_950_000.0;

    fn offset(now_offset: f64, date: &str) -> Option<f64> {
        let date = httpdate::parse_http_date(date).unwrap();
        let date = date.duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
        let clock = Clock {
            now: RECEIVED_AT,
            offset: now_offset,
        };
        clock.offset_by(date, RECEIVED_AT)
    }

    #[test]
    fn a_date_within_a_day_corrects_the_clock() {
        for (date, expected) in [
            ("Sat, 15 Jun 2024 08:19:10 GMT", 600_000.0),
            ("Sat, 15 Jun 2024 07:59:10 GMT", -600_000.0),
            ("Sun, 16 Jun 2024 08:09:10 GMT", 86_400_000.0),
        ] {
            assert_eq!(offset(0.0, date), Some(expected));
        }
    }

    #[test]
    fn what_is_no_believable_date_does_not() {
        for date in [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Sun, 16 Jun 2024 08:09:11 GMT",
            "Tue, 31 Dec 2999 23:59:59 GMT",
            "Sat, 15 Jun 2024 08:09:40 GMT",
        ] {
            assert_eq!(offset(0.0, date), None, "{date}");
        }
    }

    #[test]
    fn a_clock_that_was_set_right_meanwhile_is_believed_again() {
        assert_eq!(
            offset(600_000.0, "Sat, 15 Jun 2024 08:09:10 GMT"),
            Some(0.0)
        );
        assert_eq!(offset(600_000.0, "Sat, 15 Jun 2024 08:19:10 GMT"), None);
    }

    #[test]
    fn the_timestamp_is_tencents_time() {
        let clock = Clock {
            now: RECEIVED_AT,
            offset: -600_000.0,
        };
        assert_eq!(clock.timestamp().to_string(), "1718438350");
    }
}
