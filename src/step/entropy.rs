//! Randomness, which the host provides.

use std::fmt;

/// Randomness for one step.
#[derive(Clone, Copy)]
pub struct Entropy {
    /// The request's `X-TC-TraceId`.
    pub trace_id: TraceId,
    /// A number from 0 up to 1, for the wait before a retry.
    pub jitter: f64,
}

/// A UUID that identifies a request in Tencent's logs; Tencent's SDKs send one too. The shim
/// distinguishes the connector's requests from the host's by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceId([u8; 16]);

impl TraceId {
    /// Makes a version 4 UUID from 16 random bytes.
    pub fn from_bytes(mut bytes: [u8; 16]) -> Self {
        let [.., version, _, variant, _, _, _, _, _, _, _] = &mut bytes;
        *version = *version & 0x0f | 0x40;
        *variant = *variant & 0x3f | 0x80;
        Self(bytes)
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.0.iter().enumerate() {
            let hyphen = if matches!(position, 4 | 6 | 8 | 10) {
                "-"
            } else {
                ""
            };
            write!(formatter, "{hyphen}{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trace_ids_are_version_4_uuids() {
        for (byte, expected) in [
            (0x00, "00000000-0000-4000-8000-000000000000"),
            (0xff, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
        ] {
            let trace_id = TraceId::from_bytes([byte; 16]);
            assert_eq!(trace_id.to_string(), expected);
        }
    }
}
