/**
 * Signed requests that others made, copied as they are. `cvm-…`: printed in Tencent's documentation
 * of the signature (the older international page signs two headers, the current one three).
 * `sms-…`: made with the signer of Tencent's Node SDK (tencentcloud-sdk-nodejs-common 4.1.220).
 */
export const vectors = [
  {
    name: 'cvm-current-page',
    secretId: 'AKID********************************',
    secretKey: '********************************',
    timestamp: 1551113065,
    service: 'cvm',
    action: 'DescribeInstances',
    host: 'cvm.tencentcloudapi.com',
    contentType: 'application/json; charset=utf-8',
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    canonicalRequestHash: '7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
  },
  {
    name: 'cvm-international-page',
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    timestamp: 1551113065,
    service: 'cvm',
    action: 'DescribeInstances',
    host: 'cvm.tencentcloudapi.com',
    contentType: 'application/json; charset=utf-8',
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    canonicalRequestHash: '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  },
  {
    name: 'sms-emoji-params',
    secretId: 'AKIDEXAMPLE0000000000000000000000000',
    secretKey: 'ExampleSecretKey0000000000000000',
    timestamp: 1718438950,
    service: 'sms',
    action: 'SendSms',
    host: 'sms.tencentcloudapi.com',
    contentType: 'application/json',
    body: '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400006666","TemplateId":"1110","SignName":"Café🚀","TemplateParamSet":["👩\\u200d💻","é̀"]}',
    canonicalRequestHash: '857ed38e5bb0b15c5c229f00d3761da0e42c10898eeba9a6f44cc00a11db8dfe',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0000000000000000000000000/2024-06-15/sms/tc3_request, SignedHeaders=content-type;host, Signature=49591049867f893a2d2284dd7d8f757c288286cd6161d98d80ca7dfa33fb5c96',
  },
  {
    name: 'sms-date-end-235959',
    secretId: 'AKIDEXAMPLE0000000000000000000000000',
    secretKey: 'ExampleSecretKey0000000000000000',
    timestamp: 1704067199,
    service: 'sms',
    action: 'SendSms',
    host: 'sms.tencentcloudapi.com',
    contentType: 'application/json',
    body: '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400006666","TemplateId":"1110","SignName":"腾讯云","TemplateParamSet":["4370"]}',
    canonicalRequestHash: '3ccc44ceab5a46655ed2cc3f86b9dc8c61bc83d9d3cef65fdcfa1e7ac33675f2',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0000000000000000000000000/2023-12-31/sms/tc3_request, SignedHeaders=content-type;host, Signature=c7a873e6cefbef1b406ff8b199aabcecb1ddfbd6bbd529ac32f910c7376d01eb',
  },
  {
    name: 'sms-sts-token',
    secretId: 'AKIDEXAMPLE0000000000000000000000000',
    secretKey: 'ExampleSecretKey0000000000000000',
    token: 'EXAMPLE-sts-token-ABCDEFG==',
    timestamp: 1719837296,
    service: 'sms',
    action: 'SendSms',
    host: 'sms.tencentcloudapi.com',
    contentType: 'application/json',
    body: '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400006666","TemplateId":"1110","SignName":"腾讯云","TemplateParamSet":["4370"]}',
    canonicalRequestHash: '3ccc44ceab5a46655ed2cc3f86b9dc8c61bc83d9d3cef65fdcfa1e7ac33675f2',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0000000000000000000000000/2024-07-01/sms/tc3_request, SignedHeaders=content-type;host, Signature=d52b8aa147d013f41a942ad2fc5703bfe11c7290bb8671696f3fb242016a88e6',
  },
  {
    name: 'sms-regional-host-empty-params',
    secretId: 'AKIDEXAMPLE0000000000000000000000000',
    secretKey: 'ExampleSecretKey0000000000000000',
    timestamp: 1772323199,
    service: 'sms',
    action: 'SendSms',
    host: 'sms.ap-guangzhou.tencentcloudapi.com',
    contentType: 'application/json',
    body: '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400006666","TemplateId":"1110","SignName":"腾讯云","TemplateParamSet":[],"SessionContext":"a\\"b\\\\c/d<e>&f\\u2028g\\u0001\\n\\t\\u007f"}',
    canonicalRequestHash: 'f86b68d95460601d9d1b8b6e1577e0f198987047499c83ca2b694d05b38d15d0',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0000000000000000000000000/2026-02-28/sms/tc3_request, SignedHeaders=content-type;host, Signature=fca5d334ebd6209b3edf7028cc4a9b9ebd743d92f56cc6908ae3c442ccd5fcd4',
  },
  {
    name: 'sms-charset-content-type',
    secretId: 'AKIDEXAMPLE0000000000000000000000000',
    secretKey: 'ExampleSecretKey0000000000000000',
    timestamp: 1551113065,
    service: 'sms',
    action: 'SendSms',
    host: 'sms.tencentcloudapi.com',
    contentType: 'application/json; charset=utf-8',
    body: '{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400006666","TemplateId":"1110","SignName":"腾讯云","TemplateParamSet":["4370"]}',
    canonicalRequestHash: '7eac41c6ab21a668411117f274078586fa43c6d71c90a4d18b0666db6a09cf8c',
    authorization:
      'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE0000000000000000000000000/2019-02-25/sms/tc3_request, SignedHeaders=content-type;host, Signature=3f1dfa7f8adf905abeb41ceb2140b5a9938479d10dfa388f773c8f99bb7229df',
  },
];
