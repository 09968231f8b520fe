//! Turns two lists into Rust code: Tencent's error codes and the catalogue of texts.
//!
//! The sandbox reads the list of error codes too. The rows become code, so a value that the core does not know fails
//! the build.

use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

const ERROR_CODES: &str = "src/tencent/error_codes.tsv";
const ENGLISH: &str = "src/text/en.txt";

fn main() -> Result<(), Box<dyn Error>> {
    let texts = read(ENGLISH)?;
    let texts = texts
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(" = ").ok_or("a text needs an id and ` = `"))
        .collect::<Result<Vec<_>, _>>()?;
    write("texts.rs", &catalogue(&texts)?)?;
    write("error_codes.rs", &error_codes(&read(ERROR_CODES)?, &texts)?)
}

/// Returns the code of the sentences and their names, with a constant for each id, such as `FAILURE_OTHER` for
/// `failure.other`.
fn catalogue(texts: &[(&str, &str)]) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    // The advice on error codes stands last. Its names are the codes, which the module has already.
    let named = texts.iter().map(|(id, _)| id);
    let ids: Vec<_> = named.take_while(|id| !id.starts_with("advice.")).collect();
    let sentences = texts.iter().map(|(_, sentence)| with_marks(sentence));
    let sentences = sentences.collect::<Result<Vec<_>, _>>()?;
    writeln!(code, "const NAMES: &[&str] = &{ids:?};")?;
    writeln!(code, "const ENGLISH: &[&str] = &{sentences:?};")?;
    writeln!(
        code,
        "/// The ids of all texts, except the advice on Tencent's error codes."
    )?;
    writeln!(code, "#[allow(missing_docs)] pub mod id {{ use super::Id;")?;
    for (index, (id, sentence)) in texts.iter().enumerate() {
        if !id.starts_with("advice.") {
            let name = id.replace(['.', '-'], "_").to_uppercase();
            writeln!(
                code,
                "#[doc = {sentence:?}] pub const {name}: Id = Id({index});"
            )?;
        }
    }
    writeln!(code, "}}")?;
    Ok(code)
}

/// Replaces each `{$name}` with `$name$`, which needs less code to read than a pair of braces.
fn with_marks(sentence: &str) -> Result<String, Box<dyn Error>> {
    let mut parts = sentence.split("{$");
    let mut marked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part
            .split_once('}')
            .ok_or("a placeholder without its end")?;
        write!(marked, "${name}${rest}")?;
    }
    let marks = marked.matches('$').count();
    if marks != 2 * sentence.matches("{$").count() {
        return Err(format!("a text may not have a dollar of its own: {sentence}").into());
    }
    Ok(marked)
}

fn error_codes(table: &str, texts: &[(&str, &str)]) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("&[\n");
    for line in table.lines().skip(1) {
        let columns: Vec<_> = line.split('\t').collect();
        // The second column is the meaning. Only the sandbox shows it.
        let [
            tencent_code,
            _,
            logto_code,
            retry,
            fixed_by,
            parameter,
            user_message,
        ] = columns[..]
        else {
            return Err(format!("{ERROR_CODES}: a row needs seven columns: {line}").into());
        };
        let parameter = match parameter {
            "-" => "None".to_owned(),
            parameter => format!("Some(Parameter::{parameter})"),
        };
        let id = format!("advice.{tencent_code}");
        let advice = texts.iter().position(|(known, _)| *known == id);
        let advice = advice.ok_or_else(|| format!("{ENGLISH} lacks {id}"))?;
        writeln!(
            code,
            "ErrorCode {{ tencent_code: {tencent_code:?}, \
             connector_error_code: ConnectorErrorCode::{logto_code}, retry: Retry::{retry}, \
             fixed_by: FixedBy::{fixed_by}, parameter: {parameter}, \
             user_message: UserMessage::{user_message}, advice: Id::of_advice({advice}) }},"
        )?;
    }
    code.push(']');
    Ok(code)
}

fn read(file: &str) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={file}");
    Ok(fs::read_to_string(file)?)
}

fn write(file: &str, code: &str) -> Result<(), Box<dyn Error>> {
    let folder = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    Ok(fs::write(PathBuf::from(folder).join(file), code)?)
}
