//! TC3-HMAC-SHA256, Tencent Cloud's request signature.
//!
//! Each step of the specification is a type with the specification's name. The type's `Display` is the
//! text that the next step hashes, or the text that is sent. The clock is an argument.
//!
//! Source: Tencent's "Signature v3" page, e.g. <https://cloud.tencent.com/document/api/382/52072>.

mod authorization;
mod canonical_request;
mod credentials;
mod digest;
#[cfg(test)]
mod golden_tests;
mod hash_key;
mod string_to_sign;
mod timestamp;

pub use authorization::Authorization;
pub use canonical_request::{CanonicalHeaders, CanonicalRequest, SignedHeaders};
pub use credentials::{
    Credentials, SecretDate, SecretId, SecretKey, SecretService, SecretSigning, SecurityToken,
    Signature,
};
pub use digest::Sha256Digest;
pub use hash_key::{HashKey, KeyedHash};
pub use string_to_sign::{CredentialScope, StringToSign};
pub use timestamp::{Timestamp, UtcDate};

/// The name of the algorithm on the wire.
pub const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// The last part of every credential scope, and the message of the last key derivation.
const TERMINATION: &str = "tc3_request";

/// Signs `request` for `service` at `timestamp`. The request must send the same `timestamp` in
/// `X-TC-Timestamp`.
pub fn authorize<'a>(
    request: &'a CanonicalRequest<'a>,
    service: &'a str,
    timestamp: Timestamp,
    credentials: &'a Credentials,
) -> Authorization<'a> {
    // The date and the timestamp come from one reading of the clock, because two readings around
    // midnight could disagree.
    let credential_scope = CredentialScope {
        date: timestamp.utc_date(),
        service,
    };
    let string_to_sign = StringToSign {
        timestamp,
        credential_scope,
        hashed_canonical_request: Sha256Digest::of(request.to_string().as_bytes()),
    };
    let signature = credentials
        .secret_key
        .secret_signing(credential_scope)
        .sign(&string_to_sign);
    Authorization {
        secret_id: &credentials.secret_id,
        credential_scope,
        signed_headers: request.canonical_headers.signed_headers(),
        signature,
    }
}
