//! References to a part of a key, and the rule for the places that they may lead to.
//!
//! Whoever can write the config must not be able to read the server's other secrets through it: the SecretId and
//! the token leave in clear. So only places that are evidently meant for this purpose are allowed.

use crate::step::{Content, Place, Reading};
use crate::text::{Text, id};

/// A reference to a place that may hold a part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(Place);

/// The beginnings of the allowed variables.
const VARIABLES: [&str; 2] = ["TENCENTCLOUD_", "TENCENT_SMS_"];
/// The folders of the allowed files, at any depth. `/var/run` is a link to `/run` on most systems.
const FOLDERS: [&str; 2] = ["/run/secrets/", "/var/run/secrets/"];
/// The beginning of the name of an allowed file.
const FILE_NAME: &str = "tencent";

/// The length of the longest reference. Real ones are much shorter.
const MAX_LENGTH: usize = 256;

impl Reference {
    /// The length of the longest text that a reference may lead to, in bytes.
    pub const MAX_BYTES: usize = 4096;

    /// Returns true for a text that is meant as a reference.
    pub fn is_meant_by(text: &str) -> bool {
        text.starts_with("env:") || text.starts_with("file:")
    }

    /// Parses `env:NAME` or `file:/path`, or returns `None` if the place is not allowed.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        if let Some(name) = text.strip_prefix("env:") {
            return is_allowed_variable(name).then(|| Self(Place::Env(name.to_owned())));
        }
        let path = text.strip_prefix("file:")?;
        is_allowed_file(path).then(|| Self(Place::File(path.to_owned())))
    }

    /// Returns the place.
    pub const fn place(&self) -> &Place {
        &self.0
    }

    /// Returns the text at the place, or the end of a sentence about the problem. The sentence names the
    /// place, and never quotes its content.
    pub fn text(&self, reading: &Reading) -> Result<String, Text> {
        let about = |id| Text::new(id).with("place", &self.0.reference());
        let Content { text, real_path } = match &reading.content {
            Ok(content) => content,
            Err(code) => {
                return Err(match code.as_str() {
                    "not set" => about(id::REFERENCE_NOT_SET),
                    "ENOENT" | "ENOTDIR" => about(id::REFERENCE_NO_FILE),
                    code => about(id::REFERENCE_UNREADABLE).with_text(
                        "reason",
                        Text::new(id::PLAIN).with("text", &code_only(code)),
                    ),
                });
            }
        };
        // A link may lead to a place that the config could not name.
        if matches!(self.0, Place::File(_)) && !real_path.as_deref().is_some_and(is_allowed_file) {
            return Err(about(id::REFERENCE_LINK));
        }
        let key = text.trim();
        let is_key = text.len() <= Self::MAX_BYTES
            && !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_graphic());
        match is_key {
            true => Ok(key.to_owned()),
            false => Err(about(id::REFERENCE_NOT_A_KEY)),
        }
    }
}

/// Returns the code, or `unknown` for a text that does not have the form of one.
fn code_only(code: &str) -> &str {
    let is_code = code.len() <= 32
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte == b' ');
    if is_code { code } else { "unknown" }
}

fn is_allowed_variable(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    VARIABLES
        .iter()
        .any(|beginning| name.len() > beginning.len() && name.starts_with(beginning))
        && name.bytes().all(is_part)
}

/// Returns true for an absolute path below one of the folders that has its shortest form, so that the text
/// shows where it leads.
fn is_allowed_file(path: &str) -> bool {
    let is_part = |part: &str| {
        !matches!(part, "" | "." | "..")
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-+=@,".contains(&byte))
    };
    let below = FOLDERS.iter().find_map(|folder| path.strip_prefix(folder));
    let mut name = "";
    for part in below.unwrap_or_default().split('/') {
        if !is_part(part) {
            return false;
        }
        name = part;
    }
    name.starts_with(FILE_NAME)
}

/// Returns true for a text in the form of a SecretId: `AKID`, or `IKID`, which was seen on the international
/// site, and more letters, digits, hyphens and underscores. Tencent does not document the form; it is inferred from the
/// examples in its documents. A SecretKey has 32 characters in all, a temporary SecretKey 44.
pub fn has_the_form_of_a_secret_id(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    ["AKID", "IKID"]
        .iter()
        .find_map(|beginning| text.strip_prefix(beginning))
        .is_some_and(|rest| rest.len() >= 32 && rest.bytes().all(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_and_files_that_are_meant_for_tencent_are_allowed() {
        for text in [
            "env:TENCENTCLOUD_SECRET_ID",
            "env:TENCENTCLOUD_SECRET_KEY",
            "env:TENCENT_SMS_KEY_2",
            "file:/run/secrets/tencent-secret-id",
            "file:/var/run/secrets/tencent_secret_key",
            "file:/run/secrets/sms/prod/tencentcloud.key",
            "file:/run/secrets/tencent",
            "file:/run/secrets/..data/tencent-id",
        ] {
            let reference = Reference::parse(text);
            assert_eq!(reference.unwrap().place().reference(), text);
        }
    }

    #[test]
    fn no_other_place_is_allowed() {
        for text in [
            "env:",
            "env:TENCENTCLOUD_",
            "env:TENCENT_SMS_",
            "env:TENCENT_SECRET_ID",
            "env:DB_URL",
            "env:XTENCENTCLOUD_SECRET_ID",
            "env: TENCENTCLOUD_SECRET_ID",
            "env:TENCENTCLOUD_SECRET_ID ",
            "env:TENCENTCLOUD_secret_id",
            "env:tencentcloud_SECRET_ID",
            "env:TENCENTCLOUD_SECRET_ID\0",
            "env:TENCENTCLOUD_SECRET_ID=",
            "env:TENCENTCLOUD_É",
            "ENV:TENCENTCLOUD_SECRET_ID",
            "env:file:/run/secrets/tencent",
            "file:",
            "file:/",
            "file:/run/secrets",
            "file:/run/secrets/",
            "file:/run/secrets/database",
            "file:/run/secrets/Tencent-id",
            "file:/run/secrets/tencent/database",
            "file:/run/secrets/tencent-id/",
            "file:/run/secrets/tencent/..",
            "file:/run/secrets/../secrets/tencent-id",
            "file:/run/secrets/../../etc/tencent",
            "file:/run/secrets/./tencent-id",
            "file:/run/secrets//tencent-id",
            "file://run/secrets/tencent-id",
            "file:///run/secrets/tencent-id",
            "file:run/secrets/tencent-id",
            "file:/run/secrets2/tencent-id",
            "file:/RUN/secrets/tencent-id",
            "file:/private/var/run/secrets/tencent-id",
            "file:/etc/tencent",
            "file:/proc/self/environ",
            "file:/run/secrets/tencent\0",
            "file:/run/secrets/tencent id",
            "file:/run/secrets/tencent%2f..%2fdatabase",
            "file:/run/secrets/tencent\\..\\database",
            "file:/run/secrets/腾讯/tencent",
            "file:/run/secrets/tencent\u{202e}",
            "File:/run/secrets/tencent-id",
            " file:/run/secrets/tencent-id",
        ] {
            assert_eq!(Reference::parse(text), None, "{text:?}");
        }
        let longest = ["env:TENCENTCLOUD_", &"A".repeat(MAX_LENGTH - 17)].concat();
        assert!(Reference::parse(&longest).is_some());
        assert!(Reference::parse(&[&longest, "A"].concat()).is_none());
    }

    #[test]
    fn a_secret_id_has_its_form() {
        for text in [
            // The examples of Tencent's documents and a temporary SecretId.
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
            "IKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
            "AKIDPvY2pmZ-dWJ5SxmVhyFfC6yEXAMPLE_4Yk2ZtbnXM7JmkL9TUG0Hqw",
        ] {
            assert!(has_the_form_of_a_secret_id(text), "{text}");
        }
        for text in [
            "",
            "AKID",
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EX",
            "akidz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
            "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPL=",
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3/EXAMPLE",
            " AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        ] {
            assert!(!has_the_form_of_a_secret_id(text), "{text}");
        }
    }
}
