/**
 * The action DescribeSmsTemplateList, which lists the states of the account's templates.
 */
import { approvalList } from './approval-list.js';

/**
 * @typedef {object} DescribeSmsTemplateListRequest
 * @property {number} International
 * @property {number[]} [TemplateIdSet] numbers, although SendSms takes the ID as a string
 * @property {number} [Limit]
 * @property {number} [Offset]
 */

/** @type {import('./parameters.js').ParameterTable} */
export const describeSmsTemplateListParameters = {
  International: { type: 'integer', required: true },
  TemplateIdSet: { type: 'integer[]' },
  Limit: { type: 'integer' },
  Offset: { type: 'integer' },
};

/**
 * @param {DescribeSmsTemplateListRequest} request
 * @param {import('./api.js').ActionContext} context
 */
export function describeSmsTemplateList(
  { International, TemplateIdSet = [], Limit = 0, Offset = 0 },
  { account },
) {
  const templates = approvalList(account.templates, ({ templateId }) => Number(templateId), {
    international: International,
    ids: TemplateIdSet,
    limit: Limit,
    offset: Offset,
  });
  return { data: { DescribeTemplateStatusSet: templates.map(status) } };
}

/** @param {import('../account.js').Template} template */
function status(template) {
  return {
    TemplateId: Number(template.templateId),
    International: template.international,
    StatusCode: template.statusCode,
    ReviewReply: template.reviewReply ?? '',
    TemplateName: template.templateName ?? '',
    CreateTime: template.createTime ?? 0,
    TemplateContent: template.content,
  };
}
