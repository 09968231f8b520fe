/** The connector's name and description, in all languages of Logto's Console. */

import { i18nPhrasesGuard } from '@logto/connector-kit';

const names = {
  en: 'Tencent Cloud SMS',
  ar: 'رسائل SMS من Tencent Cloud',
  de: 'Tencent Cloud SMS',
  es: 'SMS de Tencent Cloud',
  'fa-IR': 'پیامک Tencent Cloud',
  fr: 'SMS Tencent Cloud',
  it: 'SMS di Tencent Cloud',
  ja: 'Tencent Cloud SMS',
  ko: 'Tencent Cloud SMS',
  'pl-PL': 'Tencent Cloud SMS',
  'pt-BR': 'SMS da Tencent Cloud',
  'pt-PT': 'SMS da Tencent Cloud',
  ru: 'Tencent Cloud SMS',
  th: 'Tencent Cloud SMS',
  'tr-TR': 'Tencent Cloud SMS',
  'zh-CN': '腾讯云短信',
  'zh-HK': '騰訊雲短訊',
  'zh-TW': '騰訊雲簡訊',
};

const descriptions = {
  en: 'Sends verification codes by text message, to mainland China and the rest of the world.',
  ar: 'يرسل رموز التحقق برسائل SMS إلى البر الرئيسي للصين وإلى بقية العالم.',
  de: 'Sendet Verifizierungscodes per SMS, nach Festlandchina und in die übrige Welt.',
  es: 'Envía códigos de verificación por SMS a China continental y al resto del mundo.',
  'fa-IR': 'کدهای تأیید را با پیامک به سرزمین اصلی چین و دیگر نقاط جهان می‌فرستد.',
  fr: 'Envoie des codes de vérification par SMS en Chine continentale et dans le reste du monde.',
  it: 'Invia codici di verifica via SMS nella Cina continentale e nel resto del mondo.',
  ja: '中国本土と世界各地の電話番号に、確認コードを SMS で送信します。',
  ko: '중국 본토와 전 세계에 인증 코드를 SMS로 보냅니다.',
  'pl-PL': 'Wysyła kody weryfikacyjne SMS-em do Chin kontynentalnych i reszty świata.',
  'pt-BR': 'Envia códigos de verificação por SMS para a China continental e o resto do mundo.',
  'pt-PT': 'Envia códigos de verificação por SMS para a China continental e para o resto do mundo.',
  ru: 'Отправляет коды подтверждения по SMS в материковый Китай и по всему миру.',
  th: 'ส่งรหัสยืนยันทาง SMS ไปยังจีนแผ่นดินใหญ่และทั่วโลก',
  'tr-TR': 'Doğrulama kodlarını SMS ile Çin anakarasına ve dünyanın geri kalanına gönderir.',
  'zh-CN': '向中国大陆及境外手机号码发送短信验证码。',
  'zh-HK': '向中國內地及境外手機號碼發送短訊驗證碼。',
  'zh-TW': '將簡訊驗證碼傳送至中國大陸及世界各地的手機號碼。',
};

/** @param {object} phrases */
const areAccepted = (phrases) => i18nPhrasesGuard.safeParse({ en: '', ...phrases }).success;

/**
 * The languages that the kit does not accept. The oldest kits do not know `ar` and `th`, and a single
 * rejected language would keep the host from listing any connector. All languages are validated together
 * first, because a validation is slow and usually succeeds.
 */
const rejected = areAccepted(names)
  ? []
  : Object.keys(names).filter((language) => !areAccepted({ [language]: '' }));

/**
 * @template {Record<string, string>} Phrases
 * @param {Phrases} phrases
 */
const inAcceptedLanguages = (phrases) => {
  const accepted = Object.entries(phrases).filter(([language]) => !rejected.includes(language));
  return /** @type {Phrases} */ (Object.fromEntries(accepted));
};

export const name = inAcceptedLanguages(names);
export const description = inAcceptedLanguages(descriptions);
