//! Keyed hashes with a key that is derived from the SecretKey. They are not part of TC3.

use std::fmt;

use zeroize::Zeroizing;

use super::credentials::{derive, hmac_sha256};
use super::digest::write_hex;

/// A key for keyed hashes. It leads neither to the SecretKey nor to a key that signs.
#[derive(Clone)]
pub struct HashKey(Zeroizing<[u8; 32]>);

/// A keyed hash: the HMAC-SHA256 of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyedHash([u8; 32]);

impl HashKey {
    pub(super) fn derive(secret_key: &str, purpose: &str) -> Self {
        // TC3 derives its keys from "TC3" and the SecretKey, so no key of TC3 is the same.
        Self(derive(secret_key.as_bytes(), purpose))
    }

    /// Hashes some bytes.
    pub fn hash(&self, bytes: &[u8]) -> KeyedHash {
        KeyedHash(hmac_sha256(self.0.as_slice(), bytes))
    }
}

impl KeyedHash {
    /// Displays the first bytes of the hash as lower-case hexadecimal digits.
    pub fn first_bytes(&self, count: usize) -> impl fmt::Display {
        FirstBytes(*self, count)
    }
}

struct FirstBytes(KeyedHash, usize);

impl fmt::Display for FirstBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(KeyedHash(bytes), count) = self;
        write_hex(bytes.get(..*count).unwrap_or(bytes), formatter)
    }
}
