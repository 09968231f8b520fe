//! Random histories, compared with a token bucket as textbooks describe it: with a level that rises.

use connector_tencent_sms_wasm::limits::Rate;
use proptest::prelude::*;

/// A bucket. Levels are in parts of a token, so that the level rises by a whole number of parts in a microsecond.
struct Bucket {
    messages: u64,
    period: u64,
    level: u64,
    at: u64,
}

impl Bucket {
    fn rise(&mut self, now: u64) {
        let full = self.messages * self.period;
        self.level = full.min(self.level + (now - self.at) * self.messages);
        self.at = now;
    }

    fn take(&mut self, now: u64) -> bool {
        self.rise(now);
        let has_token = self.level >= self.period;
        self.level -= if has_token { self.period } else { 0 };
        has_token
    }

    fn give_back(&mut self, now: u64) {
        self.level += self.period;
        self.rise(now);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_history_is_that_of_a_token_bucket(
        // The hour is divided without a rest, so that both are exact.
        messages in prop::sample::select(vec![1_u64, 2, 5, 20, 30, 200, 5000]),
        steps in prop::collection::vec((0..400_000_000_u64, any::<u8>()), 0..300),
    ) {
        let rate = Rate::parse(&format!("{messages}/1h")).unwrap();
        let mut now = 1_700_000_000_000_000_u64;
        let period = 3_600_000_000;
        let mut bucket = Bucket { messages, period, level: messages * period, at: now };
        let mut all_free_at = 0;
        let mut taken = 0;
        for (passes, choice) in steps {
            // Half of the steps happen at the same time.
            now += if choice % 2 == 0 { 0 } else { passes };
            if choice % 5 == 0 && taken > 0 {
                taken -= 1;
                bucket.give_back(now);
                all_free_at = rate.give_back(all_free_at);
            } else {
                let next = rate.take(all_free_at, now);
                prop_assert_eq!(next.is_some(), bucket.take(now));
                taken += u32::from(next.is_some());
                all_free_at = next.unwrap_or(all_free_at);
            }
        }
    }

    #[test]
    fn a_limit_is_exact_to_a_thousandth_unless_it_is_thousands_a_second(
        messages in 1..100_000_u64, minutes in 1..9999_u64,
    ) {
        let rate = Rate::parse(&format!("{messages}/{minutes}m")).unwrap();
        let period = minutes * 60_000_000;
        prop_assume!(period / messages >= 1000);
        let now = 1_700_000_000_000_000;
        let mut all_free_at = 0;
        for _ in 0..messages {
            all_free_at = rate.take(all_free_at, now).unwrap();
        }
        prop_assert_eq!(rate.take(all_free_at, now), None);
        // All places are free again after the time of the limit, and one after its share of it.
        let (late, share) = (all_free_at - now - period, period / messages);
        prop_assert!(late <= period / 1000);
        prop_assert!(rate.take(all_free_at, now + share + share / 1000 + 1).is_some());
        prop_assert_eq!(rate.take(all_free_at, now + share - 1), None);
    }
}
