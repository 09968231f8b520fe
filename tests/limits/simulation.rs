//! Two simulations at the limits that the Console's form proposes: a month of ordinary sign-ins, and an hour of SMS
//! pumping. Their parameters were written down before the first run.

use std::collections::HashMap;

use connector_tencent_sms_wasm::logto::Message;
use serde_json::Value;

use crate::alone;
use crate::process::{Process, message, proposed};
use crate::random::Random;

const MINUTE: f64 = 60.0 * 1000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
/// 2026-11-01T00:00:00Z, converted with GNU date.
const BEGIN: f64 = 1_793_491_200_000.0;

/// A request for a message.
struct Request {
    at: f64,
    message: Message,
}

/// Ordinary traffic.
///
/// - 10,000 users. Of these, 9,500 have mainland numbers in 200 blocks of 10,000 numbers (a town), and 500 have
///   numbers in 20 other countries.
/// - 500 users, those of one carrier, share one address. Each other user has an address.
/// - A user signs in every `days` days on average, at any time (a Poisson process). Logto's sessions last 14 days by
///   default, and a user has two devices: `days` is 7.
/// - The evening has peaks: from 20 to 22 o'clock, an hour has 14 % of the day's sign-ins.
/// - 15 % of the codes are asked for again after one to two minutes, at most three times.
struct Ordinary {
    days: f64,
}

/// The share of each hour of the day in the day's sign-ins, times 28.
const HOURS: [f64; 24] = [
    0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.5,
    3.0, 4.0, 4.0, 2.5, 1.0,
];
const USERS: u64 = 10_000;
const SHARING: u64 = 500;
const DAYS: u64 = 30;

impl Ordinary {
    fn requests(&self, random: &mut Random) -> Vec<Request> {
        let mut requests = Vec::new();
        for user in 0..USERS {
            let (to, ip) = (number(user, random), address(user));
            for day in 0..DAYS {
                // The number of sign-ins of a Poisson process, by the waits between them.
                let mut passed = 0.0;
                loop {
                    passed -= (1.0 - random.fraction()).ln() * self.days;
                    if passed > 1.0 {
                        break;
                    }
                    let mut at = BEGIN + day as f64 * DAY + time_of_day(random);
                    for _ in 0..4 {
                        let message = message(&to, Some(&ip));
                        requests.push(Request { at, message });
                        if random.fraction() >= 0.15 {
                            break;
                        }
                        at += MINUTE * (1.0 + random.fraction());
                    }
                }
            }
        }
        requests.sort_by(|a, b| a.at.total_cmp(&b.at));
        requests
    }
}

fn number(user: u64, random: &mut Random) -> String {
    match user % 20 {
        0 => format!(
            "{}{:09}",
            350 + user / 20 % 10 + user / 200 % 2 * 20,
            random.below(1_000_000_000)
        ),
        _ => format!("861380{:03}{user:04}", random.below(200)),
    }
}

fn address(user: u64) -> String {
    match user {
        0..SHARING => "203.0.113.7".to_owned(),
        _ => format!("10.{}.{}.{}", user >> 16, user >> 8 & 0xff, user & 0xff),
    }
}

fn time_of_day(random: &mut Random) -> f64 {
    let total: f64 = HOURS.iter().sum();
    let mut rest = random.fraction() * total;
    for (hour, share) in HOURS.iter().enumerate() {
        if rest < *share {
            return (hour as f64 + rest / share) * HOUR;
        }
        rest -= share;
    }
    DAY - 1.0
}

/// Returns the number of refused requests by limit.
fn refused(limits: &Value, requests: &[Request]) -> HashMap<&'static str, u32> {
    let mut process = Process::new(limits);
    let mut refused = HashMap::new();
    for Request { at, message } in requests {
        if let Err(limit) = process.decide(message, at.floor()) {
            *refused.entry(limit).or_default() += 1;
        }
    }
    refused
}

#[test]
fn a_month_of_ordinary_traffic_is_not_refused() {
    let _alone = alone();
    for days in [7.0, 3.0, 1.0] {
        let requests = Ordinary { days }.requests(&mut Random(2026));
        let result = refused(&proposed(), &requests);
        println!(
            "ordinary: {USERS} users for {DAYS} days, a sign-in every {days} days: {} messages, refused: {result:?}",
            requests.len()
        );
        let smallest = [10, 15, 20, 30, 40, 50, 75, 100, 150]
            .into_iter()
            .find(|most| {
                let mut limits = proposed();
                limits["perIp"] = format!("{most}/1h").into();
                !refused(&limits, &requests).contains_key("perIp")
            });
        println!(
            "ordinary: the smallest perIp that refuses none of the {SHARING} on one address: {smallest:?}/1h"
        );
        if days == 7.0 {
            assert_eq!(result, HashMap::new());
        }
    }
}

/// SMS pumping, as Twilio describes it (<https://www.twilio.com/docs/glossary/what-is-sms-pumping-fraud>): messages to
/// a block of adjacent numbers that one operator controls, which shares the fee with the attacker. The size is that
/// of this project's task: 10,000 requests in an hour from 200 addresses, to four blocks of 10,000 numbers.
fn pumping(blocks: [&str; 4], random: &mut Random) -> Vec<Request> {
    let mut times: Vec<_> = (0..10_000)
        .map(|_| BEGIN + random.fraction() * HOUR)
        .collect();
    times.sort_by(f64::total_cmp);
    let requests = times.into_iter().enumerate().map(|(index, at)| {
        let to = format!("{}{:04}", blocks[index % 4], index / 4);
        let ip = format!("198.51.100.{}", random.below(200));
        Request {
            at,
            message: message(&to, Some(&ip)),
        }
    });
    requests.collect()
}

#[test]
fn of_an_hour_of_pumping_at_most_three_percent_leave() {
    let _alone = alone();
    for (where_, blocks) in [
        (
            "one country",
            ["99890000", "99890001", "99890002", "99890003"],
        ),
        (
            "four countries",
            ["99890000", "22160001", "25261002", "96050003"],
        ),
    ] {
        let requests = pumping(blocks, &mut Random(2026));
        let result = refused(&proposed(), &requests);
        let left = 10_000 - result.values().sum::<u32>();
        println!(
            "pumping: 10,000 requests to four blocks in {where_}: {left} leave, refused: {result:?}"
        );
        // Each block has 30 places at the begin, and 30 more in the hour.
        assert!((4 * 30..=4 * 60).contains(&left), "{left}");
        assert!(left <= 300, "{left}");
    }
}

/// An attacker who knows the limits uses numbers of many blocks. Then the limit of the country remains.
#[test]
fn pumping_over_a_whole_country_is_stopped_by_its_calling_code() {
    let _alone = alone();
    let mut random = Random(2026);
    let requests: Vec<_> = (0..10_000)
        .map(|index| {
            let to = format!("9989{:08}", random.below(100_000_000));
            let ip = format!("198.51.100.{}", random.below(200));
            let at = BEGIN + HOUR * f64::from(index) / 10_000.0;
            Request {
                at,
                message: message(&to, Some(&ip)),
            }
        })
        .collect();
    let result = refused(&proposed(), &requests);
    let left = 10_000 - result.values().sum::<u32>();
    println!("pumping: 10,000 requests to a whole country: {left} leave, refused: {result:?}");
    assert!((200..=400).contains(&left), "{left}");
}

/// While the attack lasts, ordinary users are served.
#[test]
fn pumping_refuses_no_ordinary_user() {
    let _alone = alone();
    let ordinary = Ordinary { days: 7.0 }.requests(&mut Random(7));
    let evening = BEGIN + 20.0 * HOUR;
    let mut process = Process::new(&proposed());
    let attack = pumping(
        ["99890000", "22160001", "25261002", "96050003"],
        &mut Random(2026),
    );
    let attack = attack
        .into_iter()
        .map(|request| (true, request.at + 20.0 * HOUR, request.message));
    let until = evening + HOUR;
    let ordinary = ordinary.into_iter().filter(|request| request.at < until);
    let mut all: Vec<_> = ordinary
        .map(|request| (false, request.at, request.message))
        .chain(attack)
        .collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut refused = 0;
    for (is_attack, at, message) in all {
        let decision = process.decide(&message, at.floor());
        refused += u32::from(!is_attack && decision.is_err());
    }
    assert_eq!(refused, 0);
}
