//! The memory of the counts, with a million keys of each kind.

use std::fs;
use std::time::Instant;

use crate::alone;
use crate::process::{Process, message, proposed};
use crate::random::Random;

const MILLION: u64 = 1_000_000;
const NOW: f64 = 1.7e12;

/// Returns the memory of this process that is in use, in bytes.
fn resident() -> i64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    let pages: i64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "it reads /proc")]
fn a_million_keys_of_each_kind_take_no_more_memory_than_some_thousands() {
    let _alone = alone();
    let mut limits = proposed();
    // Otherwise nearly all messages would be refused and take no place.
    limits["perCallingCode"] = serde_json::json!({ "*": "999999/1s" });
    limits["total"] = "999999/1s".into();
    let mut process = Process::new(&limits);
    let mut send = |index: u64| {
        let to = format!("{}", 20_000_000_000_000 + index * 10_007);
        let ip = format!("2001:{:x}:{:x}::1", index >> 16, index & 0xffff);
        process.decide(&message(&to, Some(&ip)), NOW + index as f64)
    };
    (0..20_000).for_each(|index| send(index).unwrap());
    let before = resident();
    let began = Instant::now();
    // Nobody is refused because of what the tables forget.
    (20_000..MILLION).for_each(|index| send(index).unwrap());
    let grown = resident() - before;
    println!(
        "memory: {MILLION} addresses, numbers and ranges: {} KB more than 20,000 of them; {:.1?} in all",
        grown / 1024,
        began.elapsed()
    );
    // A million entries of 16 bytes for each kind would take 48 MB.
    assert!(grown < 2 * 1024 * 1024, "{grown} bytes more");
}

#[test]
fn a_number_that_has_used_its_places_is_not_forgotten_for_others() {
    let _alone = alone();
    let mut process = Process::new(&serde_json::json!({ "perNumber": "5/1h" }));
    let mut random = Random(1);
    let heavy: Vec<_> = (0..100)
        .map(|index| message(&format!("86138001380{index:02}"), None))
        .collect();
    for message in &heavy {
        (0..5).for_each(|_| process.decide(message, NOW).unwrap());
    }
    for index in 0..200_000 {
        let to = format!("44{:010}", random.below(10_000_000_000));
        process
            .decide(&message(&to, None), NOW + f64::from(index) / 1000.0)
            .unwrap();
    }
    let refused = heavy
        .iter()
        .filter(|message| process.decide(message, NOW + 1000.0).is_err());
    assert_eq!(refused.count(), 100);
}
