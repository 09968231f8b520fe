//! `X-TC-Timestamp` and its UTC date.

use std::fmt;

const SECONDS_PER_DAY: u64 = 86_400;

/// A UNIX time in whole seconds, the format of `X-TC-Timestamp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The last second of the year 9999. Later times are clamped to it, because dates have four-digit
    /// years.
    const LAST: u64 = 253_402_300_799;

    /// Creates a timestamp from UNIX seconds.
    pub const fn from_seconds(seconds: u64) -> Self {
        if seconds > Self::LAST {
            Self(Self::LAST)
        } else {
            Self(seconds)
        }
    }

    /// Creates a timestamp from the UNIX milliseconds of JavaScript's clock, rounded down to a second.
    pub fn from_millis(millis: f64) -> Self {
        // `as` saturates: NaN and negative times become 0.
        Self::from_seconds((millis / 1000.0) as u64)
    }

    /// Returns the UNIX seconds.
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// Returns the date in UTC. The local date would be wrong for eight hours a day at UTC+8.
    pub const fn utc_date(self) -> UtcDate {
        // The conversion follows Howard Hinnant's "chrono-compatible low-level date algorithms": years
        // begin on 1 March, so that the leap day is the last day of its year.
        let days = self.0 / SECONDS_PER_DAY + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months_since_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
        let (month, years_later) = if months_since_march < 10 {
            (months_since_march + 3, 0)
        } else {
            (months_since_march - 9, 1)
        };
        UtcDate {
            year: year_of_era + era * 400 + years_later,
            month,
            day,
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A calendar date. Displays as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UtcDate {
    year: u64,
    month: u64,
    day: u64,
}

impl fmt::Display for UtcDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date_at(seconds: u64) -> String {
        Timestamp::from_seconds(seconds).utc_date().to_string()
    }

    /// The values come from GNU date: `date -u -d @SECONDS +%F`.
    #[test]
    fn dates_are_right_at_the_edges_of_days_months_years_and_leap_years() {
        for (seconds, date) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_709_164_800, "2024-02-29"),
            (1_709_251_199, "2024-02-29"),
            (1_709_251_200, "2024-03-01"),
            (1_735_689_599, "2024-12-31"),
            (1_735_689_600, "2025-01-01"),
            (2_147_483_648, "2038-01-19"),
            (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
            (253_402_300_799, "9999-12-31"),
        ] {
            assert_eq!(date_at(seconds), date, "at {seconds}");
        }
    }

    /// Counts the proleptic Gregorian calendar day by day, from the epoch to the year 2500.
    #[test]
    fn every_day_follows_the_previous_day() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for days in 0.. {
            let expected = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(date_at(days * SECONDS_PER_DAY), expected);
            assert_eq!(date_at(days * SECONDS_PER_DAY + 86_399), expected);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            day += 1;
            if day > length {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
            if year == 2500 {
                break;
            }
        }
    }

    #[test]
    fn a_broken_clock_still_gives_a_timestamp() {
        for (millis, seconds) in [
            (1_718_438_950_999.9, "1718438950"),
            (-1.0, "0"),
            (f64::NAN, "0"),
            (f64::NEG_INFINITY, "0"),
            (f64::INFINITY, "253402300799"),
        ] {
            assert_eq!(Timestamp::from_millis(millis).to_string(), seconds);
        }
    }
}
