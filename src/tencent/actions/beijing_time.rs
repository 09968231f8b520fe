//! Hours and moments in Beijing time (UTC+8, without summer time).
//!
//! The statistics take hours without a time zone. The zone is inferred: the documents name none, and
//! everything else in Tencent's SMS console is in Beijing time.

use std::fmt;

use crate::tc3::Timestamp;

/// An hour in a call for statistics. Displays as `YYYYMMDDHH`.
#[derive(Clone, Copy, Debug)]
pub struct Hour(Timestamp);

/// A moment for a person. Displays as `YYYY-MM-DD HH:MM:SS`.
#[derive(Clone, Copy, Debug)]
pub struct Moment(Timestamp);

const BEIJING_AHEAD_SECONDS: u64 = 8 * 60 * 60;

/// Returns the moment whose UTC time is the Beijing time of `moment`.
const fn in_beijing(moment: Timestamp) -> Timestamp {
    Timestamp::from_seconds(moment.seconds().saturating_add(BEIJING_AHEAD_SECONDS))
}

impl Hour {
    /// Returns the hour that contains a moment.
    pub const fn of(moment: Timestamp) -> Self {
        Self(in_beijing(moment))
    }
}

impl Moment {
    /// Returns the moment of a timestamp.
    pub const fn of(moment: Timestamp) -> Self {
        Self(in_beijing(moment))
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0.utc_date().to_string().replace('-', "");
        let hour = self.0.seconds() / 3600 % 24;
        write!(formatter, "{date}{hour:02}")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0.utc_date();
        let seconds = self.0.seconds();
        let (hour, minute) = (seconds / 3600 % 24, seconds / 60 % 60);
        write!(
            formatter,
            "{date} {hour:02}:{minute:02}:{:02}",
            seconds % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values come from GNU date: `TZ=Asia/Shanghai date -d @SECONDS +%Y%m%d%H`, and with
    /// `'+%F %T'`.
    #[test]
    fn hours_and_moments_are_in_beijing_time() {
        for (seconds, hour, moment) in [
            (0, "1970010108", "1970-01-01 08:00:00"),
            (1_718_438_950, "2024061516", "2024-06-15 16:09:10"),
            (1_709_222_399, "2024022923", "2024-02-29 23:59:59"),
            (1_709_222_400, "2024030100", "2024-03-01 00:00:00"),
            (1_735_660_799, "2024123123", "2024-12-31 23:59:59"),
            (1_735_660_800, "2025010100", "2025-01-01 00:00:00"),
        ] {
            let timestamp = Timestamp::from_seconds(seconds);
            assert_eq!(Hour::of(timestamp).to_string(), hour, "at {seconds}");
            assert_eq!(Moment::of(timestamp).to_string(), moment, "at {seconds}");
        }
    }
}
