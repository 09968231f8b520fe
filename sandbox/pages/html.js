/**
 * Texts as HTML.
 */

/** @param {string} text */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Returns the HTML of a text of the catalogue: `code` between backticks becomes code, and [label](address) a link.
 * @param {string} text
 */
export function markup(text) {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((\/\w*)\)/g, '<a href="$2">$1</a>');
}
