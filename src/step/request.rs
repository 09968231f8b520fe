//! The HTTP request that the shim hands to `fetch`.

use std::fmt;

use serde::{Serialize, Serializer};

/// An HTTP request, byte for byte: the body is signed.
#[derive(Clone, Serialize)]
pub struct HttpRequest {
    /// The action that it calls, which the event that answers it repeats.
    pub action: &'static str,
    /// The URL.
    pub url: String,
    /// Always `POST`.
    pub method: &'static str,
    /// Names and values, except `Host`, which the HTTP client sets from the URL.
    #[serde(serialize_with = "as_object")]
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

fn as_object<S: Serializer>(
    headers: &[(&'static str, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value)))
}

/// Shows the action and the URL only: the rest may hold a live code and a number, and holds the
/// signature.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpRequest")
            .field("action", &self.action)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
