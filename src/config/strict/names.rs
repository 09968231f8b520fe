//! Other spellings of a known name, and what was probably meant by them.

use crate::invisible::is_invisible;

/// Names that other connectors, Tencent's API or its SDKs use for the same thing, each in lower case without
/// separators, and the name here. Only names that the distance does not find stand here.
const ALIASES: [(&str, &str); 20] = [
    ("secretid", "accessKeyId"),
    ("secretkey", "accessKeySecret"),
    ("sign", "signName"),
    ("signature", "signName"),
    ("smssign", "signName"),
    ("appid", "sdkAppId"),
    ("smssdkappid", "sdkAppId"),
    ("templateid", "templateCode"),
    ("language", "locale"),
    ("lang", "locale"),
    ("token", "securityToken"),
    ("sessiontoken", "securityToken"),
    ("timeout", "timeoutSeconds"),
    ("mainland", "china"),
    ("domestic", "china"),
    ("global", "overseas"),
    ("international", "overseas"),
    ("intl", "overseas"),
    ("verificationcode", "code"),
    ("verifycode", "code"),
];

/// The longest spelling that is compared, in bytes. The longest known name has 24.
const LONGEST: usize = 40;

/// Returns the known name that `text` is another spelling of, or `None` if it is a known name itself or
/// resembles none. A name that begins with a punctuation mark, such as `_endpoint` or `$schema`, resembles
/// none, because this is how people write notes and switch keys off.
pub(in crate::config) fn near_miss(text: &str, names: &[&'static str]) -> Option<&'static str> {
    if names.contains(&text) || is_note(text) {
        return None;
    }
    let spelling: String = text
        .chars()
        .filter(|letter| !matches!(letter, '_' | '-') && !is_invisible(*letter))
        .take(LONGEST + 1)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    if spelling.len() > LONGEST {
        return None;
    }
    let is_alias = |name: &str| ALIASES.contains(&(spelling.as_str(), name));
    let is_within = |name: &str, edits| is_within(spelling.as_bytes(), name.as_bytes(), edits);
    let find = |is_near: &dyn Fn(&str) -> bool| names.iter().copied().find(|name| is_near(name));
    find(&|name| is_within(name, 0))
        .or_else(|| find(&is_alias))
        .or_else(|| find(&|name| is_within(name, 1.min(most_edits(name)))))
        .or_else(|| find(&|name| is_within(name, most_edits(name))))
}

/// Returns true for a key that begins with a punctuation mark.
pub fn is_note(key: &str) -> bool {
    key.starts_with(|letter: char| letter.is_ascii_punctuation())
}

/// Returns the most edits by which another spelling of a name may differ. A short name has many neighbours
/// that mean something else.
const fn most_edits(name: &str) -> u8 {
    match name.len() {
        ..=3 => 0,
        4..=12 => 1,
        _ => 2,
    }
}

/// Returns true if at most so many edits make `name` of `spelling`. An edit replaces, adds or removes a
/// letter, or exchanges two neighbours. The case of the name does not count. Each call reads both texts up to
/// their first difference and makes at most four calls with one edit less, so the time is linear.
fn is_within(spelling: &[u8], name: &[u8], edits: u8) -> bool {
    let (Some((first, after)), Some((of_name, after_name))) =
        (spelling.split_first(), name.split_first())
    else {
        return spelling.len() + name.len() <= usize::from(edits);
    };
    if first.eq_ignore_ascii_case(of_name) {
        return is_within(after, after_name, edits);
    }
    let Some(edits) = edits.checked_sub(1) else {
        return false;
    };
    let is_exchanged = || match (after.split_first(), after_name.split_first()) {
        (Some((second, after)), Some((second_of_name, after_name))) => {
            first.eq_ignore_ascii_case(second_of_name)
                && second.eq_ignore_ascii_case(of_name)
                && is_within(after, after_name, edits)
        }
        _ => false,
    };
    is_within(after, after_name, edits)
        || is_within(after, name, edits)
        || is_within(spelling, after_name, edits)
        || is_exchanged()
}

/// The longest unknown key that is always named. No known key is longer.
const LONGEST_NAMED: usize = 24;
/// The longest unknown key that is named if it consists of words.
const LONGEST_OF_WORDS: usize = 64;

/// Returns true for a key that looks like an API key. It must not be printed.
pub fn may_be_secret(key: &str) -> bool {
    let count = |is_counted: fn(&u8) -> bool| key.bytes().filter(is_counted).count();
    // A random text of 32 letters and digits has a digit, or capitals in about half of its places.
    let has_words = count(u8::is_ascii_digit) == 0
        && 4 * count(u8::is_ascii_uppercase) <= count(u8::is_ascii_lowercase);
    key.len() > LONGEST_NAMED && !(key.len() <= LONGEST_OF_WORDS && has_words)
}

// The property tests are a dependency of native builds only.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEYS: [&str; 9] = [
        "accessKeyId",
        "accessKeySecret",
        "signName",
        "sdkAppId",
        "region",
        "templates",
        "overseas",
        "allowedCallingCodes",
        "timeoutSeconds",
    ];

    #[test]
    fn another_spelling_of_a_name_finds_the_name() {
        for (spelling, expected) in [
            ("singName", Some("signName")),
            ("sign_name", Some("signName")),
            ("SignName", Some("signName")),
            ("sign name", Some("signName")),
            ("SIGN-NAME", Some("signName")),
            ("\u{feff}signName\u{200b}", Some("signName")),
            ("signNam", Some("signName")),
            ("signNames", Some("signName")),
            ("sdkappid", Some("sdkAppId")),
            ("SDKAppID", Some("sdkAppId")),
            ("SmsSdkAppId", Some("sdkAppId")),
            ("secret_id", Some("accessKeyId")),
            ("SecretKey", Some("accessKeySecret")),
            ("acessKeySecert", Some("accessKeySecret")),
            ("allowedCallingCode", Some("allowedCallingCodes")),
            ("allowCallingCode", None),
            ("timeout", Some("timeoutSeconds")),
            ("regoin", Some("region")),
            ("template", Some("templates")),
            ("signName", None),
            ("comment", None),
            ("", None),
            ("$schema", None),
            ("_signName", None),
            ("//region", None),
            ("SessionContext", None),
            ("ExtendCode", None),
            ("签名", None),
            ("reason", None),
            ("surname", None),
        ] {
            assert_eq!(near_miss(spelling, &KEYS), expected, "{spelling}");
        }
        // A name of another object is not meant here.
        assert_eq!(near_miss("mainland", &KEYS), None);
        assert_eq!(near_miss("mainland", &["china", "overseas"]), Some("china"));
    }

    #[test]
    fn every_alias_is_one_that_the_distance_does_not_find() {
        for (alias, name) in ALIASES {
            assert!(
                !is_within(alias.as_bytes(), name.as_bytes(), most_edits(name)),
                "{alias}"
            );
            assert_eq!(near_miss(alias, &[name]), Some(name));
        }
    }

    /// The strategy knows which edits it makes.
    #[test]
    fn a_name_with_one_edit_is_found() {
        let edited = (
            prop::sample::select(&KEYS[..]),
            any::<prop::sample::Index>(),
            0..4,
        )
            .prop_map(|(name, index, edit)| {
                let mut letters: Vec<char> = name.chars().collect();
                let last = letters.len() - 1;
                let at = index.index(last);
                match edit {
                    0 => letters[at] = 'q',
                    1 => letters.insert(at, 'q'),
                    2 => {
                        letters.remove(at);
                    }
                    _ => letters.swap(at, at + 1),
                }
                (name, letters.into_iter().collect::<String>())
            });
        proptest!(|((name, spelling) in edited)| {
            let expected = if spelling == name { None } else { Some(name) };
            prop_assert_eq!(near_miss(&spelling, &KEYS), expected);
        });
    }

    #[test]
    fn a_key_with_the_form_of_an_api_key_may_be_secret() {
        for key in [
            "AKIDEXAMPLE0000000000000000000000000",
            "SANDBOX0not0a0real0key0000000000",
            "abcdefabcdefabcdefabcdef01234567",
            "QwErTyUiOpAsDfGhJkLzXcVbNmQwErTy",
        ] {
            assert!(may_be_secret(key), "{key}");
        }
        for key in [
            "comment",
            "bareNumbersAreMainlandChinese",
            "allowed_country_calling_codes_of_our_shop",
        ] {
            assert!(!may_be_secret(key), "{key}");
        }
    }
}
