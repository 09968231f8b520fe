//! The time as Tencent has it.

use crate::tc3::Timestamp;

/// The largest error of this machine's clock that is corrected. More is no clock, or no honest answer,
/// and a machine that far off has other troubles.
const LARGEST_CORRECTION: f64 = 24.0 * 60.0 * 60.0 * 1000.0;

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
}

/// Returns the offset of this machine's clock, by the `Date` header of an answer that came at
/// `received_at`; `None` where the date is too far off to be believed.
pub fn believable_offset(date: f64, received_at: f64) -> Option<f64> {
    let offset = date - received_at;
    (offset.abs() <= LARGEST_CORRECTION).then_some(offset)
}

/// The offsets of this machine's clock, as Tencent's hosts showed them, by host. This is purely a
/// cache: losing it costs the next send to a host one request more.
#[derive(Debug)]
pub struct ClockOffsets(Vec<(String, f64)>);

/// A process sends to a few hosts: two sites with three access points each.
const MOST_HOSTS: usize = 16;

impl ClockOffsets {
    /// Creates an empty cache.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Returns the offset for a host; 0 as long as it has not refused a signature because of its time.
    pub fn of(&self, host: &str) -> f64 {
        let mut known = self.0.iter();
        known
            .find(|(of, _)| of == host)
            .map_or(0.0, |(_, offset)| *offset)
    }

    /// Takes note that a host refused a signature because of its time. Whatever was known is wrong
    /// then; the new offset, if there is one, takes its place.
    pub fn correct(&mut self, host: &str, offset: Option<f64>) {
        self.0.retain(|(of, _)| of != host);
        if let Some(offset) = offset {
            self.0.truncate(MOST_HOSTS - 1);
            self.0.insert(0, (host.to_owned(), offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    /// 2024-06-15T08:09:10Z, by GNU date.
    const RECEIVED_AT: f64 = 1_718_438_950_000.0;

    fn offset(date: &str) -> Option<f64> {
        let date = httpdate::parse_http_date(date).unwrap();
        let date = date.duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0;
        believable_offset(date, RECEIVED_AT)
    }

    #[test]
    fn a_date_within_a_day_corrects_the_clock() {
        for (date, expected) in [
            ("Sat, 15 Jun 2024 08:19:10 GMT", 600_000.0),
            ("Sat, 15 Jun 2024 07:59:10 GMT", -600_000.0),
            ("Sun, 16 Jun 2024 08:09:10 GMT", 86_400_000.0),
            ("Sat, 15 Jun 2024 08:09:10 GMT", 0.0),
        ] {
            assert_eq!(offset(date), Some(expected));
        }
    }

    #[test]
    fn a_date_that_is_further_off_does_not() {
        for date in [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Sun, 16 Jun 2024 08:09:11 GMT",
            "Tue, 31 Dec 2999 23:59:59 GMT",
        ] {
            assert_eq!(offset(date), None, "{date}");
        }
    }

    #[test]
    fn each_host_has_an_offset_of_its_own_until_it_proves_wrong() {
        let mut offsets = ClockOffsets::none();
        offsets.correct("a", Some(600_000.0));
        offsets.correct("b", Some(-5.0));
        assert_eq!(
            (offsets.of("a"), offsets.of("b"), offsets.of("c")),
            (600_000.0, -5.0, 0.0)
        );
        offsets.correct("a", Some(7.0));
        offsets.correct("b", None);
        assert_eq!((offsets.of("a"), offsets.of("b")), (7.0, 0.0));
    }

    #[test]
    fn the_number_of_hosts_is_bounded_and_the_newest_stay() {
        let mut offsets = ClockOffsets::none();
        for number in 1..=1000 {
            offsets.correct(&number.to_string(), Some(f64::from(number)));
        }
        assert_eq!(offsets.0.len(), MOST_HOSTS);
        assert_eq!((offsets.of("1000"), offsets.of("1")), (1000.0, 0.0));
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
