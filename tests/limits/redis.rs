//! The rule of the script in a real Redis: the same vectors as in memory, and the same decisions over long random
//! histories. `make redis-tests` runs them.
//!
//! The script takes the time of the server, which no test can set. So the tests replace these lines of it, and the
//! expiry of keys, with times of their own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use connector_tencent_sms_wasm::config::Config;
use connector_tencent_sms_wasm::logto::Message;
use connector_tencent_sms_wasm::send::{Error, Spending};
use connector_tencent_sms_wasm::step::{Event, StoreAction, StoreCommand, TraceId};
use serde_json::{Value, json};

use crate::process::{Process, config_with, message};
use crate::random::Random;

const SCRIPT: &str = include_str!("../../js-shim/store/count.lua");

/// The script with the time of its last two parameters, in seconds and microseconds.
fn script() -> String {
    let replaced = |script: &str, line: &str, with: &str| {
        assert_eq!(script.matches(line).count(), 1, "{line}");
        script.replace(line, with)
    };
    let script = replaced(
        SCRIPT,
        "redis.call('TIME')",
        "{ ARGV[#ARGV - 1], ARGV[#ARGV] }",
    );
    replaced(&script, "'PX', math.ceil(ms)", "'EX', 600")
}

/// A connection to the server of the test.
struct Redis {
    writer: TcpStream,
    reader: BufReader<TcpStream>,
    script: String,
}

impl Redis {
    fn connect() -> Self {
        let port = std::env::var("REDIS_PORT").unwrap();
        let writer = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
        writer.set_nodelay(true).unwrap();
        let mut redis = Self {
            reader: BufReader::new(writer.try_clone().unwrap()),
            writer,
            script: String::new(),
        };
        redis.script = redis.call(&["SCRIPT", "LOAD", &script()]).remove(0);
        redis
    }

    /// Sends a command, and returns its reply: the elements of a list, or a list of the one value.
    fn call(&mut self, words: &[&str]) -> Vec<String> {
        let mut command = format!("*{}\r\n", words.len());
        for word in words {
            command += &format!("${}\r\n{word}\r\n", word.len());
        }
        self.writer.write_all(command.as_bytes()).unwrap();
        match self.line().split_at(1) {
            ("*", count) => (0..count.parse().unwrap())
                .map(|_| self.line().trim_start_matches(':').to_owned())
                .collect(),
            ("$", length) => {
                let mut text = vec![0; length.parse::<usize>().unwrap() + 2];
                self.reader.read_exact(&mut text).unwrap();
                vec![String::from_utf8(text).unwrap().trim_end().to_owned()]
            }
            ("-", error) => panic!("{error}"),
            (_, value) => vec![value.to_owned()],
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn run(&mut self, command: &StoreCommand, now: f64) -> Vec<u64> {
        let action = json!(command.action);
        let count = command.keys.len().to_string();
        let times: Vec<_> = command.times.iter().map(ToString::to_string).collect();
        let now = now as u64;
        let (seconds, micros) = ((now / 1000).to_string(), (now % 1000 * 1000).to_string());
        let script = self.script.clone();
        let mut words = vec!["EVALSHA", &script, &count];
        words.extend(command.keys.iter().map(String::as_str));
        words.push(action.as_str().unwrap());
        words.extend(times.iter().map(String::as_str));
        words.extend([seconds.as_str(), &micros]);
        let reply = self.call(&words);
        reply.iter().map(|number| number.parse().unwrap()).collect()
    }
}

/// A process whose counts are in the Redis.
struct SharingProcess {
    config: Config,
    spending: Spending,
    redis: Redis,
}

impl SharingProcess {
    fn new(limits: &Value) -> Self {
        let mut limits = limits.clone();
        limits["store"] = "redis".into();
        let mut redis = Redis::connect();
        redis.call(&["FLUSHALL"]);
        Self {
            config: config_with(&limits),
            spending: Spending::none(),
            redis,
        }
    }

    /// Decides about a message, and returns the key of the limit that refuses it.
    fn decide(&mut self, message: &Message, now: f64) -> Result<(), &'static str> {
        let random = || TraceId::from_bytes([7; 16]);
        let command = self
            .spending
            .admit(&self.config, message, &[], now, &random);
        // No limit counts the message.
        let Some(command) = command.unwrap() else {
            return Ok(());
        };
        let reply = self.redis.run(&command, now);
        let (config, spending) = (&self.config, &mut self.spending);
        match spending.decide(config, message, Some(&reply), now, &random) {
            Ok(()) => Ok(()),
            Err(Error::LimitReached { limit, .. }) => Err(limit.key()),
            Err(error) => panic!("{error}"),
        }
    }

    fn give_back(&mut self, message: &Message, now: f64) {
        let taken = Event::Stored {
            action: StoreAction::Take,
            reply: Some(vec![0]),
        };
        let command = self.spending.release(&self.config, message, &[taken]);
        if let Some(command) = command {
            self.redis.run(&command, now);
        }
    }
}

#[test]
#[ignore = "it needs a Redis: make redis-tests"]
fn every_vector_holds_in_redis() {
    let vectors: Value = serde_json::from_str(include_str!("vectors.json")).unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let name = &case["name"];
        let mut process = SharingProcess::new(&case["limits"]);
        for (index, send) in case["sends"].as_array().unwrap().iter().enumerate() {
            let message = message(send["to"].as_str().unwrap(), send["ip"].as_str());
            let now = send["at"].as_f64().unwrap();
            let decision = process.decide(&message, now);
            match send["expect"].as_str().unwrap() {
                "sent" => assert_eq!(decision, Ok(()), "{name}, {index}"),
                "unsent" => {
                    assert_eq!(decision, Ok(()), "{name}, {index}");
                    process.give_back(&message, now);
                }
                limit => assert_eq!(decision, Err(limit), "{name}, {index}"),
            }
        }
    }
}

/// Long random histories over few keys, so that the memory forgets none: the decisions in memory and in the Redis are
/// the same.
#[test]
#[ignore = "it needs a Redis: make redis-tests"]
fn random_histories_are_the_same_in_memory_and_in_redis() {
    let mut random = Random(2026);
    let (mut sent, mut refused) = (0, 0);
    for history in 0..60 {
        let mut rate = |most_messages: u64, most_seconds: u64| {
            let messages = 1 + random.below(most_messages);
            format!("{messages}/{}s", 1 + random.below(most_seconds))
        };
        let limits = json!({
            "perIp": rate(20, 600), "perNumber": rate(5, 600), "perRange": rate(50, 60),
            "perCallingCode": { "86": rate(200, 600), "*": rate(30, 600) },
            "total": rate(999_999, 60)
        });
        let mut in_memory = Process::new(&limits);
        let mut in_redis = SharingProcess::new(&limits);
        let mut now = 1.7e12;
        for step in 0..1000 {
            // Half of the messages come at the same time.
            now += (random.below(2) * random.below(10_000)) as f64;
            let to = match random.below(3) {
                0 => format!("86138001380{:02}", random.below(5)),
                1 => format!("8613800{:06}", random.below(100) * 10_000),
                _ => format!("{}5551234", 852 + random.below(3)),
            };
            let ip = format!("203.0.113.{}", random.below(10));
            let message = message(&to, (random.below(4) > 0).then_some(&ip));
            let expected = in_memory.decide(&message, now);
            let decision = in_redis.decide(&message, now);
            assert_eq!(
                decision, expected,
                "history {history}, step {step}, {limits}"
            );
            sent += u32::from(decision.is_ok());
            refused += u32::from(decision.is_err());
            if decision.is_ok() && random.below(4) == 0 {
                in_memory.give_back(&message);
                in_redis.give_back(&message, now);
            }
        }
    }
    println!("histories: {sent} sent, {refused} refused, the same in both");
    assert!(sent > 10_000 && refused > 10_000, "{sent}, {refused}");
}
