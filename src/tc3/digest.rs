//! SHA-256 digests in the notation of the specification: lower-case hexadecimal.

use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

/// A SHA-256 digest. Displays as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sha256Digest([u8; 32]);

impl Sha256Digest {
    /// Hashes these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Sha256Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, formatter)
    }
}

pub(super) fn write_hex(bytes: &[u8], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    // Formatting with `{:02x}` would take a tenth of the time of a send.
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.iter().try_for_each(|byte| {
        formatter.write_char(digit(byte >> 4))?;
        formatter.write_char(digit(byte & 0x0f))
    })
}
