//! The exports that choose the language of the texts for operators.

use wasm_bindgen::prelude::*;

use crate::text;

/// Returns the language of the catalogue for an operator with this locale, such as `zh_CN.UTF-8`, or
/// nothing for English.
#[wasm_bindgen(skip_jsdoc, js_name = translationFor, unchecked_return_type = "'zh-CN' | undefined")]
pub fn translation_for(locale: &str) -> Option<String> {
    text::translation_for(locale).map(str::to_owned)
}

/// Sets the catalogue of the operator's texts, or English without one.
#[wasm_bindgen(skip_jsdoc, js_name = useTranslation)]
pub fn use_translation(catalogue: Option<String>) {
    text::use_translation(catalogue);
}
