//! Step 4: the `Authorization` header.

use std::fmt;

use super::{ALGORITHM, CredentialScope, SecretId, Signature, SignedHeaders};

/// The value of the `Authorization` header, by its `Display`.
#[derive(Clone, Debug)]
pub struct Authorization<'a> {
    /// Whose key signed.
    pub secret_id: &'a SecretId,
    /// What the key was derived for.
    pub credential_scope: CredentialScope<'a>,
    /// Which headers were signed.
    pub signed_headers: SignedHeaders<'a>,
    /// The proof.
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
