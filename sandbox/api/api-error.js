/**
 * An error of Tencent's API. If it is thrown, it becomes `Response.Error`. If it is caught for one number, it becomes
 * that number's `SendStatus`. The codes are Tencent's. The texts are the sandbox's own, because Tencent says that
 * programs must not depend on them.
 */
export class ApiError extends Error {
  /**
   * @param {string} code one of Tencent's documented error codes
   * @param {string} message a description in English
   */
  constructor(code, message) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}
