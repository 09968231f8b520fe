/** The sentences of the command line, by language. */

import { en } from './en.js';
import { zhCN } from './zh-CN.js';

/** @typedef {import('./en.js').Texts} Texts */

/**
 * Returns the sentences in a language.
 *
 * @param {string} language
 */
export const textsOf = (language) => (language === 'zh-CN' ? zhCN : en);
