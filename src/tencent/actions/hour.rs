//! The hours in calls for statistics.

use std::fmt;

use crate::tc3::Timestamp;

/// An hour in Beijing time (UTC+8, without summer time). Displays as `YYYYMMDDHH`.
///
/// The time zone is inferred: the documents name none, and everything else in Tencent's SMS console is
/// in Beijing time.
#[derive(Clone, Copy, Debug)]
pub struct Hour(Timestamp);

const BEIJING_AHEAD_SECONDS: u64 = 8 * 60 * 60;

impl Hour {
    /// Returns the hour that contains a moment.
    pub const fn of(moment: Timestamp) -> Self {
        Self(Timestamp::from_seconds(
            moment.seconds() + BEIJING_AHEAD_SECONDS,
        ))
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0.utc_date().to_string().replace('-', "");
        let hour = self.0.seconds() / 3600 % 24;
        write!(formatter, "{date}{hour:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values come from GNU date: `TZ=Asia/Shanghai date -d @SECONDS +%Y%m%d%H`.
    #[test]
    fn hours_are_in_beijing_time() {
        for (seconds, expected) in [
            (0, "1970010108"),
            (1_718_438_950, "2024061516"),
            (1_709_222_399, "2024022923"),
            (1_709_222_400, "2024030100"),
            (1_735_660_799, "2024123123"),
            (1_735_660_800, "2025010100"),
        ] {
            let hour = Hour::of(Timestamp::from_seconds(seconds));
            assert_eq!(hour.to_string(), expected, "at {seconds}");
        }
    }
}
