//! The catalogue of texts, compared with the sources that use it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use connector_tencent_sms_wasm::tencent::all_error_codes;

const ENGLISH: &str = include_str!("../../src/text/en.txt");

fn ids() -> BTreeSet<&'static str> {
    let lines = ENGLISH.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .collect()
}

/// Returns every Rust file below a folder, without the tests at its end.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources.extend(self::sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            sources.push((path, code));
        }
    }
    sources
}

#[test]
fn every_text_is_used() {
    let code: String = sources(Path::new("src"))
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    for name in ids().into_iter().filter(|id| !id.starts_with("advice.")) {
        let id = name.replace(['.', '-'], "_").to_uppercase();
        let is_used = code.split(&format!("id::{id}")).skip(1).any(|rest| {
            !rest.starts_with(|next: char| next == '_' || next.is_ascii_alphanumeric())
        });
        assert!(is_used, "no source uses {name}");
    }
}

#[test]
fn the_catalogue_has_advice_for_exactly_the_codes_of_the_table() {
    let advised: Vec<_> = ids()
        .into_iter()
        .filter_map(|id| id.strip_prefix("advice."))
        .collect();
    let codes: Vec<_> = all_error_codes().map(|row| row.tencent_code).collect();
    assert_eq!(advised, codes);
}

/// The sources give a value for the name of each placeholder.
#[test]
fn every_placeholder_has_a_value_in_the_sources() {
    let code: String = sources(Path::new("src"))
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    for line in ENGLISH.lines() {
        for part in line.split("{$").skip(1) {
            let name = part.split('}').next().unwrap();
            let given = format!("(\"{name}\", ");
            let is_given = code.contains(&format!(".with{given}"))
                || code.contains(&format!(".with_text{given}"));
            assert!(is_given, "{line}");
        }
    }
}
