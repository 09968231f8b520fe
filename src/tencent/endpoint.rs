//! Where the API is reached, and the only places that requests may go.

/// An access host of Tencent Cloud's API over https, or a loopback address (the sandbox).
///
/// Requests carry live codes, so no other host is ever addressed. The rule is a small grammar that
/// a reader can check, rather than a URL parser whose normalisations one has to know: what is not
/// spelt exactly like this is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: &'static str,
    host: String,
    port: Option<u16>,
}

/// Every API host ends like this, regional, international and private ones too.
const API_DOMAIN: &str = ".tencentcloudapi.com";

impl Endpoint {
    /// Reads a host of Tencent's, or the URL of a loopback address; `None` for anything else.
    pub fn parse(endpoint: &str) -> Option<Self> {
        api_host(endpoint).or_else(|| loopback(endpoint))
    }

    /// Ends with a slash.
    pub fn url(&self) -> String {
        let Self { scheme, host, port } = self;
        match port {
            Some(port) => format!("{scheme}://{host}:{port}/"),
            None => format!("{scheme}://{host}/"),
        }
    }

    /// The TCP port.
    pub fn port(&self) -> u64 {
        let default = if self.scheme == "https" { 443 } else { 80 };
        self.port.map_or(default, u64::from)
    }

    /// The name alone, without the port: that is what Tencent's own SDK signs. The two forms differ
    /// on loopback only, where the sandbox accepts both.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The hosts of Tencent's two sites, and other documented access points of each, to turn to when the
/// first cannot be reached. Source: the list of access regions, <https://cloud.tencent.com/document/api/382/52070>;
/// that the two for the international site serve its accounts is inferred.
const ACCESS_POINTS: [[&str; MAX_ACCESS_POINTS]; 2] = [
    [
        "sms.tencentcloudapi.com",
        "sms.ap-guangzhou.tencentcloudapi.com",
        "sms.ap-shanghai.tencentcloudapi.com",
    ],
    [
        "sms.intl.tencentcloudapi.com",
        "sms.ap-singapore.tencentcloudapi.com",
        "sms.ap-hongkong.tencentcloudapi.com",
    ],
];

/// As many hosts as a site has, and so as many attempts as are worth making.
pub const MAX_ACCESS_POINTS: usize = 3;

impl Endpoint {
    /// The access point to use after `failures` that could not be reached. A host that an operator
    /// chose is the only one there is: behind it may be a proxy, or a rule about data's place.
    pub fn after_failures(&self, failures: usize) -> Self {
        let others = ACCESS_POINTS.iter().find(|[first, ..]| *first == self.host);
        let host = others.and_then(|hosts| hosts.get(failures % hosts.len()));
        host.map_or_else(
            || self.clone(),
            |host| Self {
                scheme: self.scheme,
                host: (*host).to_owned(),
                port: self.port,
            },
        )
    }
}

impl Default for Endpoint {
    /// The nearest access point of the mainland site.
    fn default() -> Self {
        Self {
            scheme: "https",
            host: "sms.tencentcloudapi.com".to_owned(),
            port: None,
        }
    }
}

/// `[https://]LABEL(.LABEL)*.tencentcloudapi.com[/]`
fn api_host(endpoint: &str) -> Option<Endpoint> {
    let host = endpoint.strip_prefix("https://").unwrap_or(endpoint);
    let host = host.strip_suffix('/').unwrap_or(host).to_ascii_lowercase();
    let labels = host.strip_suffix(API_DOMAIN)?;
    labels.split('.').all(is_label).then_some(Endpoint {
        scheme: "https",
        host,
        port: None,
    })
}

fn is_label(label: &str) -> bool {
    let is_alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !label.is_empty()
        && label
            .bytes()
            .all(|byte| is_alphanumeric(byte) || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// `http[s]://(127.0.0.1|[::1]|localhost)[:PORT][/]`
fn loopback(endpoint: &str) -> Option<Endpoint> {
    let (scheme, rest) = [("http", "http://"), ("https", "https://")]
        .into_iter()
        .find_map(|(scheme, prefix)| Some((scheme, endpoint.strip_prefix(prefix)?)))?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = ["127.0.0.1", "[::1]", "localhost"]
        .into_iter()
        .find_map(|host| Some((host, authority.strip_prefix(host)?)))?;
    let port = match port.strip_prefix(':') {
        // `parse` alone would take "+80".
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(digits.parse().ok().filter(|port| *port != 0)?)
        }
        None if port.is_empty() => None,
        _ => return None,
    };
    Some(Endpoint {
        scheme,
        host: host.to_owned(),
        port,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(endpoint: &str) -> Option<String> {
        Some(Endpoint::parse(endpoint)?.url())
    }

    #[test]
    fn tencents_hosts_are_reached_over_https() {
        for (endpoint, expected) in [
            (
                "sms.tencentcloudapi.com",
                "https://sms.tencentcloudapi.com/",
            ),
            (
                "https://sms.tencentcloudapi.com",
                "https://sms.tencentcloudapi.com/",
            ),
            (
                "https://sms.tencentcloudapi.com/",
                "https://sms.tencentcloudapi.com/",
            ),
            (
                "SMS.TencentCloudAPI.com",
                "https://sms.tencentcloudapi.com/",
            ),
            (
                "sms.intl.tencentcloudapi.com",
                "https://sms.intl.tencentcloudapi.com/",
            ),
            (
                "sms.ap-shanghai-fsi.tencentcloudapi.com",
                "https://sms.ap-shanghai-fsi.tencentcloudapi.com/",
            ),
        ] {
            assert_eq!(url(endpoint).as_deref(), Some(expected));
        }
        assert_eq!(
            Endpoint::default().url(),
            "https://sms.tencentcloudapi.com/"
        );
    }

    #[test]
    fn the_sandbox_is_reached_on_loopback() {
        for (endpoint, expected, host) in [
            (
                "http://127.0.0.1:4180",
                "http://127.0.0.1:4180/",
                "127.0.0.1",
            ),
            (
                "http://localhost:4180/",
                "http://localhost:4180/",
                "localhost",
            ),
            ("https://localhost", "https://localhost/", "localhost"),
            ("http://[::1]:65535", "http://[::1]:65535/", "[::1]"),
        ] {
            assert_eq!(url(endpoint).as_deref(), Some(expected));
            let parsed = Endpoint::parse(endpoint);
            assert_eq!(parsed.as_ref().map(Endpoint::host), Some(host));
        }
    }

    #[test]
    fn after_a_failure_another_access_point_of_the_same_site_is_tried() {
        let hosts = |endpoint: &str| {
            let endpoint = Endpoint::parse(endpoint).unwrap();
            [0, 1, 2, 3].map(|failures| endpoint.after_failures(failures).host)
        };
        let mainland = hosts("sms.tencentcloudapi.com");
        assert_eq!(mainland[0], "sms.tencentcloudapi.com");
        assert_eq!(mainland[1], "sms.ap-guangzhou.tencentcloudapi.com");
        assert_eq!(mainland[2], "sms.ap-shanghai.tencentcloudapi.com");
        assert_eq!(mainland[3], mainland[0]);
        let international = hosts("https://sms.intl.tencentcloudapi.com");
        assert_eq!(international[1], "sms.ap-singapore.tencentcloudapi.com");
        for chosen in [
            "sms.ap-beijing.tencentcloudapi.com",
            "sms.internal.tencentcloudapi.com",
            "http://127.0.0.1:4180",
        ] {
            let [first, others @ ..] = hosts(chosen);
            assert!(others.iter().all(|other| *other == first), "{chosen}");
        }
    }

    #[test]
    fn nowhere_else() {
        for endpoint in [
            "http://sms.tencentcloudapi.com",
            "tencentcloudapi.com",
            ".tencentcloudapi.com",
            "sms..tencentcloudapi.com",
            "-sms.tencentcloudapi.com",
            "sms.tencentcloudapi.com.",
            "sms.tencentcloudapi.com.evil.example",
            "evil.example/.tencentcloudapi.com",
            "evil.example?.tencentcloudapi.com",
            "evil.example#.tencentcloudapi.com",
            "evil.example\\.tencentcloudapi.com",
            "evil.example:443.tencentcloudapi.com",
            "user@sms.tencentcloudapi.com",
            "https://sms.tencentcloudapi.com@evil.example",
            "https://sms.tencentcloudapi.com:8443",
            "https://sms.tencentcloudapi.com/v1",
            "https://sms.tencentcloudapi.com//",
            "evil.xn--tencentcloudapi.com",
            "smѕ.tencentcloudapi.com",
            "sms。tencentcloudapi.com",
            "sms.tencentcloudapi.com\u{0}",
            "sms.\ttencentcloudapi.com",
            "127.0.0.1:4180",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "http://user@127.0.0.1",
            "http://localhost.evil.example",
            "http://localhost:",
            "http://localhost:0",
            "http://localhost:65536",
            "http://localhost:+80",
            "http://localhost:80:80",
            "http://localhost/path",
            "http://127.1",
            "http://0.0.0.0:80",
            "http://[::ffff:127.0.0.1]",
            "http://[::1",
            "http://[::1]evil.example",
            "ftp://localhost",
            "HTTP://localhost",
        ] {
            assert_eq!(url(endpoint), None, "{endpoint}");
        }
    }
}
