//! Step 3: the derived keys and the signature.
//!
//! `SecretKey → SecretDate → SecretService → SecretSigning`: each key is the HMAC-SHA256 of one part of
//! the credential scope under the previous key.

use std::cell::RefCell;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::digest::write_hex;
use super::{CredentialScope, HashKey, StringToSign, TERMINATION, UtcDate};

/// The API key of a Tencent Cloud account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The name of the key, which is sent in `Authorization`.
    pub secret_id: SecretId,
    /// The secret part of the key, which is never sent.
    pub secret_key: SecretKey,
    /// The token of temporary keys (STS), which is sent unsigned in `X-TC-Token`.
    pub token: Option<SecurityToken>,
}

/// `SecretId`: one half of a login. It is not a secret by itself, but `Debug` hides it to keep it out
/// of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretId(String);

/// `SecretKey`. This key and the keys derived from it are overwritten when they are dropped.
#[derive(Clone)]
pub struct SecretKey {
    text: Zeroizing<String>,
    /// The signing key that was derived last, cached because consecutive requests usually have the same
    /// day and service.
    last_signing: RefCell<Option<(UtcDate, String, SecretSigning)>>,
}

/// The token of temporary keys.
#[derive(Clone, PartialEq, Eq)]
pub struct SecurityToken(String);

impl SecretId {
    /// Wraps the text unchanged. The text must be a valid value of an HTTP header.
    pub const fn new(text: String) -> Self {
        Self(text)
    }
}

impl SecretKey {
    /// Wraps the text unchanged.
    pub fn new(text: String) -> Self {
        Self {
            text: Zeroizing::new(text),
            last_signing: RefCell::default(),
        }
    }

    /// Returns the signing key of a scope, and caches it until a key of another scope is requested.
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

    /// Returns the key for keyed hashes of some purpose. Everybody with the same SecretKey has the same one.
    pub fn hash_key(&self, purpose: &str) -> HashKey {
        HashKey::derive(&self.text, purpose)
    }

    /// Returns the key of one day.
    pub fn secret_date(&self, date: UtcDate) -> SecretDate {
        let key = Zeroizing::new(["TC3", self.text.as_str()].concat());
        SecretDate(derive(key.as_bytes(), &date.to_string()))
    }
}

/// Compares two keys. The comparison need not take constant time, because both keys are the operator's.
impl PartialEq for SecretKey {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for SecretKey {}

impl SecurityToken {
    /// Wraps the text unchanged. The text must be a valid value of an HTTP header.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// Returns the token's text, for `X-TC-Token`.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Writes the SecretId's text, for the `Authorization` header.
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
    /// Returns the key of `service` on this day.
    pub fn secret_service(&self, service: &str) -> SecretService {
        SecretService(derive(self.0.as_slice(), service))
    }
}

impl SecretService {
    /// Returns the key that signs this day's requests to this service.
    pub fn secret_signing(&self) -> SecretSigning {
        SecretSigning(derive(self.0.as_slice(), TERMINATION))
    }
}

impl SecretSigning {
    /// Signs a string.
    pub fn sign(&self, string_to_sign: &StringToSign<'_>) -> Signature {
        Signature(hmac_sha256(
            self.0.as_slice(),
            string_to_sign.to_string().as_bytes(),
        ))
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

pub(super) fn derive(key: &[u8], message: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hmac_sha256(key, message.as_bytes()))
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    Hmac::<Sha256>::new_from_slice(key)
        .expect("HMAC takes keys of every length")
        .chain_update(message)
        .finalize()
        .into_bytes()
        .into()
}

/// Implements `Debug` for types that hold a secret: the output shows the type's name only.
macro_rules! redact_debug {
    ($($type:ident)*) => {
        $(impl fmt::Debug for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($type), "(…)"))
            }
        })*
    };
}

redact_debug! { SecretId SecretKey SecurityToken SecretDate SecretService SecretSigning HashKey }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tc3::Timestamp;

    #[test]
    fn a_cached_key_equals_a_freshly_derived_key() {
        let cached = SecretKey::new("key".to_owned());
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
                let signing = cached.secret_signing(CredentialScope { date, service });
                assert_eq!(signing.0, fresh.secret_signing().0, "{date} {service}");
            }
        }
    }

    #[test]
    fn debug_output_contains_no_credential() {
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
