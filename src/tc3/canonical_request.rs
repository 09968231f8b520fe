//! Step 1: the canonical request.

use std::fmt;

use super::Sha256Digest;

/// `CanonicalRequest`: the form of the request that client and server both hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalRequest<'a> {
    /// `POST` or `GET`.
    pub http_request_method: &'a str,
    /// The path: `/` for every Tencent Cloud API.
    pub canonical_uri: &'a str,
    /// The query string, which is empty for `POST`.
    pub canonical_query_string: &'a str,
    /// The signed headers: at least `content-type` and `host`.
    pub canonical_headers: CanonicalHeaders,
    /// The hash of the exact bytes of the body.
    pub hashed_request_payload: Sha256Digest,
}

impl fmt::Display for CanonicalRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            http_request_method,
            canonical_uri,
            canonical_query_string,
            canonical_headers,
            hashed_request_payload,
        } = self;
        let signed_headers = canonical_headers.signed_headers();
        // The headers end with a line break of their own, so an empty line follows them.
        write!(
            formatter,
            "{http_request_method}\n{canonical_uri}\n{canonical_query_string}\n\
             {canonical_headers}\n{signed_headers}\n{hashed_request_payload}"
        )
    }
}

/// `CanonicalHeaders`: names and values in lower case, without surrounding white space, sorted by
/// name. Displays as one `name:value` line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalHeaders(Vec<(String, String)>);

impl CanonicalHeaders {
    /// Brings headers of any order and case into canonical form.
    pub fn new<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        // An insertion sort is enough for a few headers; `sort` would add 3 KB of wasm.
        let mut sorted = Vec::new();
        for (name, value) in headers {
            let header = (canonical(name), canonical(value));
            sorted.insert(sorted.partition_point(|other| *other < header), header);
        }
        Self(sorted)
    }

    /// Returns the names of the headers.
    pub fn signed_headers(&self) -> SignedHeaders<'_> {
        SignedHeaders(self)
    }
}

fn canonical(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

impl fmt::Display for CanonicalHeaders {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, value)| writeln!(formatter, "{name}:{value}"))
    }
}

/// `SignedHeaders`: the names of the canonical headers, joined by `;`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedHeaders<'a>(&'a CanonicalHeaders);

impl fmt::Display for SignedHeaders<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, _) in &self.0.0 {
            write!(formatter, "{separator}{name}")?;
            separator = ";";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_sorted_trimmed_and_in_lower_case() {
        let headers = CanonicalHeaders::new([
            ("X-TC-Action", "DescribeInstances"),
            ("Host", " cvm.tencentcloudapi.com\t"),
            ("Content-Type", "application/json; charset=utf-8"),
        ]);
        // The header block of Tencent's published sample.
        assert_eq!(
            headers.to_string(),
            "content-type:application/json; charset=utf-8\n\
             host:cvm.tencentcloudapi.com\n\
             x-tc-action:describeinstances\n"
        );
        assert_eq!(
            headers.signed_headers().to_string(),
            "content-type;host;x-tc-action"
        );
    }
}
