/**
 * A refusal in Tencent's terms. Thrown, it becomes `Response.Error`; caught for one number, it
 * becomes that number's `SendStatus`. The codes are Tencent's; the texts are the sandbox's own,
 * since Tencent says that programs must not depend on them.
 */
export class ApiError extends Error {
  /**
   * @param {string} code one of Tencent's documented error codes
   * @param {string} message what is wrong, in English
   */
  constructor(code, message) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}
