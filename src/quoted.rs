//! Texts from outside as they may be printed: on a terminal, in a log, in an error.
//!
//! Nothing that Tencent, a carrier, a config or a command line holds is printed in another way, except for
//! texts of a form that leaves no other letters, such as a host's name.

/// The most characters of a text that are printed.
const LONGEST: usize = 200;

/// Returns a text fit for a line. What breaks the line becomes a space. What moves a terminal's cursor, what
/// turns the direction of the text around it, and what nobody sees become `?`.
pub fn quoted(text: &str) -> String {
    let mut letters = text.chars();
    let mut quoted: String = letters.by_ref().take(LONGEST).map(fit).collect();
    if letters.next().is_some() {
        quoted.push('…');
    }
    quoted
}

/// Returns a key of a config as an error names it. All keys that mean something are ASCII.
pub fn quoted_key(key: &str) -> String {
    let is_printable = |letter: char| letter == ' ' || letter.is_ascii_graphic();
    key.chars()
        .map(|letter| if is_printable(letter) { letter } else { '?' })
        .collect()
}

fn fit(letter: char) -> char {
    match letter {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        _ if letter.is_control() || is_format(letter) => '?',
        _ => letter,
    }
}

/// Whether Unicode 17 gives a character the category Cf, as it does to marks of direction. U+2065, which has none
/// yet, is among them.
fn is_format(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// tests/host/printed.test.js compares every character with what JavaScript knows of it.
    #[test]
    fn a_text_is_one_line_that_a_terminal_only_shows() {
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
    fn of_a_key_only_printable_ascii_is_shown() {
        assert_eq!(quoted_key("sign Name~!"), "sign Name~!");
        assert_eq!(
            quoted_key("\u{1b}[2J\nfake 线\u{7f}\u{202e}"),
            "?[2J?fake ???"
        );
    }
}
