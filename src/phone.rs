//! The recipient's phone number and its route: Tencent's mainland or overseas service.

use std::fmt;

use crate::text::{Id, id};
use std::ops::RangeInclusive;

/// The side of a number in Tencent's division of the world. Each side has its own templates, signatures
/// and prices. Hong Kong, Macao and Taiwan are overseas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The mainland of China: `+86` and a mobile number.
    Mainland,
    /// All other countries and regions.
    Overseas,
}

impl Route {
    /// Returns the name of the side for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mainland => "mainland",
            Self::Overseas => "overseas",
        }
    }

    /// Both routes.
    pub const BOTH: [Self; 2] = [Self::Mainland, Self::Overseas];

    /// Returns the other route.
    pub const fn other(self) -> Self {
        match self {
            Self::Mainland => Self::Overseas,
            Self::Overseas => Self::Mainland,
        }
    }
}

/// The interpretation of eleven digits that could be a mainland mobile number without a calling code.
///
/// The form of the digits does not decide it: two thirds of all North American numbers, written as `1…`,
/// could be mainland mobile numbers too. Logto's own form always writes the calling code. Bare numbers
/// come from older records and from callers of the Management API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BareNumbers {
    /// `+1` and a North American number, which is the interpretation of Logto's form.
    #[default]
    NorthAmerican,
    /// `+86` and a mainland mobile number. North American numbers with area codes from 3 to 9 cannot be
    /// reached with this setting.
    Mainland,
}

/// A number in E.164: `+`, country calling code, national number.
#[derive(Clone)]
pub struct PhoneNumber {
    /// The digits of the number, without the `+`.
    digits: String,
    route: Route,
    is_bare: bool,
}

/// The allowed numbers of digits, including the calling code. The upper limit is that of E.164. The lower
/// limit is the length of the world's shortest mobile numbers (Niue, Tokelau).
const LENGTHS: RangeInclusive<usize> = 7..=15;

const MAINLAND: &str = "86";

impl PhoneNumber {
    /// Parses the number that Logto passes: the digits of an E.164 number, usually without the `+`. The
    /// prefixes `+` and `00`, and one trunk zero after `86`, are accepted. The error is the id of a text
    /// about the correct form.
    ///
    /// Tencent interprets digits without a `+` as a mainland Chinese number, so the `+` is always sent:
    /// `18624017194` is a number in New Jersey for Logto, but a different person's phone for Tencent.
    pub fn parse(to: &str, bare_numbers: BareNumbers) -> Result<Self, Id> {
        let international = to.strip_prefix('+').or_else(|| to.strip_prefix("00"));
        let digits = international.unwrap_or(to);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(id::PHONE_DIGITS);
        }
        if digits.starts_with('0') {
            return Err(id::PHONE_ZERO);
        }
        if let Some(national) = digits.strip_prefix(MAINLAND) {
            let national = national.strip_prefix('0').unwrap_or(national);
            return Self::mainland(national).ok_or(id::PHONE_MAINLAND);
        }
        if international.is_none()
            && bare_numbers == BareNumbers::Mainland
            && let Some(number) = Self::mainland(digits)
        {
            return Ok(number);
        }
        if !LENGTHS.contains(&digits.len()) {
            return Err(id::PHONE_LENGTH);
        }
        Ok(Self {
            digits: digits.to_owned(),
            route: Route::Overseas,
            is_bare: international.is_none() && Self::mainland(digits).is_some(),
        })
    }

    /// Parses a mainland mobile number in the form `^1[3-9]\d{9}$`.
    fn mainland(national: &str) -> Option<Self> {
        let [b'1', b'3'..=b'9', rest @ ..] = national.as_bytes() else {
            return None;
        };
        (rest.len() == 9).then(|| Self {
            digits: format!("{MAINLAND}{national}"),
            route: Route::Mainland,
            is_bare: false,
        })
    }

    /// Returns true if the number was interpreted as North American, and was written like a mainland mobile
    /// number without its calling code.
    pub const fn is_bare(&self) -> bool {
        self.is_bare
    }

    /// Returns the side of the number.
    pub const fn route(&self) -> Route {
        self.route
    }

    /// Returns the digits of the number, without the `+`.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Returns all digits except the last four. The numbers that share them are a block of 10,000, which
    /// usually belongs to one operator.
    pub fn range(&self) -> &str {
        let length = self.digits.len().saturating_sub(4);
        self.digits.get(..length).unwrap_or_default()
    }

    /// Returns the country calling code.
    pub fn calling_code(&self) -> &str {
        let length = calling_code_length(&self.digits);
        self.digits.get(..length).unwrap_or_default()
    }

    /// Returns true if `number`, which Tencent usually writes in E.164, belongs to the same subscriber.
    /// Also returns true for a text without digits, which does not name another subscriber.
    pub fn matches(&self, number: &str) -> bool {
        let digits = number.bytes().filter(u8::is_ascii_digit);
        let digits: String = digits.map(char::from).collect();
        let digits = digits.strip_prefix("00").unwrap_or(&digits);
        digits.is_empty() || subscriber(digits) == subscriber(&self.digits)
    }
}

/// The calling codes whose national numbers do not use a zero as a trunk prefix, but begin with a zero that
/// distinguishes subscribers: Italy and Ascension.
const SIGNIFICANT_ZERO: [&str; 2] = ["39", "247"];

/// Returns the calling code and the shortest form of the national number. `digits` begins with the calling
/// code. The shortest form lacks the trunk zero, and the digits that mobile numbers of Mexico (`1`, until
/// 2019) and Argentina (`9`) have between calling code and area code.
fn subscriber(digits: &str) -> (&str, &str) {
    let (code, national) = digits
        .split_at_checked(calling_code_length(digits))
        .unwrap_or((digits, ""));
    let national = match national.strip_prefix('0') {
        Some(rest) if !SIGNIFICANT_ZERO.contains(&code) => rest,
        _ => national,
    };
    let mobile_digit = match code {
        "52" => "1",
        "54" => "9",
        _ => return (code, national),
    };
    // Without this digit, the national numbers of both countries have ten digits.
    let shortest = national.strip_prefix(mobile_digit);
    (
        code,
        shortest.filter(|rest| rest.len() == 10).unwrap_or(national),
    )
}

/// Compares the numbers, not the forms in which they were written.
/// Returns a number without the spaces, hyphens and parentheses that people, unlike Logto, write in it.
pub fn without_punctuation(number: &str) -> String {
    number.replace([' ', '-', '(', ')'], "")
}

impl PartialEq for PhoneNumber {
    fn eq(&self, other: &Self) -> bool {
        self.digits == other.digits
    }
}

impl Eq for PhoneNumber {}

/// Writes the number in E.164.
impl fmt::Display for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "+{}", self.digits)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PhoneNumber({:?}, …)", self.route)
    }
}

/// A country calling code, which the first digits of a national number may follow: `86`, `1`, `1876`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallingCode(String);

/// The calling codes with one digit. All calling codes that begin with neither these nor `TWO_DIGITS`
/// have three digits.
const ONE_DIGIT: [char; 2] = ['1', '7'];
/// The calling codes with two digits.
const TWO_DIGITS: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 \
                          60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";

impl CallingCode {
    /// Parses a code such as `86` or `+86`. Returns `None` for a text that is not a code, or only the
    /// beginning of one, because `85` would allow every code from 850 to 859.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let is_code = digits.len() <= *LENGTHS.start()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
            && digits.len() >= calling_code_length(digits);
        is_code.then(|| Self(digits.to_owned()))
    }

    /// Returns true if the number begins with this code.
    pub fn covers(&self, number: &PhoneNumber) -> bool {
        number.digits.starts_with(&self.0)
    }

    /// Returns the digits of the code.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Returns true if all numbers of that side begin with this code.
    pub fn covers_all_of(&self, route: Route) -> bool {
        route == Route::Mainland && self.0 == MAINLAND
    }

    /// Returns true if numbers of that side can begin with this code.
    pub fn may_lead_to(&self, route: Route) -> bool {
        // Only mainland mobile numbers begin with 86, because the parser rejects all others.
        self.0.starts_with(MAINLAND) == (route == Route::Mainland)
    }
}

fn calling_code_length(digits: &str) -> usize {
    if digits.starts_with(ONE_DIGIT) {
        1
    } else if TWO_DIGITS.split(' ').any(|code| digits.starts_with(code)) {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(to: &str, bare_numbers: BareNumbers) -> Option<(String, Route)> {
        let number = PhoneNumber::parse(to, bare_numbers).ok()?;
        Some((number.to_string(), number.route()))
    }

    fn assert_read(to: &str, expected: &str, route: Route) {
        let expected = Some((expected.to_owned(), route));
        assert_eq!(read(to, BareNumbers::NorthAmerican), expected, "{to}");
    }

    #[test]
    fn mainland_numbers_are_parsed_in_every_form_with_a_calling_code() {
        for to in [
            "8613800138000",
            "+8613800138000",
            "008613800138000",
            "86013800138000",
            "+86013800138000",
        ] {
            assert_read(to, "+8613800138000", Route::Mainland);
        }
    }

    #[test]
    fn all_other_numbers_are_overseas() {
        for (to, expected) in [
            ("18624017194", "+18624017194"),
            ("13800138000", "+13800138000"),
            ("+13012345678", "+13012345678"),
            ("85291234567", "+85291234567"),
            ("85366123456", "+85366123456"),
            ("886912345678", "+886912345678"),
            ("61412345678", "+61412345678"),
            ("0061412345678", "+61412345678"),
            ("6834002", "+6834002"),
            ("123456789012345", "+123456789012345"),
        ] {
            assert_read(to, expected, Route::Overseas);
        }
    }

    #[test]
    fn bare_numbers_are_mainland_if_the_config_says_so() {
        let bare = |to| read(to, BareNumbers::Mainland).map(|(number, _)| number);
        assert_eq!(bare("13800138000").as_deref(), Some("+8613800138000"));
        // These numbers are not bare, because they have a prefix, or are not mainland mobile numbers.
        assert_eq!(bare("+13800138000").as_deref(), Some("+13800138000"));
        assert_eq!(bare("0013800138000").as_deref(), Some("+13800138000"));
        assert_eq!(bare("12025550123").as_deref(), Some("+12025550123"));
        assert_eq!(bare("85291234567").as_deref(), Some("+85291234567"));
    }

    #[test]
    fn only_a_north_american_number_in_the_form_of_a_mainland_mobile_is_bare() {
        let is_bare = |to, bare_numbers| PhoneNumber::parse(to, bare_numbers).unwrap().is_bare();
        assert!(is_bare("13800138000", BareNumbers::NorthAmerican));
        assert!(is_bare("18624017194", BareNumbers::NorthAmerican));
        for to in [
            "+13800138000",
            "0013800138000",
            "8613800138000",
            "12025550123",
            "85291234567",
            "1380013800",
            "138001380001",
        ] {
            assert!(!is_bare(to, BareNumbers::NorthAmerican), "{to}");
        }
        assert!(!is_bare("13800138000", BareNumbers::Mainland));
    }

    #[test]
    fn invalid_numbers_are_rejected() {
        for to in [
            "",
            "1",
            "+",
            "00",
            "00000000000000000000",
            "0412345678",
            "123456",
            "1234567890123456",
            "++8613800138000",
            "+008613800138000",
            "86 138 0013 8000",
            "１３８００１３８０００",
            "user@example.com",
            // The numbers after 86 are a landline, one digit too short, one digit too long, with two
            // trunk zeros, and not a mobile number.
            "861064648898",
            "861380013800",
            "86138001380001",
            "860013800138000",
            "8612800138000",
        ] {
            assert_eq!(read(to, BareNumbers::NorthAmerican), None, "{to}");
            assert_eq!(read(to, BareNumbers::Mainland), None, "{to}");
        }
    }

    #[test]
    fn a_number_matches_tencents_form_of_it() {
        let number = PhoneNumber::parse("18624017194", BareNumbers::NorthAmerican).unwrap();
        assert!(number.matches("+18624017194"));
        assert!(number.matches("18624017194"));
        assert!(!number.matches("+8618624017194"));
    }

    /// `tests/host/other-number.test.js` compares every region with a phone library.
    #[test]
    fn a_number_matches_other_forms_of_the_same_subscriber() {
        for (to, same, other) in [
            ("610412345678", "+61412345678", "+61412345679"),
            ("61412345678", "+61 (0)412 345-678", "+61 412 345 67"),
            ("8613800138000", "0086-138-0013-8000", "+86 138 0013 8001"),
            ("8613800138000", "+86013800138000", "+13800138000"),
            ("525512345678", "+5215512345678", "+5215512345679"),
            ("5215512345678", "+525512345678", "+52155123456"),
            ("541123456789", "+5491123456789", "+5481123456789"),
            ("5491123456789", "+54 11 2345-6789", "+549112345678"),
            ("393123456789", "+39 312 345 6789", "+3903123456789"),
            ("24740123", "+247 40123", "+247040123"),
            ("18624017194", "", "+8618624017194"),
            ("18624017194", " - ", "1"),
            ("18624017194", "(1) 862.401.7194", "0"),
        ] {
            let number = PhoneNumber::parse(to, BareNumbers::NorthAmerican).unwrap();
            assert!(number.matches(same), "{to} {same}");
            assert!(!number.matches(other), "{to} {other}");
        }
    }

    #[test]
    fn a_number_has_a_range_and_a_calling_code() {
        for (to, range, calling_code) in [
            ("8613800138000", "861380013", "86"),
            ("18765551234", "1876555", "1"),
            ("77001234567", "7700123", "7"),
            ("85291234567", "8529123", "852"),
            ("6834002", "683", "683"),
        ] {
            let number = PhoneNumber::parse(to, BareNumbers::NorthAmerican).unwrap();
            assert_eq!(
                (number.range(), number.calling_code()),
                (range, calling_code)
            );
        }
    }

    #[test]
    fn debug_output_contains_no_number() {
        let number = PhoneNumber::parse("8613800138000", BareNumbers::Mainland);
        assert_eq!(format!("{number:?}"), "Ok(PhoneNumber(Mainland, …))");
    }

    #[test]
    fn calling_codes_are_complete_and_may_be_longer() {
        for code in ["1", "7", "86", "+86", "852", "1876", "7495", "881", "4479"] {
            assert!(CallingCode::parse(code).is_some(), "{code}");
        }
        for text in [
            "", "+", "0", "0086", "8", "85", "2", "21", "abc", "8６", "86 ", "12345678",
        ] {
            assert_eq!(CallingCode::parse(text), None, "{text}");
        }
        let number = PhoneNumber::parse("18765551234", BareNumbers::NorthAmerican).unwrap();
        let covers = |code| CallingCode::parse(code).unwrap().covers(&number);
        assert!(covers("1") && covers("1876"));
        assert!(!covers("1242") && !covers("86"));
    }
}
