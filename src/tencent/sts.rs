//! The Security Token Service (STS), version 2018-08-13: a temporary key for the token of a Kubernetes service
//! account.
//!
//! Source: `OIDCRoleArnCredential` in `credential.js` of Tencent's Node SDK, and
//! <https://cloud.tencent.com/document/api/1312/73070>.

use serde::Serialize;

use super::{Endpoint, Region};
use crate::step::{HttpRequest, TraceId};
use crate::tc3::Timestamp;

const ACTION: &str = "AssumeRoleWithWebIdentity";
const VERSION: &str = "2018-08-13";
/// The name of the session in the audit log of the account. It is always the same, so that tasks that run at the
/// same time make the same request.
const ROLE_SESSION_NAME: &str = "connector-tencent-sms-wasm";

/// A pod whose service account has a role.
pub struct Pod<'a> {
    /// The region of its cluster.
    pub region: Region,
    /// The OIDC provider.
    pub provider_id: &'a str,
    /// The role.
    pub role_arn: &'a str,
    /// The token of the service account.
    pub web_identity_token: &'a str,
}

/// Builds the request for a temporary key of a pod's role. The request is not signed, because the token proves
/// who asks. `name` is the request's action in the history.
pub fn assume_role_with_web_identity(
    pod: &Pod<'_>,
    name: String,
    timestamp: Timestamp,
    trace_id: TraceId,
) -> HttpRequest {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Parameters<'a> {
        role_arn: &'a str,
        role_session_name: &'a str,
        web_identity_token: &'a str,
        provider_id: &'a str,
    }
    let parameters = Parameters {
        role_arn: pod.role_arn,
        role_session_name: ROLE_SESSION_NAME,
        web_identity_token: pod.web_identity_token,
        provider_id: pod.provider_id,
    };
    HttpRequest {
        action: name,
        url: Endpoint::sts().url(),
        method: "POST",
        headers: vec![
            ("Authorization", "SKIP".to_owned()),
            ("Content-Type", "application/json".to_owned()),
            ("X-TC-Action", ACTION.to_owned()),
            ("X-TC-Version", VERSION.to_owned()),
            ("X-TC-Timestamp", timestamp.to_string()),
            ("X-TC-Region", pod.region.to_string()),
            ("X-TC-TraceId", trace_id.to_string()),
        ],
        // Serializing texts never fails.
        body: serde_json::to_string(&parameters).unwrap_or_default(),
    }
}
