//! The reasons why no answer arrived.

use super::Endpoint;
use crate::step::SeenFailure;
use crate::text::{Text, id};

/// The reason why no answer arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: Kind,
    /// The code of Node or the HTTP client, if it has the form of one.
    code: Option<String>,
    /// True if the error concerns the connection to a proxy, not the connection to the API.
    is_at_proxy: bool,
    /// The number of times that the HTTP client is known to have begun to send the request.
    departures: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    TooManySends,
    NoFetch,
    NotPermitted,
    Mocked,
    TooManyOpenFiles,
    NameNotResolved,
    ConnectionRefused,
    NotReachable,
    NotConnectedInTime,
    CertificateRefused,
    ProxyAnswered(u64),
    ProxyFailed,
    NotAnsweredInTime,
    ConnectionBroken,
    Other,
}

/// The kinds of failure that a code identifies without a system call. Sources: Node's documentation of
/// `errors`, `dns` and `tls` (X509 certificate error codes), and the errors of undici, which is Node's
/// `fetch`.
const CODES: &[(Kind, &[&str])] = &[
    (Kind::TooManySends, &["too many sends"]),
    (Kind::NoFetch, &["no fetch"]),
    (Kind::NotPermitted, &["ERR_ACCESS_DENIED"]),
    (Kind::Mocked, &["UND_MOCK_ERR_MOCK_NOT_MATCHED"]),
    (Kind::TooManyOpenFiles, &["EMFILE", "ENFILE"]),
    (
        Kind::NameNotResolved,
        &[
            "EAI_ADDRFAMILY",
            "EAI_AGAIN",
            "EAI_BADFLAGS",
            "EAI_BADHINTS",
            "EAI_CANCELED",
            "EAI_FAIL",
            "EAI_FAMILY",
            "EAI_MEMORY",
            "EAI_NODATA",
            "EAI_NONAME",
            "EAI_OVERFLOW",
            "EAI_PROTOCOL",
            "EAI_SERVICE",
            "EAI_SOCKTYPE",
            "EADDRGETNETWORKPARAMS",
            "EBADFAMILY",
            "EBADFLAGS",
            "EBADHINTS",
            "EBADNAME",
            "EBADQUERY",
            "EBADRESP",
            "EBADSTR",
            "ECANCELLED",
            "EDESTRUCTION",
            "EFORMERR",
            "ELOADIPHLPAPI",
            "ENODATA",
            "ENONAME",
            "ENOTFOUND",
            "ENOTIMP",
            "ENOTINITIALIZED",
            "EREFUSED",
            "ESERVFAIL",
            "ETIMEOUT",
        ],
    ),
    (Kind::ConnectionRefused, &["ECONNREFUSED"]),
    (Kind::NotConnectedInTime, &["UND_ERR_CONNECT_TIMEOUT"]),
    (
        Kind::CertificateRefused,
        &[
            "CERT_CHAIN_TOO_LONG",
            "CERT_HAS_EXPIRED",
            "CERT_NOT_YET_VALID",
            "CERT_REJECTED",
            "CERT_REVOKED",
            "CERT_SIGNATURE_FAILURE",
            "CERT_UNTRUSTED",
            "CRL_HAS_EXPIRED",
            "CRL_NOT_YET_VALID",
            "CRL_SIGNATURE_FAILURE",
            "DEPTH_ZERO_SELF_SIGNED_CERT",
            "ERROR_IN_CERT_NOT_AFTER_FIELD",
            "ERROR_IN_CERT_NOT_BEFORE_FIELD",
            "ERROR_IN_CRL_LAST_UPDATE_FIELD",
            "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
            "ERR_TLS_CERT_ALTNAME_FORMAT",
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "HOSTNAME_MISMATCH",
            "INVALID_CA",
            "INVALID_PURPOSE",
            "PATH_LENGTH_EXCEEDED",
            "SELF_SIGNED_CERT_IN_CHAIN",
            "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
            "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
            "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
            "UNABLE_TO_GET_CRL",
            "UNABLE_TO_GET_ISSUER_CERT",
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        ],
    ),
    (
        Kind::ProxyFailed,
        &[
            "ERR_PROXY_TUNNEL",
            "ERR_PROXY_INVALID_CONFIG",
            "UND_ERR_PRX_CONN",
            "UND_ERR_PRX_TLS",
        ],
    ),
    (
        Kind::NotAnsweredInTime,
        &[
            "deadline",
            "ESOCKETTIMEDOUT",
            "ETIMEDOUT",
            "TimeoutError",
            "UND_ERR_BODY_TIMEOUT",
            "UND_ERR_HEADERS_TIMEOUT",
        ],
    ),
    (
        Kind::ConnectionBroken,
        &[
            "ECONNABORTED",
            "ECONNRESET",
            "EPIPE",
            "ERR_HTTP2_SESSION_ERROR",
            "ERR_HTTP2_STREAM_CANCEL",
            "ERR_HTTP2_STREAM_ERROR",
            "ERR_STREAM_PREMATURE_CLOSE",
            "UND_ERR_SOCKET",
        ],
    ),
];

impl Kind {
    fn of(seen: &SeenFailure) -> Self {
        if let Some(status) = seen.proxy_status {
            return Self::ProxyAnswered(status);
        }
        let code = seen.code.as_str();
        match seen.syscall.as_deref() {
            Some("connect") => match code {
                "ECONNREFUSED" => Self::ConnectionRefused,
                "ETIMEDOUT" => Self::NotConnectedInTime,
                "EMFILE" | "ENFILE" => Self::TooManyOpenFiles,
                "ERR_ACCESS_DENIED" => Self::NotPermitted,
                _ => Self::NotReachable,
            },
            // The resolver of Node's `dns` module reports `queryA`, `queryAaaa` and so on.
            Some(call) if call == "getaddrinfo" || call.starts_with("query") => {
                Self::NameNotResolved
            }
            // Another call, such as `read`, failed on an established connection.
            Some(_) if Self::of_code(code).is_before_request() => Self::Other,
            _ => Self::of_code(code),
        }
    }

    fn of_code(code: &str) -> Self {
        CODES
            .iter()
            .find(|(_, codes)| codes.contains(&code))
            .map_or(Self::Other, |(kind, _)| *kind)
    }

    /// Returns true for a kind of failure that happens before any part of the request can be sent.
    const fn is_before_request(self) -> bool {
        match self {
            Self::TooManySends
            | Self::NoFetch
            | Self::NotPermitted
            | Self::Mocked
            | Self::TooManyOpenFiles
            | Self::NameNotResolved
            | Self::ConnectionRefused
            | Self::NotReachable
            | Self::NotConnectedInTime
            | Self::CertificateRefused
            | Self::ProxyAnswered(_)
            | Self::ProxyFailed => true,
            Self::NotAnsweredInTime | Self::ConnectionBroken | Self::Other => false,
        }
    }
}

impl Failure {
    /// Interprets the error that the shim observed in an exchange with `endpoint`.
    pub fn new(seen: &SeenFailure, endpoint: &Endpoint, departures: u64) -> Self {
        let is_another_port = seen.port.is_some_and(|port| port != endpoint.port());
        let is_another_host = seen
            .hostname
            .as_deref()
            .is_some_and(|name| name != endpoint.host());
        Self {
            kind: Kind::of(seen),
            code: is_code(&seen.code).then(|| seen.code.clone()),
            is_at_proxy: is_another_port || is_another_host,
            departures,
        }
    }

    /// Returns true if the error proves that the message was not sent, so that the message may be sent
    /// again. The absence of signs that a request was sent proves nothing. A request that the HTTP
    /// client is known to have begun to send may have arrived regardless of the last error, because a
    /// wrapper around `fetch` may have tried twice.
    pub const fn is_certainly_unsent(&self) -> bool {
        self.kind.is_before_request() && self.departures == 0
    }

    /// Returns the cause for Logto's audit log, such as `ECONNREFUSED` or `timeout`.
    pub fn reason(&self) -> String {
        match (self.kind, &self.code) {
            (Kind::ProxyAnswered(status), _) => ["proxy status ", &status.to_string()].concat(),
            (_, Some(code)) => code.clone(),
            (Kind::TooManySends, None) => "too many sends".to_owned(),
            (Kind::NoFetch, None) => "no fetch".to_owned(),
            (Kind::NotAnsweredInTime, None) => "timeout".to_owned(),
            _ => "unknown".to_owned(),
        }
    }

    /// Returns the cause and the place to look.
    pub fn cause(&self) -> Text {
        let (id, of_proxy) = match self.kind {
            Kind::TooManySends => (id::FAILURE_TOO_MANY_SENDS, None),
            Kind::NoFetch => (id::FAILURE_NO_FETCH, None),
            Kind::NotPermitted => (id::FAILURE_NOT_PERMITTED, None),
            Kind::Mocked => (id::FAILURE_MOCKED, None),
            Kind::TooManyOpenFiles => (id::FAILURE_TOO_MANY_OPEN_FILES, None),
            Kind::NameNotResolved => (
                id::FAILURE_NAME_NOT_RESOLVED,
                Some(id::FAILURE_NAME_NOT_RESOLVED_PROXY),
            ),
            Kind::ConnectionRefused => (
                id::FAILURE_CONNECTION_REFUSED,
                Some(id::FAILURE_CONNECTION_REFUSED_PROXY),
            ),
            Kind::NotReachable => (
                id::FAILURE_NOT_REACHABLE,
                Some(id::FAILURE_NOT_REACHABLE_PROXY),
            ),
            Kind::NotConnectedInTime => (
                id::FAILURE_NOT_CONNECTED_IN_TIME,
                Some(id::FAILURE_NOT_CONNECTED_IN_TIME_PROXY),
            ),
            Kind::CertificateRefused => (id::FAILURE_CERTIFICATE_REFUSED, None),
            Kind::ProxyAnswered(407) => (id::FAILURE_PROXY_WANTS_PASSWORD, None),
            Kind::ProxyAnswered(status) => {
                return Text::new(id::FAILURE_PROXY_ANSWERED).with("status", &status);
            }
            Kind::ProxyFailed => (id::FAILURE_PROXY_FAILED, None),
            Kind::NotAnsweredInTime => (id::FAILURE_NOT_ANSWERED_IN_TIME, None),
            Kind::ConnectionBroken => (id::FAILURE_CONNECTION_BROKEN, None),
            Kind::Other => (id::FAILURE_OTHER, None),
        };
        Text::new(of_proxy.filter(|_| self.is_at_proxy).unwrap_or(id))
    }

    /// Returns the line for the operator: the cause, and a statement about whether a message was sent.
    pub fn line(&self) -> Text {
        let outcome = if self.is_certainly_unsent() {
            id::SEND_NOTHING_SENT
        } else {
            id::SEND_PERHAPS_SENT
        };
        Text::new(id::SEND_FAILED)
            .with_text("cause", self.cause())
            .with_text("outcome", Text::new(outcome))
    }
}

/// Returns true for a text with the form of an error code, such as `ECONNRESET`. Other texts come from
/// wrappers around `fetch`, and may contain anything. Two digits in a row may belong to a phone number or a code
/// for a sign-in.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_like_code = bytes.first().is_some_and(u8::is_ascii_uppercase);
    // OpenSSL's codes have digits and slashes.
    let has_form = bytes.iter().all(|byte| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'/')
    });
    let has_number = bytes
        .windows(2)
        .any(|pair| pair.iter().all(u8::is_ascii_digit));
    let is_known = || CODES.iter().any(|(_, codes)| codes.contains(&text));
    begins_like_code && (bytes.len() <= 64 && has_form && !has_number || is_known())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(seen: &SeenFailure, departures: u64) -> Failure {
        Failure::new(seen, &Endpoint::default(), departures)
    }

    fn seen(code: &str) -> SeenFailure {
        SeenFailure {
            code: code.to_owned(),
            syscall: None,
            hostname: None,
            port: None,
            proxy_status: None,
        }
    }

    fn seen_in(syscall: &str, code: &str) -> SeenFailure {
        SeenFailure {
            syscall: Some(syscall.to_owned()),
            ..seen(code)
        }
    }

    fn line(seen: &SeenFailure) -> String {
        failure(seen, 0).line().to_string()
    }

    fn assert_unsent(seen: &SeenFailure, cause: &str) {
        let line = line(seen);
        assert!(line.contains(cause), "{line}");
        assert!(line.ends_with("nothing was sent"), "{line}");
        assert!(failure(seen, 0).is_certainly_unsent());
        // The same error after a request was sent proves nothing.
        for departures in [1, 2] {
            let failure = failure(seen, departures);
            assert!(!failure.is_certainly_unsent(), "{line}");
            assert!(
                failure.line().to_string().contains("may or may not"),
                "{failure:?}"
            );
        }
    }

    fn assert_unknown(seen: &SeenFailure, cause: &str) {
        let line = line(seen);
        assert!(line.contains(cause), "{line}");
        assert!(line.contains("may or may not"), "{line}");
        assert!(!failure(seen, 0).is_certainly_unsent());
    }

    #[test]
    fn an_error_before_a_connection_proves_that_nothing_was_sent() {
        for (code, cause) in [
            ("ECONNREFUSED", "refused the connection"),
            ("ENOTFOUND", "could not be resolved"),
            ("EAI_AGAIN", "could not be resolved"),
            ("EAI_FAIL", "could not be resolved"),
            ("ESERVFAIL", "could not be resolved"),
            ("UND_ERR_CONNECT_TIMEOUT", "No connection"),
            ("CERT_HAS_EXPIRED", "certificate"),
            ("ERR_TLS_CERT_ALTNAME_INVALID", "certificate"),
            ("ERR_ACCESS_DENIED", "--allow-net"),
            ("UND_MOCK_ERR_MOCK_NOT_MATCHED", "MockAgent"),
            ("EMFILE", "open files"),
            ("UND_ERR_PRX_CONN", "proxy"),
            ("UND_ERR_PRX_TLS", "proxy"),
            ("ERR_PROXY_TUNNEL", "proxy"),
            ("no fetch", "no fetch"),
            ("too many sends", "at once"),
        ] {
            assert_unsent(&seen(code), cause);
        }
    }

    #[test]
    fn a_failed_connect_or_dns_lookup_proves_the_same_with_any_code() {
        for (syscall, code, cause) in [
            ("connect", "ECONNREFUSED", "refused the connection"),
            ("connect", "ETIMEDOUT", "No connection"),
            ("connect", "EHOSTUNREACH", "cannot be reached"),
            ("connect", "ENETUNREACH", "cannot be reached"),
            ("connect", "EACCES", "cannot be reached"),
            ("connect", "EADDRNOTAVAIL", "cannot be reached"),
            ("connect", "EMFILE", "open files"),
            ("connect", "ERR_ACCESS_DENIED", "--allow-net"),
            ("getaddrinfo", "EAI_AGAIN", "could not be resolved"),
            ("getaddrinfo", "ENOMEM", "could not be resolved"),
            ("queryA", "ECONNREFUSED", "could not be resolved"),
            ("queryAaaa", "ETIMEOUT", "could not be resolved"),
        ] {
            assert_unsent(&seen_in(syscall, code), cause);
        }
    }

    #[test]
    fn all_other_errors_prove_nothing() {
        for (code, cause) in [
            ("deadline", "No answer"),
            ("ETIMEDOUT", "No answer"),
            ("TimeoutError", "No answer"),
            ("UND_ERR_HEADERS_TIMEOUT", "No answer"),
            ("UND_ERR_BODY_TIMEOUT", "No answer"),
            ("ECONNRESET", "broke"),
            ("EPIPE", "broke"),
            ("UND_ERR_SOCKET", "broke"),
            ("EHOSTUNREACH", "failed"),
            ("ENETUNREACH", "failed"),
            ("UND_ERR_ABORTED", "failed"),
            ("AbortError", "failed"),
            ("TypeError", "failed"),
            ("EPROTO", "failed"),
            ("ERR_SSL_WRONG_VERSION_NUMBER", "failed"),
            ("116410", "failed"),
            ("", "failed"),
        ] {
            assert_unknown(&seen(code), cause);
        }
        for syscall in ["read", "write", "sendmsg"] {
            for code in ["ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"] {
                let failure = failure(&seen_in(syscall, code), 0);
                assert!(!failure.is_certainly_unsent(), "{syscall} {code}");
            }
        }
    }

    /// Only certificate errors, among these failures, can be caused by a wrong clock.
    #[test]
    fn only_certificate_errors_mention_the_clock() {
        for (kind, codes) in CODES {
            for code in *codes {
                let mentions = line(&seen(code)).contains("clock and certificates");
                assert_eq!(mentions, *kind == Kind::CertificateRefused, "{code}");
            }
        }
    }

    #[test]
    fn an_error_of_a_proxy_mentions_the_proxy() {
        for code in ["ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH"] {
            let at = |port| SeenFailure {
                port: Some(port),
                ..seen_in("connect", code)
            };
            assert_unsent(&at(3128), "proxy");
            let direct = line(&at(443));
            assert!(direct.contains("Tencent's API"), "{direct}");
        }
        let named = |name: &str| SeenFailure {
            hostname: Some(name.to_owned()),
            ..seen_in("getaddrinfo", "ENOTFOUND")
        };
        assert_unsent(&named("proxy.example"), "The proxy's host name");
        assert_unsent(&named("sms.tencentcloudapi.com"), "The API's host name");
        for (status, cause) in [
            (407, "user name and a password (HTTP status 407)"),
            (
                403,
                "The proxy refused the connection to Tencent's API (HTTP status 403)",
            ),
            (502, "HTTP status 502"),
        ] {
            let answered = SeenFailure {
                proxy_status: Some(status),
                ..seen("UND_ERR_ABORTED")
            };
            assert_unsent(&answered, cause);
        }
    }

    #[test]
    fn the_reason_is_a_code_and_nothing_else() {
        for (code, reason) in [
            ("ECONNREFUSED", "ECONNREFUSED"),
            (
                "ERR_SSL_WRONG_VERSION_NUMBER",
                "ERR_SSL_WRONG_VERSION_NUMBER",
            ),
            ("ERR_HTTP2_STREAM_ERROR", "ERR_HTTP2_STREAM_ERROR"),
            // Node and its OpenSSL write these codes.
            (
                "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
                "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
            ),
            (
                "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE",
                "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE",
            ),
            ("ERR_CODE_116410", "unknown"),
            ("8_6_1_3_8", "unknown"),
            ("/A", "unknown"),
            ("TimeoutError", "TimeoutError"),
            ("deadline", "timeout"),
            ("too many sends", "too many sends"),
            ("no fetch", "no fetch"),
            ("8613800138000", "unknown"),
            ("AKID13800138000", "unknown"),
            ("the code is 116410", "unknown"),
            ("", "unknown"),
        ] {
            assert_eq!(failure(&seen(code), 0).reason(), reason, "{code}");
        }
        let answered = SeenFailure {
            proxy_status: Some(407),
            ..seen("UND_ERR_ABORTED")
        };
        assert_eq!(failure(&answered, 0).reason(), "proxy status 407");
    }

    #[test]
    fn no_code_is_twice_in_the_table() {
        let mut codes: Vec<_> = CODES.iter().flat_map(|(_, codes)| *codes).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
