//! Turns `src/tencent/error_codes.tsv`, the only list of Tencent's error codes, into a Rust table.
//!
//! The sandbox reads the same file. The rows become code, so a value that the core does not know fails the build.

use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

const SOURCE: &str = "src/tencent/error_codes.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let mut table = String::from("&[\n");
    for line in fs::read_to_string(SOURCE)?.lines().skip(1) {
        let columns: Vec<_> = line.split('\t').collect();
        // The second column is the meaning. Only the sandbox shows it.
        let [
            code,
            _,
            logto_code,
            retry,
            fixed_by,
            parameter,
            user_message,
            advice,
        ] = columns[..]
        else {
            return Err(format!("{SOURCE}: a row needs eight columns: {line}").into());
        };
        let parameter = match parameter {
            "-" => "None".to_owned(),
            parameter => format!("Some(Parameter::{parameter})"),
        };
        writeln!(
            table,
            "ErrorCode {{ tencent_code: {code:?}, connector_error_code: ConnectorErrorCode::{logto_code}, \
             retry: Retry::{retry}, fixed_by: FixedBy::{fixed_by}, parameter: {parameter}, \
             user_message: UserMessage::{user_message}, advice: {advice:?} }},"
        )?;
    }
    table.push(']');
    let folder = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(PathBuf::from(folder).join("error_codes.rs"), table)?;
    Ok(())
}
