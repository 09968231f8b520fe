//! The format of a catalogue file: a line `id = sentence` for each text, in which `{$name}` stands for a
//! value. A line that begins with `#` is a comment.
//!
//! `build.rs` reads the English catalogue with this module, and the core reads a translation with it.

/// Returns the ids of a catalogue with their sentences, in the order of the file.
pub(super) fn entries(catalogue: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = catalogue.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('='))
        .map(|(id, sentence)| (id.trim(), sentence.trim()))
}

/// Returns a sentence with `$name$` in place of each `{$name}`. A pair of equal marks needs less code to
/// read than a pair of braces.
pub(super) fn with_marks(sentence: &str) -> String {
    let mut marked = String::with_capacity(sentence.len());
    let mut is_name = false;
    for letter in sentence.chars() {
        match letter {
            '$' if marked.ends_with('{') => {
                marked.pop();
                marked.push('$');
                is_name = true;
            }
            '}' if is_name => {
                marked.push('$');
                is_name = false;
            }
            _ => marked.push(letter),
        }
    }
    marked
}
