//! The signed request of an action.

use super::{Account, Endpoint};
use crate::step::{HttpRequest, TraceId};
use crate::tc3::{CanonicalHeaders, CanonicalRequest, Sha256Digest, Timestamp, authorize};

const VERSION: &str = "2021-01-11";
/// The service in the credential scope. Tencent's Node SDK takes the first label of the endpoint
/// instead, which breaks the signature for every host that does not begin with `sms.`.
const SERVICE: &str = "sms";
/// The content type that Tencent's SDKs send and sign.
const CONTENT_TYPE: &str = "application/json";

/// Builds and signs a request for `action` to `endpoint`, which is the account's endpoint or a
/// substitute for it. The body must be the action's parameters: a JSON object with Tencent's names.
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
    let mut headers = vec![
        ("Authorization", authorization.to_string()),
        ("Content-Type", CONTENT_TYPE.to_owned()),
        ("X-TC-Action", action.to_owned()),
        ("X-TC-Version", VERSION.to_owned()),
        ("X-TC-Timestamp", timestamp.to_string()),
        ("X-TC-Region", account.region.to_string()),
        ("X-TC-TraceId", trace_id.to_string()),
    ];
    if let Some(token) = &account.credentials.token {
        headers.push(("X-TC-Token", token.reveal().to_owned()));
    }
    HttpRequest {
        action: action.to_owned(),
        url: endpoint.url(),
        method: "POST",
        headers,
        body,
    }
}
