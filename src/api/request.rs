//! The HTTP request of an action.

use std::fmt;

use serde::Serialize;

use crate::config::{Account, Endpoint};
use crate::tc3::{CanonicalHeaders, CanonicalRequest, Sha256Digest, Timestamp, authorize};

const VERSION: &str = "2021-01-11";
/// A constant, not the first label of the endpoint as in Tencent's Node SDK: that breaks the
/// signature for every host that is not `sms.…`.
const SERVICE: &str = "sms";
/// As Tencent's SDKs send and sign it.
const CONTENT_TYPE: &str = "application/json";

/// What is to be sent, byte for byte: the body is signed.
#[derive(Clone, Serialize)]
pub struct HttpRequest {
    /// Where to.
    pub url: String,
    /// Always `POST`.
    pub method: &'static str,
    /// Beside `Host`, which the HTTP client sets from the URL.
    pub headers: Headers,
    /// JSON.
    pub body: String,
}

/// The headers, under their names on the wire.
#[derive(Clone, Serialize)]
pub struct Headers {
    #[serde(rename = "Authorization")]
    authorization: String,
    #[serde(rename = "Content-Type")]
    content_type: &'static str,
    #[serde(rename = "X-TC-Action")]
    action: &'static str,
    #[serde(rename = "X-TC-Version")]
    version: &'static str,
    #[serde(rename = "X-TC-Timestamp")]
    timestamp: String,
    #[serde(rename = "X-TC-Region")]
    region: String,
    #[serde(rename = "X-TC-TraceId")]
    trace_id: String,
    #[serde(rename = "X-TC-Token", skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// May hold a live code and a number, and holds the signature: shows none of them.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpRequest")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// A random UUID that ties a request to Tencent's logs, as their SDKs send one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceId([u8; 16]);

impl TraceId {
    /// Makes a version 4 UUID of 16 bytes.
    pub fn from_bytes(mut bytes: [u8; 16]) -> Self {
        let [.., version, _, variant, _, _, _, _, _, _, _] = &mut bytes;
        *version = *version & 0x0f | 0x40;
        *variant = *variant & 0x3f | 0x80;
        Self(bytes)
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.0.iter().enumerate() {
            let hyphen = if matches!(position, 4 | 6 | 8 | 10) {
                "-"
            } else {
                ""
            };
            write!(formatter, "{hyphen}{byte:02x}")?;
        }
        Ok(())
    }
}

/// Builds and signs the request for `action`, at `endpoint`, which is the account's own or stands in
/// for it. The body is the action's parameters: a JSON object in Tencent's names.
pub fn http_request(
    account: &Account,
    endpoint: &Endpoint,
    action: &'static str,
    body: String,
    timestamp: Timestamp,
    trace_id: TraceId,
) -> HttpRequest {
    let canonical_request = CanonicalRequest {
        http_request_method: "POST",
        canonical_uri: "/",
        canonical_query_string: "",
        canonical_headers: CanonicalHeaders::new([
            ("content-type", CONTENT_TYPE),
            ("host", endpoint.host()),
        ]),
        hashed_request_payload: Sha256Digest::of(body.as_bytes()),
    };
    let authorization = authorize(&canonical_request, SERVICE, timestamp, &account.credentials);
    HttpRequest {
        url: endpoint.url(),
        method: "POST",
        headers: Headers {
            authorization: authorization.to_string(),
            content_type: CONTENT_TYPE,
            action,
            version: VERSION,
            timestamp: timestamp.to_string(),
            region: account.region.to_string(),
            trace_id: trace_id.to_string(),
            token: account
                .credentials
                .token
                .as_ref()
                .map(|token| token.reveal().to_owned()),
        },
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trace_ids_are_version_4_uuids() {
        for (byte, expected) in [
            (0x00, "00000000-0000-4000-8000-000000000000"),
            (0xff, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
        ] {
            let trace_id = TraceId::from_bytes([byte; 16]);
            assert_eq!(trace_id.to_string(), expected);
        }
    }
}
