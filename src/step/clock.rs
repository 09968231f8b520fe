//! Tencent's time, which may differ from this machine's clock.

use crate::tc3::Timestamp;

/// The largest error of this machine's clock that is corrected. With a larger one, either the answer's
/// date is wrong or the machine has problems that a correction does not solve.
const MAX_CORRECTION_MS: f64 = 24.0 * 60.0 * 60.0 * 1000.0;

/// This machine's clock and its known error. Times are UNIX milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// The time by this machine's clock.
    pub now: f64,
    /// Tencent's time minus this machine's time, as far as it is known.
    pub offset: f64,
}

impl Clock {
    /// Returns the time for `X-TC-Timestamp`.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millis(self.now + self.offset)
    }
}

/// Returns true if the clock may be corrected by this offset, in milliseconds.
pub fn is_plausible(offset: f64) -> bool {
    offset.abs() <= MAX_CORRECTION_MS
}

/// The offsets of this machine's clock from the clocks of Tencent's hosts, by host. This is purely a
/// cache: losing it costs the next send to a host one more request.
#[derive(Debug)]
pub struct ClockOffsets(Vec<(String, f64)>);

/// The most hosts in the cache. A process sends to few hosts: two sites have three access points each.
const MAX_HOSTS: usize = 16;

impl ClockOffsets {
    /// Creates an empty cache.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Returns the offset for a host, or 0 if the host has not rejected a signature because of its time.
    pub fn of(&self, host: &str) -> f64 {
        let mut known = self.0.iter();
        known
            .find(|(of, _)| of == host)
            .map_or(0.0, |(_, offset)| *offset)
    }

    /// Records that a host rejected a signature because of its time. The known offset is wrong then, so
    /// the new offset, if there is one, replaces it.
    pub fn correct(&mut self, host: &str, offset: Option<f64>) {
        self.0.retain(|(of, _)| of != host);
        if let Some(offset) = offset {
            self.0.truncate(MAX_HOSTS - 1);
            self.0.insert(0, (host.to_owned(), offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    /// 2024-06-15T08:09:10Z, converted with GNU date.
    const RECEIVED_AT: f64 = 1_718_438_950_000.0;

    fn offset(date: &str) -> f64 {
        let date = httpdate::parse_http_date(date).unwrap();
        date.duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0 - RECEIVED_AT
    }

    #[test]
    fn a_date_within_a_day_corrects_the_clock() {
        for date in [
            "Sat, 15 Jun 2024 08:19:10 GMT",
            "Sat, 15 Jun 2024 07:59:10 GMT",
            "Sun, 16 Jun 2024 08:09:10 GMT",
            "Sat, 15 Jun 2024 08:09:10 GMT",
        ] {
            assert!(is_plausible(offset(date)), "{date}");
        }
    }

    #[test]
    fn a_date_more_than_a_day_off_does_not_correct_the_clock() {
        for date in [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Sun, 16 Jun 2024 08:09:11 GMT",
            "Tue, 31 Dec 2999 23:59:59 GMT",
        ] {
            assert!(!is_plausible(offset(date)), "{date}");
        }
    }

    #[test]
    fn each_host_has_its_own_offset_until_the_offset_proves_wrong() {
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
    fn the_number_of_hosts_is_bounded_and_the_oldest_are_dropped() {
        let mut offsets = ClockOffsets::none();
        for number in 1..=1000 {
            offsets.correct(&number.to_string(), Some(f64::from(number)));
        }
        assert_eq!(offsets.0.len(), MAX_HOSTS);
        assert_eq!((offsets.of("1000"), offsets.of("1")), (1000.0, 0.0));
    }

    #[test]
    fn the_timestamp_is_in_tencents_time() {
        let clock = Clock {
            now: RECEIVED_AT,
            offset: -600_000.0,
        };
        assert_eq!(clock.timestamp().to_string(), "1718438350");
    }
}
