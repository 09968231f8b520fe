//! Step 3: the keys, and the signature they make.
//!
//! `SecretKey → SecretDate → SecretService → SecretSigning`, each the HMAC-SHA256 of one part of the
//! credential scope under the key before it.

use std::cell::RefCell;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::digest::write_hex;
use super::{CredentialScope, StringToSign, TERMINATION, UtcDate};

/// What a Tencent Cloud account signs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Names the key; travels in `Authorization`.
    pub secret_id: SecretId,
    /// Never travels.
    pub secret_key: SecretKey,
    /// Goes with temporary keys (STS), in `X-TC-Token`, unsigned.
    pub token: Option<SecurityToken>,
}

/// `SecretId`. No secret by itself, but half of a login: not for logs.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretId(String);

/// `SecretKey`. Overwritten when it is dropped, as the keys derived from it are.
#[derive(Clone)]
pub struct SecretKey {
    text: Zeroizing<String>,
    /// What was derived from it last: requests in a row are of one day and service, as a rule.
    last_signing: RefCell<Option<(UtcDate, String, SecretSigning)>>,
}

/// The token of temporary keys.
#[derive(Clone, PartialEq, Eq)]
pub struct SecurityToken(String);

impl SecretId {
    /// Takes the text as it is. It must be fit for an HTTP header.
    pub const fn new(text: String) -> Self {
        Self(text)
    }
}

impl SecretKey {
    /// Takes the text as it is.
    pub fn new(text: String) -> Self {
        Self {
            text: Zeroizing::new(text),
            last_signing: RefCell::default(),
        }
    }

    /// The key that signs within a scope. Kept until one for another scope is asked for.
    pub fn secret_signing(&self, scope: CredentialScope<'_>) -> SecretSigning {
        let mut last = self.last_signing.borrow_mut();
        if let Some((date, service, key)) = &*last
            && *date == scope.date
            && service == scope.service
        {
            return key.clone();
        }
        let date = self.secret_date(scope.date);
        let key = date.secret_service(scope.service).secret_signing();
        *last = Some((scope.date, scope.service.to_owned(), key.clone()));
        key
    }

    /// The key of one day.
    pub fn secret_date(&self, date: UtcDate) -> SecretDate {
        let key = Zeroizing::new(["TC3", self.text.as_str()].concat());
        SecretDate(derive(key.as_bytes(), &date.to_string()))
    }
}

/// Both are the operator's own: how long it takes to compare them tells nobody anything.
impl PartialEq for SecretKey {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for SecretKey {}

impl SecurityToken {
    /// Takes the text as it is. It must be fit for an HTTP header.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for `X-TC-Token`.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// For the `Authorization` header, its only use.
impl fmt::Display for SecretId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// `SecretDate`: the key of one day.
#[derive(Clone)]
pub struct SecretDate(pub(super) Zeroizing<[u8; 32]>);

/// `SecretService`: the key of one day and service.
#[derive(Clone)]
pub struct SecretService(pub(super) Zeroizing<[u8; 32]>);

/// `SecretSigning`: the key that signs.
#[derive(Clone)]
pub struct SecretSigning(pub(super) Zeroizing<[u8; 32]>);

impl SecretDate {
    /// The key of `service` on this day.
    pub fn secret_service(&self, service: &str) -> SecretService {
        SecretService(derive(self.0.as_slice(), service))
    }
}

impl SecretService {
    /// The key that signs this day's requests to this service.
    pub fn secret_signing(&self) -> SecretSigning {
        SecretSigning(derive(self.0.as_slice(), TERMINATION))
    }
}

impl SecretSigning {
    /// Signs.
    pub fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        Signature(hmac_sha256(self.0.as_slice(), &string_to_sign.to_string()))
    }
}

/// `Signature`. Displays as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature([u8; 32]);

impl fmt::Display for Signature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, formatter)
    }
}

fn derive(key: &[u8], message: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hmac_sha256(key, message))
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
fn hmac_sha256(key: &[u8], message: &str) -> [u8; 32] {
    Hmac::<Sha256>::new_from_slice(key)
        .expect("HMAC takes keys of every length")
        .chain_update(message)
        .finalize()
        .into_bytes()
        .into()
}

/// Debug output that shows the type and nothing of what it holds.
macro_rules! redact_debug {
    ($($type:ident)*) => {
        $(impl fmt::Debug for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($type), "(…)"))
            }
        })*
    };
}

redact_debug! { SecretId SecretKey SecurityToken SecretDate SecretService SecretSigning }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tc3::Timestamp;

    #[test]
    fn a_key_that_is_kept_is_the_one_that_would_be_derived() {
        let kept = SecretKey::new("key".to_owned());
        for (seconds, service) in [
            (0, "sms"),
            (86_399, "sms"),
            (86_400, "sms"),
            (86_400, "cvm"),
            (0, "cvm"),
            (0, "sms"),
        ] {
            let date = Timestamp::from_seconds(seconds).utc_date();
            let fresh = SecretKey::new("key".to_owned());
            let fresh = fresh.secret_date(date).secret_service(service);
            for _ in 0..2 {
                let signing = kept.secret_signing(CredentialScope { date, service });
                assert_eq!(signing.0, fresh.secret_signing().0, "{date} {service}");
            }
        }
    }

    #[test]
    fn debug_output_holds_no_credential() {
        let credentials = Credentials {
            secret_id: SecretId::new("AKIDcanary".to_owned()),
            secret_key: SecretKey::new("keycanary".to_owned()),
            token: Some(SecurityToken::new("tokencanary".to_owned())),
        };
        let date = credentials
            .secret_key
            .secret_date(Timestamp::from_seconds(0).utc_date());
        let service = date.secret_service("sms");
        let signing = service.secret_signing();
        assert_eq!(
            format!("{credentials:?} {date:?} {service:?} {signing:?}"),
            "Credentials { secret_id: SecretId(…), secret_key: SecretKey(…), \
             token: Some(SecurityToken(…)) } SecretDate(…) SecretService(…) SecretSigning(…)"
        );
    }
}
