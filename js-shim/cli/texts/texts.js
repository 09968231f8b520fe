/** The sentences of the command line, by language. The sentences of the reports are the core's. */

import { en } from './en.js';
import { zhCN } from './zh-CN.js';

/** @typedef {import('./en.js').Texts} Texts */

export const texts = { en, 'zh-CN': zhCN };
