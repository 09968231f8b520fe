//! The recipient's number.

use std::fmt;

/// A number in E.164: `+`, country calling code, national number. At most 15 digits.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

/// The longest number that E.164 allows, and the shortest in use anywhere with its calling code.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

impl PhoneNumber {
    /// Reads what Logto hands over: the digits of an E.164 number, as a rule without the `+`.
    ///
    /// Tencent reads digits without a `+` as mainland Chinese, so the sign is never left out:
    /// `18624017194` is a number in New Jersey here, and somebody else's phone there.
    pub fn parse(to: &str) -> Option<Self> {
        let digits = to.strip_prefix('+').unwrap_or(to);
        let digits = digits.strip_prefix("00").unwrap_or(digits);
        let is_number = DIGITS.contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            // No calling code begins with zero.
            && !digits.starts_with('0');
        is_number.then(|| Self(format!("+{digits}")))
    }
}

/// The E.164 text, for the wire.
impl fmt::Display for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PhoneNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(to: &str) -> Option<String> {
        PhoneNumber::parse(to).map(|number| number.to_string())
    }

    #[test]
    fn numbers_leave_with_a_plus() {
        for (to, expected) in [
            ("8613800138000", "+8613800138000"),
            ("18624017194", "+18624017194"),
            ("85291234567", "+85291234567"),
            ("+85291234567", "+85291234567"),
            ("008613800138000", "+8613800138000"),
            ("29047000", "+29047000"),
        ] {
            assert_eq!(e164(to).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for to in [
            "",
            "1",
            "+",
            "00000000000000000000",
            "0412345678",
            "1234567890123456",
            "++8613800138000",
            "86 138 0013 8000",
            "１３８００１３８０００",
            "user@example.com",
        ] {
            assert_eq!(e164(to), None, "{to}");
        }
    }

    #[test]
    fn debug_output_holds_no_number() {
        let number = PhoneNumber::parse("8613800138000");
        assert_eq!(format!("{number:?}"), "Some(PhoneNumber(…))");
    }
}
