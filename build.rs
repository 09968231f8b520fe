//! Turns three lists into Rust code: Tencent's error codes, the catalogue of texts, and the messages for end
//! users.
//!
//! The sandbox reads the list of error codes too. The rows become code, so a value that the core does not know fails
//! the build.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

#[path = "src/text/catalogue.rs"]
mod catalogue;

use catalogue::{entries, with_marks};

const ERROR_CODES: &str = "src/tencent/error_codes.tsv";
const ENGLISH: &str = "src/text/en.txt";
const TRANSLATIONS: [&str; 1] = ["src/text/zh-CN.txt"];
/// The beginning of the line after which the texts are those that only the command line shows.
const COMMAND_LINE: &str = "\n## ";
const USER_MESSAGES: &str = "src/logto/user_messages.txt";

fn main() -> Result<(), Box<dyn Error>> {
    let file = read(ENGLISH)?;
    let texts: Vec<_> = entries(&file).collect();
    for translation in TRANSLATIONS {
        check_translation(translation, &texts)?;
    }
    let count = file
        .split(COMMAND_LINE)
        .next()
        .map_or(0, |part| entries(part).count());
    write("texts.rs", &texts_of(&texts, count)?)?;
    write("error_codes.rs", &error_codes(&read(ERROR_CODES)?, &texts)?)?;
    write("user_messages.rs", &user_messages(&read(USER_MESSAGES)?)?)
}

/// Returns the code of the sentences and their names, with a constant for each id, such as `FAILURE_OTHER` for
/// `failure.other`. The first `shared` texts are part of every module. The others and the names are part of
/// modules with the command line only, and so are their constants: without the command line, no code can use them.
/// The advice on error codes is part of every module again.
fn texts_of(texts: &[(&str, &str)], shared: usize) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    let has_command_line = env::var_os("CARGO_FEATURE_COMMAND_LINE").is_some();
    if has_command_line {
        // The advice on error codes stands last. Its names are the codes, which the module has already.
        let named = texts.iter().map(|(id, _)| id);
        let names: Vec<_> = named.take_while(|id| !id.starts_with("advice.")).collect();
        writeln!(code, "const NAMES: &[&str] = &{names:?};")?;
    }
    // A sentence is found by its position, so a sentence that is left out leaves an empty one.
    let sentences = texts.iter().enumerate();
    let sentences: Vec<_> = sentences
        .map(|(index, (id, sentence))| {
            let is_part = has_command_line || index < shared || id.starts_with("advice.");
            if is_part {
                with_marks(sentence)
            } else {
                String::new()
            }
        })
        .collect();
    writeln!(code, "const ENGLISH: &[&str] = &{sentences:?};")?;
    writeln!(
        code,
        "/// The ids of all texts, except the advice on Tencent's error codes."
    )?;
    writeln!(code, "#[allow(missing_docs)] pub mod id {{ use super::Id;")?;
    for (index, (id, sentence)) in texts.iter().enumerate() {
        names_in(sentence)?;
        if !id.starts_with("advice.") {
            let name = id.replace(['.', '-'], "_").to_uppercase();
            if index >= shared {
                writeln!(code, "#[cfg(feature = \"command-line\")]")?;
            }
            writeln!(
                code,
                "#[doc = {sentence:?}] pub const {name}: Id = Id({index});"
            )?;
        }
    }
    writeln!(code, "}}")?;
    Ok(code)
}

/// Fails unless a translation has the same ids in the same order, with the same placeholders. The core finds
/// a sentence by its position.
fn check_translation(file: &str, texts: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let translation = read(file)?;
    let mut translated = entries(&translation);
    for (id, english) in texts {
        match translated.next() {
            Some((same, sentence)) if same == *id => {
                if names_in(sentence)? != names_in(english)? {
                    return Err(format!("{file}: {id} needs the placeholders of {ENGLISH}").into());
                }
            }
            Some((other, _)) => {
                return Err(format!("{file}: expected {id}, found {other}").into());
            }
            None => return Err(format!("{file} lacks {id}").into()),
        }
    }
    match translated.next() {
        Some((id, _)) => Err(format!("{file}: {id} is not in {ENGLISH}").into()),
        None => Ok(()),
    }
}

/// Returns the sorted names of the placeholders in a sentence.
fn names_in(sentence: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let marked = with_marks(sentence);
    if marked.matches('$').count() != 2 * sentence.matches("{$").count() {
        return Err(format!("a text may not have a dollar of its own: {sentence}").into());
    }
    let names = marked.split('$').skip(1).step_by(2);
    let mut names: Vec<_> = names.map(str::to_owned).collect();
    names.sort();
    names.dedup();
    Ok(names)
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

/// Returns the code of a list for each message, such as `TRY_LATER`: its languages with their sentences.
fn user_messages(file: &str) -> Result<String, Box<dyn Error>> {
    let mut messages: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (id, sentence) in entries(file) {
        let (message, language) = id
            .split_once('.')
            .ok_or_else(|| format!("{USER_MESSAGES}: {id} needs a language"))?;
        messages
            .entry(message)
            .or_default()
            .push((language, sentence));
    }
    let mut code = String::new();
    for (message, sentences) in messages {
        let name = message.replace('-', "_").to_uppercase();
        writeln!(code, "const {name}: &[(&str, &str)] = &{sentences:?};")?;
    }
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
