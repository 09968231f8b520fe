//! The quoting of texts from outside for a terminal, a log or an error.
//!
//! Every text from Tencent, a carrier, a config or a command line is quoted before it is printed. The
//! only exceptions are texts whose form allows no unsafe characters, such as a host's name.

use crate::invisible::is_format;

/// The most characters of a text that are printed.
const MAX_LENGTH: usize = 200;

/// Returns a text that is safe to print within a line. Characters that break the line become spaces.
/// Characters that move a terminal's cursor or change the direction of the text, and invisible
/// characters, become `?`.
pub fn quoted(text: &str) -> String {
    let mut letters = text.chars();
    let mut quoted: String = letters
        .by_ref()
        .take(MAX_LENGTH)
        .map(replace_unsafe)
        .collect();
    if letters.next().is_some() {
        quoted.push('…');
    }
    quoted
}

/// Returns a key of a config that is safe to print. Characters other than printable ASCII become `?`. All
/// known keys are ASCII.
pub fn quoted_key(key: &str) -> String {
    let is_printable = |letter: char| letter == ' ' || letter.is_ascii_graphic();
    key.chars()
        .map(|letter| if is_printable(letter) { letter } else { '?' })
        .collect()
}

fn replace_unsafe(letter: char) -> char {
    match letter {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        _ if letter.is_control() || is_format(letter) => '?',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/host/printed.test.js` compares all characters with JavaScript's knowledge of Unicode.
    #[test]
    fn a_quoted_text_is_one_line_without_control_characters() {
        for (text, expected) in [
            ("", ""),
            ("腾讯云 Ünï¢ödé 😀", "腾讯云 Ünï¢ödé 😀"),
            ("\u{1b}[2J\u{9b}31m\u{7f}\0", "?[2J?31m??"),
            ("a\r\nb\tc\u{2028}d\u{2029}e\u{85}f", "a  b c d e?f"),
            (
                "\u{202e}cba\u{202c}\u{2066}\u{2069}\u{61c}\u{200f}",
                "?cba?????",
            ),
            (
                "a\u{200b}b\u{feff}c\u{ad}d\u{2060}e\u{e0041}f",
                "a?b?c?d?e?f",
            ),
        ] {
            assert_eq!(quoted(text), expected);
        }
        let long = "长".repeat(200);
        assert_eq!(quoted(&long), long);
        assert_eq!(quoted(&format!("{long}\n")), format!("{long}…"));
    }

    #[test]
    fn a_quoted_key_contains_only_printable_ascii() {
        assert_eq!(quoted_key("sign Name~!"), "sign Name~!");
        assert_eq!(
            quoted_key("\u{1b}[2J\nfake 线\u{7f}\u{202e}"),
            "?[2J?fake ???"
        );
    }
}
