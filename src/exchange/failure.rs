//! Why no answer came.

use std::fmt;

/// Why no answer came, as far as it matters. Displays as a line for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: Kind,
    /// Whether any byte of the request may have left.
    may_be_sent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing listens there.
    ConnectionRefused,
    /// The name has no address.
    NameNotFound,
    /// No connection in time.
    ConnectTimeout,
    /// No answer in time.
    Timeout,
    /// The connection broke.
    ConnectionLost,
    /// Anything else, certificates that are not valid among it.
    Other,
}

impl Failure {
    /// From the code of Node's or undici's error, or the name of an error without one; and whether
    /// the HTTP client is known not to have begun to write the request.
    ///
    /// The codes are Node's (`errno`, `dns`) and undici's (`UND_ERR_*`), as its `fetch` puts them
    /// into `error.cause`; `TimeoutError` is what the shim's own limits reject with.
    pub fn new(code: &str, request_sent: bool) -> Self {
        let kind = match code {
            "ECONNREFUSED" => Kind::ConnectionRefused,
            "ENOTFOUND" | "EAI_AGAIN" => Kind::NameNotFound,
            "UND_ERR_CONNECT_TIMEOUT" => Kind::ConnectTimeout,
            "TimeoutError" | "ETIMEDOUT" if !request_sent => Kind::ConnectTimeout,
            "TimeoutError" | "ETIMEDOUT" | "UND_ERR_HEADERS_TIMEOUT" | "UND_ERR_BODY_TIMEOUT" => {
                Kind::Timeout
            }
            "ECONNRESET" | "EPIPE" | "UND_ERR_SOCKET" => Kind::ConnectionLost,
            _ => Kind::Other,
        };
        // These three come before there is a connection, whatever is known of the request.
        let is_before_connection = matches!(
            kind,
            Kind::ConnectionRefused | Kind::NameNotFound | Kind::ConnectTimeout
        );
        Self {
            kind,
            may_be_sent: request_sent && !is_before_connection,
        }
    }

    /// Whether it is certain that the message was not sent, so that it may be sent again.
    pub const fn is_certainly_unsent(self) -> bool {
        !self.may_be_sent
    }

    /// What happened, and where to look.
    pub const fn cause(self) -> &'static str {
        match self.kind {
            Kind::ConnectionRefused => {
                "Tencent's API refused the connection; check endpoint and the server's firewall"
            }
            Kind::NameNotFound => {
                "The API's host name has no address; check endpoint and the server's DNS"
            }
            Kind::ConnectTimeout => {
                "No connection to Tencent's API in time; check the server's firewall and proxy"
            }
            Kind::Timeout => "No answer from Tencent's API in time",
            Kind::ConnectionLost => "The connection to Tencent's API broke",
            Kind::Other if self.may_be_sent => "The request to Tencent's API failed",
            Kind::Other => {
                "No connection to Tencent's API; check endpoint, the server's clock and certificates"
            }
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = if self.may_be_sent {
            "the message may or may not have been sent"
        } else {
            "nothing was sent"
        };
        write!(formatter, "{}; {outcome}", self.cause())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_a_connection_is_certainly_unsent() {
        for code in [
            "ECONNREFUSED",
            "ENOTFOUND",
            "EAI_AGAIN",
            "UND_ERR_CONNECT_TIMEOUT",
        ] {
            for request_sent in [false, true] {
                let failure = Failure::new(code, request_sent);
                assert!(failure.is_certainly_unsent(), "{code}");
                assert!(
                    failure.to_string().ends_with("nothing was sent"),
                    "{failure}"
                );
            }
        }
    }

    #[test]
    fn all_else_is_unsent_only_where_the_request_is_known_not_to_have_left() {
        for code in [
            "TimeoutError",
            "ETIMEDOUT",
            "ECONNRESET",
            "EPIPE",
            "UND_ERR_SOCKET",
            "UND_ERR_HEADERS_TIMEOUT",
            "CERT_HAS_EXPIRED",
            "TypeError",
            "116410",
            "",
        ] {
            assert!(Failure::new(code, false).is_certainly_unsent(), "{code}");
            let failure = Failure::new(code, true);
            assert!(!failure.is_certainly_unsent(), "{code}");
            assert!(failure.to_string().contains("may or may not"), "{failure}");
        }
    }

    #[test]
    fn a_limit_that_passed_is_told_by_what_it_limited() {
        let line = |request_sent| Failure::new("TimeoutError", request_sent).to_string();
        assert!(line(false).starts_with("No connection"));
        assert!(line(true).starts_with("No answer"));
    }
}
