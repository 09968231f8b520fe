//! The end user's address, as far as it distinguishes one user from another.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IPv4 address, or the first 64 bits of an IPv6 address: a provider gives each customer at least these,
/// and the customer chooses the others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address([u8; 8]);

/// The first bits of an IPv4 address as a number. They are those of `::ffff:a.b.c.d`, and begin no IPv6
/// address that is in use.
const V4: u64 = 0xffff_0000_0000;

impl Address {
    /// Parses the text that Logto passes, or returns `None` if it is not an address. Some proxies add the
    /// port, or the name of a network interface.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let has_port = text.bytes().filter(|byte| *byte == b':').count() == 1;
        let end = match text.strip_prefix('[') {
            Some(_) => text.find(']'),
            None => text.find('%').or(text.find(':').filter(|_| has_port)),
        };
        let address = text.get(..end.unwrap_or(text.len()))?;
        let address = address.strip_prefix('[').unwrap_or(address);
        Some(match address.parse().ok()? {
            IpAddr::V4(address) => Self::v4(address),
            IpAddr::V6(address) => match embedded(address) {
                Some(address) => Self::v4(address),
                None => Self(((address.to_bits() >> 64) as u64).to_be_bytes()),
            },
        })
    }

    fn v4(address: Ipv4Addr) -> Self {
        Self((V4 | u64::from(address.to_bits())).to_be_bytes())
    }

    /// Returns the bytes that distinguish this address from others.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Returns the IPv4 address that an IPv6 address stands for: `::ffff:a.b.c.d`, or `64:ff9b::a.b.c.d` behind
/// a NAT64 (RFC 6052).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    address.to_ipv4_mapped().or(match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(Ipv4Addr::from_bits(address.to_bits() as u32)),
        _ => None,
    })
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Address(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_user_are_the_same() {
        for (one, same) in [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7", "::ffff:203.0.113.7"),
            ("203.0.113.7", "::FFFF:cb00:7107"),
            ("203.0.113.7", "64:ff9b::203.0.113.7"),
            ("203.0.113.7", "203.0.113.7:50000"),
            ("203.0.113.7", " 203.0.113.7 "),
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
            ("2001:db8:1:2::1", "[2001:db8:1:2::3]:443"),
            ("fe80::1", "fe80::2%eth0"),
        ] {
            let parsed = Address::parse(one);
            assert!(parsed.is_some(), "{one}");
            assert_eq!(parsed, Address::parse(same), "{one} {same}");
        }
    }

    #[test]
    fn addresses_of_different_users_differ() {
        for (one, other) in [
            ("203.0.113.7", "203.0.113.8"),
            ("203.0.113.7", "::203.0.113.7"),
            ("::ffff:203.0.113.7", "::ffff:203.0.113.8"),
            ("64:ff9b::203.0.113.7", "64:ff9b::203.0.113.8"),
            ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ] {
            let (one, other) = (Address::parse(one), Address::parse(other));
            assert!(one.is_some() && other.is_some());
            assert_ne!(one, other);
        }
    }

    #[test]
    fn other_texts_are_no_addresses() {
        for text in [
            "",
            " ",
            "unknown",
            "localhost",
            "203.0.113",
            "203.0.113.256",
            "203.0.113.07",
            "203.0.113.7, 198.51.100.1",
            "2001:db8::1::2",
            "%",
            "[",
            "[]:443",
            ":443",
            "_hidden",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn debug_output_contains_no_address() {
        let address = Address::parse("203.0.113.7");
        assert_eq!(format!("{address:?}"), "Some(Address(…))");
    }
}
