/**
 * SmsSdkAppId: most actions ask about one application of the account.
 */
import { ApiError } from './api-error.js';

/**
 * Tencent tells an application that does not exist (SdkAppIdNotExist) from one of another account;
 * the sandbox, which knows only its own, always says the latter.
 * @param {import('../account.js').Account} account
 * @param {string} smsSdkAppId
 */
export function requireOwnApplication(account, smsSdkAppId) {
  if (!account.smsSdkAppIds.includes(smsSdkAppId)) {
    throw new ApiError(
      'UnauthorizedOperation.SmsSdkAppIdVerifyFail',
      `The application ${smsSdkAppId} does not belong to the account of this key.`,
    );
  }
}
