//! The parts of `lib.rs` on the bare machine. Prints the nanoseconds of CPU that each takes for one
//! message, as JSON: connector-tencent-sms-wasm-bench CONFIG MESSAGE

use std::env::args;
use std::time::{SystemTime, UNIX_EPOCH};

use connector_tencent_sms_wasm_bench::{parse, sign};
use cpu_time::ProcessTime;

const TIMES: u32 = 20_000;

fn main() {
    let arguments: Vec<String> = args().skip(1).collect();
    let [config, data] = &arguments[..] else {
        panic!("usage: connector-tencent-sms-wasm-bench CONFIG MESSAGE");
    };
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = since_1970.expect("a clock after 1970").as_secs_f64() * 1000.0;
    let parse_ns = nanoseconds(|times| parse(config, data, times));
    let sign_ns = nanoseconds(|times| sign(config, data, now, times));
    println!(r#"{{"parse":{parse_ns},"sign":{sign_ns}}}"#);
}

fn nanoseconds(part: impl Fn(u32)) -> f64 {
    part(TIMES / 10);
    let start = ProcessTime::now();
    part(TIMES);
    start.elapsed().as_nanos() as f64 / f64::from(TIMES)
}
