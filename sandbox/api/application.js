/**
 * The parameter SmsSdkAppId, which names one application of the account. Most actions have it.
 */
import { ApiError } from './api-error.js';

/**
 * Throws an error unless the application belongs to the account. Tencent has another code (SdkAppIdNotExist) for an
 * application that does not exist. The sandbox knows only one account, so it never uses that code.
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
