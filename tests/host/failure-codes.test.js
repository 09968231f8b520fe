/**
 * The error codes that Node defines, and the operator's line about each: the cause, and whether something
 * was sent. Only an error that happens before a connection proves that nothing was sent.
 */

import { strict as assert } from 'node:assert';
import dns from 'node:dns';
import { test } from 'node:test';
import { getSystemErrorMap } from 'node:util';
import { officialConfig } from './support/connectors.js';
import { core } from './support/core.js';

const now = 1_551_113_065_000;
const data = { to: '8613800138000', type: 'SignIn', payload: { code: '123456' } };

/**
 * Returns the operator's line after three exchanges that failed in the same way.
 *
 * @param {import('../../js-shim/wasm/core.js').FailedExchange} failed
 * @returns {string}
 */
function lineAfter(failed) {
  const event = { action: 'SendSms', departures: 0, ...failed };
  const events = [{ startedAt: now }, event, { waitedMs: 1 }, event, { waitedMs: 1 }, event];
  try {
    core.sendMessage(officialConfig, data, events, now);
  } catch (error) {
    return /** @type {import('../../js-shim/wasm/core.js').CoreError} */ (error).operatorLine;
  }
  throw new Error('there is no error');
}

const unsent = /; nothing was sent$/;
const unknown = /; the message may or may not have been sent$/;
const resolution = /host name could not be resolved/;
const certificate = /certificate was not accepted/;

const systemCodes = [...getSystemErrorMap().values()].map(([code]) => code);
const resolverCodes = Object.values(dns).filter((value) => typeof value === 'string');

test('Node has the lists of codes that these tests use', () => {
  assert.ok(systemCodes.length > 70);
  assert.ok(resolverCodes.length > 20);
});

test('a host name that could not be resolved is reported as such, whatever the code', () => {
  for (const code of resolverCodes) {
    for (const syscall of ['queryA', 'queryAaaa', 'getaddrinfo']) {
      const line = lineAfter({ failure: code, syscall });
      assert.match(line, resolution);
      assert.match(line, unsent);
    }
  }
  for (const code of systemCodes.filter((code) => code.startsWith('EAI_'))) {
    const line = lineAfter({ failure: code });
    assert.match(line, resolution, code);
    assert.match(line, unsent, code);
  }
});

/** Codes that both the resolver and other parts of Node use. The system call tells them apart. */
const ambiguous = ['ECONNREFUSED', 'EOF', 'ENOMEM', 'EFILE'];

test("the resolver's own codes need no system call", () => {
  for (const code of resolverCodes.filter((code) => !ambiguous.includes(code))) {
    assert.match(lineAfter({ failure: code }), resolution, code);
  }
});

test('after a failed connect, the line says that nothing was sent, whatever the code', () => {
  for (const code of systemCodes) {
    const line = lineAfter({ failure: code, syscall: 'connect' });
    assert.match(line, unsent, code);
    assert.doesNotMatch(line, /clock|certificate/, code);
  }
});

/** Codes that prove by themselves that there was no connection. */
const proofs = [
  'ECONNREFUSED',
  'EMFILE',
  'ENFILE',
  ...resolverCodes.filter((code) => !ambiguous.includes(code)),
  ...systemCodes.filter((code) => code.startsWith('EAI_')),
];

test('any other system error proves nothing', () => {
  for (const code of systemCodes) {
    assert.match(lineAfter({ failure: code }), proofs.includes(code) ? unsent : unknown, code);
    for (const syscall of ['read', 'write', 'shutdown']) {
      assert.match(lineAfter({ failure: code, syscall }), unknown, `${syscall} ${code}`);
    }
  }
});

/** Node's documentation of tls: "X509 certificate error codes". */
const certificateCodes = [
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'CRL_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
];

test('certificates are named only where they are the cause', () => {
  for (const failure of certificateCodes) {
    const line = lineAfter({ failure });
    assert.match(line, certificate, failure);
    assert.match(line, unsent, failure);
  }
  for (const failure of [...systemCodes, ...resolverCodes]) {
    assert.doesNotMatch(lineAfter({ failure }), /clock|certificate/, failure);
  }
});

test("Node's permission model is named by its flag", () => {
  const line = lineAfter({ failure: 'ERR_ACCESS_DENIED' });
  assert.match(line, /--allow-net/);
  assert.match(line, unsent);
});

test("a proxy's failure is reported as the proxy's", () => {
  for (const [failed, cause] of /** @type {const} */ ([
    [{ failure: 'UND_ERR_ABORTED', proxyStatus: 407 }, /proxy.*user name.*407/],
    [{ failure: 'UND_ERR_ABORTED', proxyStatus: 403 }, /proxy refused.*403/],
    [{ failure: 'UND_ERR_ABORTED', proxyStatus: 502 }, /proxy refused.*502/],
    [{ failure: 'ECONNREFUSED', syscall: 'connect', port: 3128 }, /proxy refused the connection/],
    [{ failure: 'ETIMEDOUT', syscall: 'connect', port: 3128 }, /No connection to the proxy/],
    [
      { failure: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'proxy.example' },
      /proxy's host name/,
    ],
    [{ failure: 'UND_ERR_PRX_CONN' }, /proxy closed the connection/],
  ])) {
    const line = lineAfter(failed);
    assert.match(line, cause);
    assert.match(line, unsent);
  }
  const direct = lineAfter({ failure: 'ECONNREFUSED', syscall: 'connect', port: 443 });
  assert.match(direct, /Tencent's API refused the connection/);
});
