/**
 * The doctor's findings: none for a correct account, each planted mistake with its remedy, "unknown"
 * where a key may not ask, and a separate account for each side.
 */

import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import { defaultAccount } from '../../sandbox/account.js';
import { actionNames } from '../../sandbox/api/api.js';
import { startSandbox } from '../../sandbox/server.js';
import {
  closedUrl,
  dotted,
  examine,
  numberWith,
  placeOf,
  reportOf,
  secret,
  sendTo,
  troublesIn,
  withSandbox,
} from './support/doctor-command.js';
import { mistakes } from './support/doctor-mistakes.js';

/**
 * @typedef {import('../../js-shim/wasm/core.js').Finding} Finding
 * @typedef {import('./support/doctor-command.js').Sandbox} Sandbox
 * @typedef {import('./support/doctor-mistakes.js').Expected} Expected
 */

const green = await withSandbox({}, async (sandbox) => {
  const run = await examine(sandbox.config, '--json');
  return { ...run, ...reportOf(run), requests: sandbox.requests };
});

test('a config without mistakes is green', () => {
  assert.equal(green.status, 0);
  assert.equal(green.stderr, '');
  assert.equal(green.isWrong, false);
  assert.deepEqual(
    green.findings.filter(({ state }) => state !== 'ok'),
    [],
  );
  const checks = green.findings.map(({ check, side }) => [check, side].filter(Boolean).join(' '));
  assert.deepEqual(checks, [
    'config',
    'api',
    'key',
    'clock',
    'application',
    'signature mainland',
    ...Array(4).fill('template mainland'),
    ...Array(4).fill('template overseas'),
    'delivery',
    'packages',
  ]);
});

test('it asks what changes nothing, and asks Tencent few times', () => {
  const actions = green.requests.map(({ action }) => action);
  assert.ok(!actions.includes('SendSms'));
  assert.ok(green.requests.every(({ outcome }) => outcome === 'Ok'));
  assert.ok(actions.length <= 7, `${actions}`);
});
describe('a planted mistake is found', { concurrency: 2 }, () => {
  for (const [name, mistake] of Object.entries(mistakes)) {
    const { account, now, fault, finds, also, unexamined = [] } = mistake;
    test(name, () =>
      withSandbox({ account: { ...defaultAccount, ...account }, now }, async (sandbox) => {
        sandbox.setFault(fault);
        const config = structuredClone(sandbox.config);
        mistake.config?.(config);
        const run = await examine(config, '--json');
        const { isWrong, findings } = reportOf(run);
        assertFound(findings, finds, also);
        assert.equal(isWrong, finds.state === 'wrong');
        assert.equal(run.status, finds.state === 'wrong' ? 1 : 0);
        for (const place of unexamined.includes('*') ? [] : new Set(green.findings.map(placeOf))) {
          const wasExamined = countAt(place, findings) >= countAt(place, green.findings);
          // "All is well with it" is said of the config only where that is so.
          assert.ok(wasExamined || unexamined.includes(place) || place === 'config', place);
        }
      }),
    );
  }
});

test('all mistakes are reported in one run', () =>
  withSandbox({ now: () => Date.now() + 600_000 }, async ({ config }) => {
    const [signIn, ...others] = config.templates;
    const run = await examine(
      {
        ...config,
        signName: '600001',
        sdkAppId: '1400009999',
        templates: [
          { ...signIn, templateCode: { china: '1100006', overseas: '1200005' } },
          ...others,
        ],
      },
      '--json',
    );
    const wrong = reportOf(run).findings.filter(({ state }) => state === 'wrong');
    assert.deepEqual(wrong.map(placeOf), [
      'clock',
      'application',
      'signature mainland',
      'template mainland',
      'template overseas',
    ]);
  }));

test('every issue of a config is reported as in the Console', async () => {
  const run = await examine({ region: 'x', templates: [{}] }, '--json');
  assert.equal(run.status, 1);
  const { findings } = reportOf(run);
  assert.deepEqual(
    findings.map(({ check, state, path }) => `${check} ${state} ${dotted(path)}`),
    [
      'accessKeyId',
      'accessKeySecret',
      'signName',
      'sdkAppId',
      'region',
      'templates.0.usageType',
      'templates.0.templateCode',
    ].map((path) => `config wrong ${path}`),
  );
});

describe('what an account may not ask is unknown, not wrong', { concurrency: 2 }, () => {
  /** The checks that depend on each action. */
  const places = {
    DescribePhoneNumberInfo: ['key'],
    SendStatusStatistics: ['application'],
    DescribeSmsSignList: ['signature mainland'],
    DescribeSmsTemplateList: ['template mainland', 'template overseas'],
    CallbackStatusStatistics: ['delivery'],
    SmsPackagesStatistics: ['packages'],
  };
  const codes = [
    'FailedOperation.NotEnterpriseCertification',
    'FailedOperation.ProhibitSubAccountUse',
    'AuthFailure.UnauthorizedOperation',
    'UnauthorizedOperation',
  ];
  for (const [action, expected] of Object.entries(places)) {
    for (const code of codes) {
      test(`${action}: ${code}`, async () => {
        assert.ok(actionNames.includes(action));
        const account = { ...defaultAccount, restrictions: { [action]: code } };
        const run = await withSandbox({ account }, ({ config }) => examine(config, '--json'));
        const troubles = troublesIn(reportOf(run).findings);
        assert.deepEqual(
          troubles.map((each) => `${each.state} ${placeOf(each)}`),
          expected.map((place) => `unknown ${place}`),
          run.stdout,
        );
        assert.equal(run.status, 0);
        for (const { what, advice, path } of troubles) {
          assert.match(what, /^cannot check: /);
          assert.ok(what.includes(action));
          assert.match(advice ?? '', /SMS console|Access Management/);
          assert.equal(path, undefined);
        }
      });
    }
  }

  test('all of them at once', async () => {
    const restrictions = Object.fromEntries(
      Object.keys(places).map((action) => [action, 'AuthFailure.UnauthorizedOperation']),
    );
    const account = { ...defaultAccount, restrictions };
    const run = await withSandbox({ account }, ({ config }) => examine(config));
    assert.equal(run.status, 0);
    assert.match(run.stdout, /\n0 errors, 0 warnings, 7 skipped\n$/);
  });

  test('what gives answers of another shape', async () => {
    /** @type {Sandbox} */
    const sandbox = await startSandbox({
      // All questions but the first, which shows that it is Tencent.
      onRequest: () => sandbox.setFault('json-no-response'),
    });
    try {
      const run = await examine(sandbox.config, '--json');
      assert.deepEqual(
        troublesIn(reportOf(run).findings).map((each) => `${each.state} ${placeOf(each)}`),
        [
          'unknown application',
          'unknown signature mainland',
          'unknown template mainland',
          'unknown template overseas',
          'unknown delivery',
          'unknown packages',
        ],
      );
      assert.equal(run.status, 0);
    } finally {
      await sandbox.close();
    }
  });
});

describe('an account of its own for overseas', { concurrency: 2 }, () => {
  const overseasAccount = {
    ...defaultAccount,
    secretId: secret('AKIDOVERSEAS000000000000000000000000'),
    secretKey: secret('OVERSEAS0not0a0real0key000000000'),
    smsSdkAppIds: ['2400007777'],
    templates: defaultAccount.templates.filter(({ international }) => international === 1),
    packages: [],
  };

  /**
   * @param {(config: any) => void} change
   * @param {(run: Awaited<ReturnType<typeof examine>>, sandboxes: { mainland: Sandbox, overseas: Sandbox }) => void} use
   */
  const examined = (change, use) =>
    withSandbox({}, (mainland) =>
      withSandbox({ account: overseasAccount }, async (overseas) => {
        const config = {
          ...structuredClone(mainland.config),
          overseas: {
            accessKeyId: overseasAccount.secretId,
            accessKeySecret: overseasAccount.secretKey,
            sdkAppId: '2400007777',
            region: 'ap-singapore',
            endpoint: overseas.url,
          },
        };
        change(config);
        use(await examine(config, '--json'), { mainland, overseas });
      }),
    );

  test('is examined for itself', () =>
    examined(
      () => {},
      (run, { mainland, overseas }) => {
        assert.equal(run.status, 0);
        const { findings } = reportOf(run);
        assert.deepEqual(troublesIn(findings), []);
        for (const side of /** @type {const} */ (['mainland', 'overseas'])) {
          const checks = findings.filter((each) => each.side === side).map(({ check }) => check);
          for (const check of /** @type {const} */ ([
            'api',
            'key',
            'application',
            'template',
            'packages',
          ])) {
            assert.ok(checks.includes(check), `${check} ${side}`);
          }
        }
        const regions = overseas.requests.map(({ headers }) => headers['x-tc-region']);
        assert.deepEqual(new Set(regions), new Set(['ap-singapore']));
        const lists = mainland.requests.filter(
          ({ action }) => action === 'DescribeSmsTemplateList',
        );
        assert.deepEqual(
          lists.map(({ parameters }) => parameters?.International),
          [0],
        );
      },
    ));

  /** @type {Record<string, { change: (overseas: any) => void, finds: Expected, also?: string[] }>} */
  const wrongs = {
    'another SecretKey': {
      change: (overseas) => {
        overseas.accessKeySecret = secret('OTHEROVERSEAS0not0a0real0key0000');
      },
      finds: {
        check: 'key',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.accessKeySecret',
        finding: 'finding.refused code=AuthFailure.SignatureFailure',
        hasAdvice: true,
      },
      also: ['unknown application overseas'],
    },
    'the application of the mainland': {
      change: (overseas) => {
        overseas.sdkAppId = '1400006666';
      },
      finds: {
        check: 'application',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.sdkAppId',
        finding: 'finding.refused code=UnauthorizedOperation.SmsSdkAppIdVerifyFail',
        hasAdvice: true,
      },
      also: ['unknown delivery overseas', 'unknown packages overseas'],
    },
    'half a key': {
      change: (overseas) => {
        delete overseas.accessKeySecret;
      },
      finds: {
        check: 'config',
        state: 'wrong',
        path: 'overseas.accessKeySecret',
        finding:
          'config.labelled-issue label.accessKeySecret config.whole-key place=overseas.accessKeySecret',
      },
    },
    'no endpoint of its own': {
      change: (overseas) => {
        delete overseas.endpoint;
      },
      finds: {
        check: 'key',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.accessKeyId',
        finding: 'finding.refused code=AuthFailure.SecretIdNotFound',
        hasAdvice: true,
      },
      also: ['unknown application overseas'],
    },
    'an endpoint where nothing listens': {
      change: (overseas) => {
        overseas.endpoint = closedUrl;
      },
      finds: {
        check: 'api',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.endpoint',
        finding: 'failure.connection-refused',
      },
      also: ['unknown application overseas'],
    },
    'a region without SMS': {
      change: (overseas) => {
        overseas.region = 'ap-tokyo';
      },
      finds: {
        check: 'key',
        state: 'wrong',
        side: 'overseas',
        path: 'overseas.region',
        finding: 'finding.refused code=UnsupportedRegion',
        hasAdvice: true,
      },
      also: ['unknown application overseas'],
    },
  };
  for (const [name, { change, finds, also }] of Object.entries(wrongs)) {
    test(`${name} is reported for that side`, () =>
      examined(
        ({ overseas }) => change(overseas),
        (run) => {
          assert.equal(run.status, 1);
          assertFound(reportOf(run).findings, finds, also);
        },
      ));
  }
});

test('deliveries of the last day are counted, and many failures are a warning', () =>
  withSandbox({ account: { ...defaultAccount, deliveryReportSeconds: 0 } }, async (sandbox) => {
    const { config } = sandbox;
    const offPhones = Array(9).fill(numberWith('receipt-shutdown'));
    await sendTo(config, ['+8613812345678', ...offPhones, numberWith('receipt-blacklisted')]);
    const { findings } = reportOf(await examine(config, '--json'));
    const delivery = findings.find(({ check }) => check === 'delivery');
    assert.equal(delivery?.state, 'warning');
    assert.equal(
      brief(/** @type {Finding} */ (delivery).finding),
      'deliveries.some reported=11 failed=10 unreachable=9 invalid=0 blocked=1 frequent=0 carrier=0',
    );
    assert.match(delivery?.advice ?? '', /--number/);
    const packages = findings.find(({ check }) => check === 'packages');
    assert.equal(packages?.finding.id, 'finding.packages.lasting');
  }));

test('a key that was pasted into another field is not printed, and the field is named', () =>
  withSandbox({}, async ({ config }) => {
    const { secretId, secretKey } = defaultAccount;
    for (const key of [secretId, secretKey]) {
      const [signIn, ...others] = config.templates;
      const entry = { usageType: key, templateCode: key };
      // `run` looks for the keys in what is printed.
      for (const [path, changes] of /** @type {[string, object][]} */ ([
        ['signName', { signName: key, templates: [entry, signIn, ...others] }],
        ['sdkAppId', { sdkAppId: key }],
        ['region', { region: key, endpoint: key, [key]: key }],
        ['overseas', { overseas: { [key]: '1' } }],
      ])) {
        const { findings } = reportOf(await examine({ ...config, ...changes }, '--json'));
        const paths = troublesIn(findings).map((each) => dotted(each.path));
        assert.ok(paths.includes(path), `${path}: ${paths}`);
        const { stdout } = await examine({ ...config, ...changes });
        assert.ok(stdout.includes(path), stdout);
      }
    }
  }));

/**
 * The number of findings of a place. A place without a side counts them on every side, because a
 * config that serves only one side names that side.
 *
 * @param {string} place
 * @param {Finding[]} findings
 */
const countAt = (place, findings) =>
  findings.filter((each) => each.check === place || placeOf(each) === place).length;

/**
 * A finding on one line: its id, its values, and the texts among those in the same way.
 *
 * @param {Finding['finding']} finding
 * @returns {string}
 */
const brief = ({ id, values }) =>
  [
    id,
    ...Object.entries(values).map(([name, value]) =>
      typeof value === 'string' ? `${name}=${value}` : brief(value),
    ),
  ].join(' ');

/**
 * The findings hold the expected one, and otherwise only those that follow from it.
 *
 * @param {Finding[]} findings
 * @param {Expected} expected
 * @param {string[]} [also]
 */
function assertFound(findings, expected, also = []) {
  const { check, state, side, path, finding, hasAdvice = false } = expected;
  const troubles = troublesIn(findings);
  const shown = JSON.stringify(troubles, null, 2);
  const found = troubles.find(
    (each) => each.check === check && each.side === side && each.state === state,
  );
  assert.ok(found, `no finding "${state} ${check}", but ${shown}`);
  assert.equal(dotted(found.path), path, shown);
  assert.equal(brief(found.finding), finding, shown);
  if (hasAdvice) {
    assert.ok(found.advice, shown);
  }
  const others = troubles.filter((each) => each !== found);
  assert.deepEqual(
    others.map((each) => `${each.state} ${placeOf(each)}`),
    also,
    shown,
  );
}
