//! A limit as a token bucket: so many messages in such a time.

use std::fmt;

use crate::invisible::trimmed;

/// A time in microseconds. A time of whole milliseconds would make the share of one message inexact by
/// several percent where a limit allows hundreds of messages a second. Times up to the year 2255 are exact
/// integers in the floating-point numbers of JavaScript and Lua, too.
pub type Time = u64;

const SECOND: Time = 1_000_000;

/// The units of a limit's time, the longest first.
const UNITS: [(char, Time); 4] = [
    ('d', 24 * 60 * 60 * SECOND),
    ('h', 60 * 60 * SECOND),
    ('m', 60 * SECOND),
    ('s', SECOND),
];

/// The most digits of a limit's number of messages and of its time.
const MESSAGES_DIGITS: usize = 6;
const PERIOD_DIGITS: usize = 4;

/// A limit, such as `20/1h`: 20 places, each of which is free again an hour divided by 20 after it was
/// taken and all others before it are free.
///
/// At most 20 messages are sent at once, and 20 more in the hour after that, one every three minutes. So
/// no hour has more than 40 messages, and no day more than 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    messages: u64,
    period: Time,
}

impl Rate {
    /// Parses a limit, such as `20/1h`: up to 999,999 messages in up to 9,999 `s`, `m`, `h` or `d`.
    pub fn parse(text: &str) -> Option<Self> {
        let (messages, period) = text.split_once('/')?;
        let (period, unit) = UNITS
            .iter()
            .find_map(|(name, unit)| Some((trimmed(period).strip_suffix(*name)?, unit)))?;
        Some(Self {
            messages: whole_number(messages, MESSAGES_DIGITS)?,
            period: whole_number(period, PERIOD_DIGITS)? * unit,
        })
    }

    /// Takes a place. `all_free_at` is the time at which all places are free. Returns the new such time, or
    /// `None` if no place is free.
    pub fn take(self, all_free_at: Time, now: Time) -> Option<Time> {
        let all_free_at = all_free_at.max(now).saturating_add(self.share());
        (all_free_at.saturating_sub(now) <= self.longest()).then_some(all_free_at)
    }

    /// Gives a place back. Returns the new time at which all places are free.
    ///
    /// If all places became free after the place was taken, one more message can be sent than without the
    /// taken place. The error lets a message out and refuses none.
    pub const fn give_back(self, all_free_at: Time) -> Time {
        all_free_at.saturating_sub(self.share())
    }

    /// Returns the number of places.
    pub const fn messages(self) -> u64 {
        self.messages
    }

    /// Returns the number of taken places, if all places are free after this time.
    pub fn taken(self, free_in: Time) -> u64 {
        free_in.div_ceil(self.share()).min(self.messages)
    }

    /// Returns the time after which a taken place is free again, rounded up.
    pub(super) const fn share(self) -> Time {
        self.period.div_ceil(self.messages)
    }

    /// Returns the time after which all places are free if all are taken.
    pub(super) const fn longest(self) -> Time {
        self.share().saturating_mul(self.messages)
    }
}

/// Parses a positive number of at most so many digits, without a sign.
fn whole_number(text: &str, most_digits: usize) -> Option<u64> {
    let text = trimmed(text);
    let is_short = text.len() <= most_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_short.then(|| text.parse().ok()).flatten();
    number.filter(|number| *number > 0)
}

/// Writes the limit in its longest unit: `20/1h` for `20/60m`.
impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = UNITS
            .iter()
            .find(|(_, unit)| self.period.is_multiple_of(*unit));
        let (name, unit) = whole.unwrap_or(&('s', SECOND));
        write!(formatter, "{}/{}{name}", self.messages, self.period / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_a_number_of_messages_and_a_time() {
        for (text, written) in [
            ("20/1h", "20/1h"),
            (" 5 / 60 m ", "5/1h"),
            ("1/1s", "1/1s"),
            ("200/90s", "200/90s"),
            ("999999/1s", "999999/1s"),
            ("7/48h", "7/2d"),
            ("20000/9999d", "20000/9999d"),
            ("005/01h", "5/1h"),
        ] {
            let rate = Rate::parse(text).unwrap();
            assert_eq!(rate.to_string(), written, "{text}");
        }
        for text in [
            "",
            "/",
            "20",
            "20/",
            "/1h",
            "20/h",
            "20/1",
            "0/1h",
            "20/0h",
            "-1/1h",
            "+1/1h",
            "1.5/1h",
            "20/1w",
            "20/1H",
            "20/1h30m",
            "20 per 1h",
            "1000000/1s",
            "20/10000s",
            "1e3/1h",
            "20/1hour",
            "20/-1h",
            "20/99999999999999999999d",
            "２０/1h",
        ] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }
}
