//! The HTTP request that the shim passes to `fetch`.

use std::fmt;

use serde::{Serialize, Serializer};

/// An HTTP request. The shim must send the body byte for byte, because a request to Tencent is signed.
#[derive(Clone, Serialize)]
pub struct HttpRequest {
    /// The action that the request calls, or the source of the key that it asks for. The event that ends
    /// the exchange repeats it.
    pub action: String,
    /// The URL.
    pub url: String,
    /// The method: `POST` for every action of Tencent's.
    pub method: &'static str,
    /// The names and values of all headers except `Host`, which the HTTP client sets from the URL.
    #[serde(serialize_with = "as_object")]
    pub headers: Vec<(&'static str, String)>,
    /// The body, or an empty text for a request without one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
}

fn as_object<S: Serializer>(
    headers: &[(&'static str, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value)))
}

/// Shows the action and the URL only. The other fields contain the signature or a password, and may contain
/// a number and a live code.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpRequest")
            .field("action", &self.action)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
