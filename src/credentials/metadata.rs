//! The metadata service of Tencent Cloud's machines, which gives the keys of the machine's role.
//!
//! Source: `cvm_role_credential.js` of Tencent's Node SDK. The service is reached by plain http and knows no
//! signature.

use crate::json::Value;
use crate::step::HttpRequest;
use crate::tencent::Endpoint;

/// The path of the list of roles, and of the keys of each role.
const PATH: &str = "latest/meta-data/cam/security-credentials/";

/// The name of a CAM role. Its characters are those that CAM allows, so that the name is one segment of a path
/// in every URL parser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleName(pub(super) String);

/// The length of the longest name that CAM allows.
const MAX_LENGTH: usize = 128;

impl RoleName {
    /// Parses a name.
    pub fn parse(name: &str) -> Option<Self> {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
        let is_name = (1..=MAX_LENGTH).contains(&name.len())
            && name.bytes().all(is_part)
            // A segment of dots leads to another folder.
            && !name.bytes().all(|byte| byte == b'.');
        is_name.then(|| Self(name.to_owned()))
    }
}

/// Builds the request for the name of the machine's role, or for the key of a role.
pub(super) fn request(action: String, role: Option<&RoleName>) -> HttpRequest {
    let mut url = Endpoint::metadata().url();
    url.push_str(PATH);
    if let Some(RoleName(name)) = role {
        url.push_str(name);
    }
    HttpRequest {
        action,
        url,
        method: "GET",
        headers: Vec::new(),
        body: String::new(),
    }
}

/// Reads the name of the machine's role. A machine has at most one.
pub(super) fn role_name(body: &str) -> Option<RoleName> {
    RoleName::parse(body.trim())
}

/// Takes the fields of the key out of an answer, or returns `None` if the answer is no success.
pub(super) fn key(body: &str) -> Option<Value> {
    let answer = Value::parse(body.trim())?;
    (answer.get("Code")?.as_str()? == "Success").then_some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_one_segment_of_a_path_is_not_a_role() {
        let longest = "a".repeat(MAX_LENGTH);
        for name in [
            "CVM-SMS_Role",
            "a",
            "a@b",
            "a.b",
            "..a",
            "x+=,.@-_9",
            &longest,
        ] {
            let url = request(String::new(), RoleName::parse(name).as_ref()).url;
            let expected =
                "http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/";
            assert_eq!(url, [expected, name].concat());
        }
        let too_long = "a".repeat(MAX_LENGTH + 1);
        for name in [
            "",
            ".",
            "..",
            "...",
            "a/b",
            "../user-data",
            "..%2fuser-data",
            "a?b",
            "a#b",
            "a\\b",
            "a:b",
            "a b",
            " a",
            "a\n",
            "a\r\nX-Header: 1",
            "a\0",
            "角色",
            "a;b",
            "a&b",
            &too_long,
        ] {
            assert_eq!(RoleName::parse(name), None, "{name:?}");
        }
    }
}
