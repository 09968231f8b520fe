//! The hours that statistics are asked by.

use std::fmt;

use crate::tc3::Timestamp;

/// An hour, written `YYYYMMDDHH`.
///
/// In Beijing's time (UTC+8, without summer time). Inferred: the documents name no time zone, and
/// everything else in Tencent's SMS console is in that one.
#[derive(Clone, Copy, Debug)]
pub struct Hour(Timestamp);

const BEIJING_AHEAD_SECONDS: u64 = 8 * 60 * 60;

impl Hour {
    /// The hour that holds a moment.
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

    /// Values from GNU date: `TZ=Asia/Shanghai date -d @SECONDS +%Y%m%d%H`.
    #[test]
    fn hours_are_beijings() {
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
