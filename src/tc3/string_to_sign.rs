//! Step 2: the string to sign.

use std::fmt;

use super::{ALGORITHM, Sha256Digest, TERMINATION, Timestamp, UtcDate};

/// `CredentialScope`: the day and the service that a signature is valid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialScope<'a> {
    /// The UTC date of the request's own timestamp.
    pub date: UtcDate,
    /// The product, such as `sms`.
    pub service: &'a str,
}

impl fmt::Display for CredentialScope<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { date, service } = self;
        write!(formatter, "{date}/{service}/{TERMINATION}")
    }
}

/// `StringToSign`: the text that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StringToSign<'a> {
    /// The value of `X-TC-Timestamp`.
    pub timestamp: Timestamp,
    /// The scope that `Authorization` names.
    pub credential_scope: CredentialScope<'a>,
    /// The hash of the canonical request's text.
    pub hashed_canonical_request: Sha256Digest,
}

impl fmt::Display for StringToSign<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            timestamp,
            credential_scope,
            hashed_canonical_request,
        } = self;
        write!(
            formatter,
            "{ALGORITHM}\n{timestamp}\n{credential_scope}\n{hashed_canonical_request}"
        )
    }
}
