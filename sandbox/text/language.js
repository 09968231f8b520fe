/**
 * The choice of the language for people. The JSON API and Tencent's API are the same in every language.
 */

/** @typedef {keyof typeof languages} Language */

/** The languages, with their own names. */
export const languages = { en: 'English', 'zh-CN': '简体中文' };

/**
 * @param {string | null | undefined} text
 * @returns {text is Language}
 */
export function isLanguage(text) {
  return typeof text === 'string' && Object.hasOwn(languages, text);
}

/**
 * Returns the language for the command line: that of `--lang`, or that of the first variable that is set. Containers
 * usually set no locale, so there is a variable of its own.
 * @param {string | undefined} flag
 * @param {NodeJS.ProcessEnv} environment
 */
export function commandLanguage(flag, { TENCENT_SMS_LANG, LC_ALL, LANG }) {
  return languageOf(flag || TENCENT_SMS_LANG || LC_ALL || LANG || 'en');
}

/**
 * Returns the language for a browser, by the language that it prefers.
 * @param {string | undefined} acceptLanguage the header
 */
export function browserLanguage(acceptLanguage = '') {
  return languageOf(acceptLanguage.split(/[,;]/, 1)[0]);
}

/**
 * Returns Simplified Chinese for every variety of Chinese that is not written in traditional characters, and English
 * for everything else.
 * @param {string} name a language tag such as `zh-Hans-SG`, or the name of a locale such as `zh_CN.UTF-8` or `C`
 * @returns {Language}
 */
function languageOf(name) {
  try {
    const tag = name
      .trim()
      .replace(/[.@].*$/, '')
      .replaceAll('_', '-');
    const { language, script } = new Intl.Locale(tag).maximize();
    return language === 'zh' && script === 'Hans' ? 'zh-CN' : 'en';
  } catch {
    return 'en';
  }
}
