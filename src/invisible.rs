//! Characters that nobody sees. They come along when a value is copied from a web page, a chat or a table.

/// Returns the text without invisible characters and white space at both ends.
#[inline(never)]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_invisible)
}

/// Returns true for white space, control characters, format characters, and letters without a picture.
// Neither function is inlined: each copy would add some hundred bytes of wasm, in a dozen places.
#[inline(never)]
pub fn is_invisible(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || is_format(letter) || is_blank(letter)
}

/// Returns true for a character with the category Cf (format) in Unicode 17, such as a mark of direction,
/// and for U+2065, which has no category yet.
pub fn is_format(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}')
}

/// Returns true for the fillers of Hangul and the blank pattern of Braille.
const fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    )
}

#[cfg(test)]
mod tests {
    use super::trimmed;

    #[test]
    fn only_the_ends_of_a_text_are_trimmed() {
        for around in [
            " ", "\t", "\r\n", "\0", "\u{85}", "\u{a0}", "\u{ad}", "\u{2003}", "\u{200b}",
            "\u{200e}", "\u{202e}", "\u{2060}", "\u{2066}", "\u{3000}", "\u{3164}", "\u{feff}",
        ] {
            let text = format!("{around}{around}a{around}b{around}");
            assert_eq!(trimmed(&text), format!("a{around}b"));
            assert_eq!(trimmed(around), "");
        }
        for text in ["腾讯云", "a", "é\u{301}", "❤\u{fe0f}", "【a】", ""] {
            assert_eq!(trimmed(text), text);
        }
    }
}
