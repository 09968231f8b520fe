//! The discovery that nearly all messages come from one address.

use crate::address::Address;

/// The most messages of a sample from other addresses, for a sample that nearly all comes from one.
const MOST_OTHERS: u32 = 2;

/// The share of the address that messages are requested from most, in samples of 50 messages.
///
/// The address of a sample's first message stands for the most frequent one. If it is another one, by bad
/// luck, the next sample shows it.
#[derive(Debug)]
pub struct OneAddress {
    first: Option<Address>,
    count: u32,
    others: u32,
}

impl OneAddress {
    /// The number of messages in a sample.
    pub const SAMPLE: u32 = 50;

    /// Creates an empty sample.
    pub const fn unknown() -> Self {
        Self {
            first: None,
            count: 0,
            others: 0,
        }
    }

    /// Counts a message. Returns true if it completes a sample in which nearly all messages come from one
    /// address.
    pub fn completes_sample(&mut self, address: Address) -> bool {
        let first = *self.first.get_or_insert(address);
        self.count += 1;
        self.others += u32::from(address != first);
        if self.count < Self::SAMPLE {
            return false;
        }
        let is_one = self.others <= MOST_OTHERS;
        *self = Self::unknown();
        is_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples_of_one(addresses: impl Iterator<Item = u32>) -> usize {
        let mut one_address = OneAddress::unknown();
        addresses
            .filter(|number| {
                let [a, b, c, d] = number.to_be_bytes();
                let address = Address::parse(&format!("{a}.{b}.{c}.{d}")).unwrap();
                one_address.completes_sample(address)
            })
            .count()
    }

    #[test]
    fn a_sample_is_of_one_address_if_at_most_two_messages_are_of_others() {
        assert_eq!(samples_of_one((0..49).map(|_| 1)), 0);
        assert_eq!(samples_of_one((0..100).map(|_| 1)), 2);
        // Every 25th message is of another address: two in a sample.
        assert_eq!(
            samples_of_one((1..=100).map(|i| u32::from(i % 25 == 0) * i)),
            2
        );
        // Every 16th: three.
        assert_eq!(
            samples_of_one((1..=50).map(|i| u32::from(i % 16 == 0) * i)),
            0
        );
        assert_eq!(samples_of_one(0..1000), 0);
    }
}
