//! The endpoints of requests, and the rule for allowed endpoints.

/// An access host of Tencent Cloud's API over https, or a loopback address (the sandbox).
///
/// Requests contain live codes, so they are never sent to any other host. The rule is a small grammar,
/// which a reader can check, instead of a URL parser, whose normalisations are hard to know. Every text
/// that does not match the grammar exactly is rejected.
///
/// Two further hosts give temporary keys: [`Endpoint::metadata`] and [`Endpoint::sts`]. They are constants, so
/// no config can send a message there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: &'static str,
    host: String,
    port: Option<u16>,
}

/// The reason why a text is not an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointError {
    /// The text is neither a host of Tencent's API nor a loopback address.
    Elsewhere,
    /// The port is one that `fetch` refuses to connect to, so no message could be sent.
    BlockedPort,
}

/// The domain of all API hosts, including regional, international and private ones.
const API_DOMAIN: &str = ".tencentcloudapi.com";

impl Endpoint {
    /// Parses a host of Tencent's API or the URL of a loopback address.
    pub fn parse(endpoint: &str) -> Result<Self, EndpointError> {
        let endpoint = api_host(endpoint)
            .or_else(|| loopback(endpoint))
            .ok_or(EndpointError::Elsewhere)?;
        match endpoint.port {
            Some(port) if BLOCKED_PORTS.contains(&port) => Err(EndpointError::BlockedPort),
            _ => Ok(endpoint),
        }
    }

    /// Returns the metadata service of Tencent Cloud's machines. Only machines of Tencent Cloud can reach it, so
    /// it has no https. Source: <https://cloud.tencent.com/document/product/213/4934>, and
    /// `cvm_role_credential.js` of Tencent's Node SDK.
    pub fn metadata() -> Self {
        Self {
            scheme: "http",
            host: "metadata.tencentyun.com".to_owned(),
            port: None,
        }
    }

    /// Returns the Security Token Service. Source: `credential.js` of Tencent's Node SDK.
    pub fn sts() -> Self {
        Self {
            scheme: "https",
            host: "sts.tencentcloudapi.com".to_owned(),
            port: None,
        }
    }

    /// Returns the URL, with a slash at the end.
    pub fn url(&self) -> String {
        let Self { scheme, host, port } = self;
        match port {
            Some(port) => format!("{scheme}://{host}:{port}/"),
            None => format!("{scheme}://{host}/"),
        }
    }

    /// Returns the TCP port.
    pub fn port(&self) -> u64 {
        let default = if self.scheme == "https" { 443 } else { 80 };
        self.port.map_or(default, u64::from)
    }

    /// Returns the host without the port, because Tencent's own SDK signs it in this form. The two forms
    /// only differ for loopback addresses, where the sandbox accepts both.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The access points of Tencent's two sites: the site's own host, and other documented hosts for
/// attempts after a failure. Source: the list of access regions,
/// <https://cloud.tencent.com/document/api/382/52070>. It is inferred that the other hosts of the
/// international site serve the accounts of this site.
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

/// The number of hosts of a site, and therefore the most attempts of a send.
pub const MAX_ACCESS_POINTS: usize = 3;

impl Endpoint {
    /// Returns the access point to use after this number of failures. For any other endpoint than a
    /// site's own host, it is the endpoint itself: an operator may have chosen it because of a proxy, or
    /// a rule about the location of data.
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

/// The ports that `fetch` refuses to connect to, because they belong to other protocols and a web page
/// could abuse them. Source: <https://fetch.spec.whatwg.org/#port-blocking>. Node 20 to 26 block the
/// same ports.
const BLOCKED_PORTS: [u16; 82] = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
    103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
    512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
    6669, 6679, 6697, 10080,
];

impl Default for Endpoint {
    /// Returns the host of the mainland site, which resolves to the nearest access point.
    fn default() -> Self {
        Self {
            scheme: "https",
            host: "sms.tencentcloudapi.com".to_owned(),
            port: None,
        }
    }
}

/// Parses `[https://]LABEL(.LABEL)*.tencentcloudapi.com[/]`.
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

/// Parses `http[s]://(127.0.0.1|[::1]|localhost)[:PORT][/]`.
fn loopback(endpoint: &str) -> Option<Endpoint> {
    let (scheme, rest) = [("http", "http://"), ("https", "https://")]
        .into_iter()
        .find_map(|(scheme, prefix)| Some((scheme, endpoint.strip_prefix(prefix)?)))?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = ["127.0.0.1", "[::1]", "localhost"]
        .into_iter()
        .find_map(|host| Some((host, authority.strip_prefix(host)?)))?;
    let port = match port.strip_prefix(':') {
        // The digits are checked, because `parse` accepts "+80".
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
        Some(Endpoint::parse(endpoint).ok()?.url())
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
            assert_eq!(parsed.as_ref().map(Endpoint::host), Ok(host));
        }
    }

    /// `tests/host/blocked-ports.test.js` compares all ports with the behaviour of `fetch`.
    #[test]
    fn ports_that_fetch_blocks_are_rejected_with_the_reason() {
        for port in BLOCKED_PORTS {
            for endpoint in [
                format!("http://127.0.0.1:{port}"),
                format!("https://localhost:{port}/"),
                format!("http://[::1]:0{port}"),
            ] {
                let error = Endpoint::parse(&endpoint).unwrap_err();
                assert_eq!(error, EndpointError::BlockedPort, "{endpoint}");
            }
        }
        for port in [80, 443, 3000, 4180, 6670, 8080, 10081, 65535] {
            for host in ["127.0.0.1", "[::1]", "localhost"] {
                for scheme in ["http", "https"] {
                    let endpoint = format!("{scheme}://{host}:{port}");
                    assert!(Endpoint::parse(&endpoint).is_ok(), "{endpoint}");
                }
            }
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
    fn all_other_endpoints_are_rejected() {
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
