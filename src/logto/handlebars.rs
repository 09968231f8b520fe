//! The `{{handlebars}}` in a template's values, as Logto's connector kit reads them.

use std::iter;

/// Returns the dotted paths in all handlebars of a text, such as `user.name` in `{{ user.name }}`.
pub fn paths(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        loop {
            let (before, after) = split_at_opening(rest)?;
            // Only one brace is skipped, because the handlebars in "{{{code}}" begin at the second.
            rest = rest.get(before.len() + 1..)?;
            if let Some((path, _)) = path_after(after) {
                return Some(path);
            }
        }
    })
}

/// Returns the text before and after the first `{{`. `split_once` would add 6 KB of wasm, because it
/// searches for texts of any length.
pub fn split_at_opening(text: &str) -> Option<(&str, &str)> {
    let mut pairs = text.bytes().zip(text.bytes().skip(1));
    let index = pairs.position(|pair| pair == (b'{', b'{'))?;
    Some((text.get(..index)?, text.get(index + 2..)?))
}

/// Returns the path at the beginning of the text after a `{{`, and the text after the closing `}}`.
///
/// The function stops at the first byte that belongs to neither. It never reads past a `{`, so that no
/// byte is read for more than one `{{`.
pub fn path_after(text: &str) -> Option<(&str, &str)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    let text = text.trim_start_matches(is_white_space);
    let length = text.bytes().position(|byte| !is_part(byte))?;
    let (path, rest) = text.split_at_checked(length)?;
    let rest = rest.trim_start_matches(is_white_space);
    let after = rest.strip_prefix("}}")?;
    (!path.is_empty()).then_some((path, after))
}

/// Returns true for a character that `\s` matches in JavaScript's regular expressions.
fn is_white_space(character: char) -> bool {
    const NEXT_LINE: char = '\u{85}';
    const BYTE_ORDER_MARK: char = '\u{feff}';
    character.is_whitespace() && character != NEXT_LINE || character == BYTE_ORDER_MARK
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn the_paths_of_a_text_are_those_that_are_replaced() {
        for (text, expected) in [
            ("", &[][..]),
            ("{{code}}", &["code"]),
            ("{{code}}{{ user.name }}", &["code", "user.name"]),
            ("{{{code}}}", &["code"]),
            ("{{{{code}} {{x", &["code"]),
            ("{{co de}} {code} {{}} {{ link}}", &["link"]),
        ] {
            let paths: Vec<_> = paths(text).collect();
            assert_eq!(paths, expected, "{text}");
        }
    }
}
