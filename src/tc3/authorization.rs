//! Step 4: the `Authorization` header.

use std::fmt;

use super::{ALGORITHM, CredentialScope, SecretId, Signature, SignedHeaders};

/// The `Authorization` header. Displays as its value.
#[derive(Clone, Debug)]
pub struct Authorization<'a> {
    /// The SecretId of the key that signed.
    pub secret_id: &'a SecretId,
    /// The scope that the signing key was derived for.
    pub credential_scope: CredentialScope<'a>,
    /// The names of the headers that were signed.
    pub signed_headers: SignedHeaders<'a>,
    /// The signature.
    pub signature: Signature,
}

impl fmt::Display for Authorization<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            secret_id,
            credential_scope,
            signed_headers,
            signature,
        } = self;
        write!(
            formatter,
            "{ALGORITHM} Credential={secret_id}/{credential_scope}, \
             SignedHeaders={signed_headers}, Signature={signature}"
        )
    }
}
