/**
 * The action DescribeSmsSignList, which lists the states of the account's signatures.
 */
import { approvalList } from './approval-list.js';

/**
 * @typedef {object} DescribeSmsSignListRequest
 * @property {number} International
 * @property {number[]} [SignIdSet]
 * @property {number} [Limit]
 * @property {number} [Offset]
 */

/** @type {import('./parameters.js').ParameterTable} */
export const describeSmsSignListParameters = {
  International: { type: 'integer', required: true },
  SignIdSet: { type: 'integer[]' },
  Limit: { type: 'integer' },
  Offset: { type: 'integer' },
};

/**
 * @param {DescribeSmsSignListRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function describeSmsSignList(
  { International, SignIdSet = [], Limit = 10, Offset = 0 },
  { account },
) {
  const signatures = approvalList(account.signatures, ({ signId }) => signId, {
    international: International,
    ids: SignIdSet,
    limit: Limit,
    offset: Offset,
  });
  return { data: { DescribeSignListStatusSet: signatures.map(status) } };
}

/** @param {import('../account.js').Signature} signature */
function status({ qualification, ...signature }) {
  return {
    SignId: signature.signId,
    International: signature.international,
    StatusCode: signature.statusCode,
    ReviewReply: signature.reviewReply ?? '',
    SignName: signature.signName,
    CreateTime: signature.createTime ?? 0,
    QualificationId: qualification?.qualificationId ?? 0,
    QualificationName: qualification?.qualificationName ?? '',
    QualificationStatusCode: qualification?.statusCode ?? 0,
  };
}
