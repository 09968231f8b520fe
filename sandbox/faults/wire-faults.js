/**
 * What a network, a proxy or a broken server does to an answer on its way. Each is an act: it takes
 * the exchange and lets the answer leave in its own way, or not at all.
 */
import { STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import { reply, writeHead } from '../http/reply.js';

/** @typedef {import('../http/reply.js').Exchange} Exchange */
/** @typedef {(exchange: Exchange) => void} Act */

/** @type {Act} */
export function reset({ response }) {
  response.socket?.resetAndDestroy();
}

/** @type {Act} */
export function resetMidAnswer(exchange) {
  writeHalf(exchange);
  // A reset overtakes what was sent; half of the answer shall arrive before it.
  later(exchange, 50, () => reset(exchange));
}

/** @type {Act} */
export function close({ response }) {
  response.socket?.destroySoon();
}

/** Never answers. The connection lasts until the client or the sandbox closes it. */
export function hang() {}

/** @type {Act} */
export function hangMidAnswer(exchange) {
  writeHalf(exchange);
}

/** The answer, of which the Content-Length promises more than comes. @type {Act} */
export function truncate(exchange) {
  writeHalf(exchange);
  close(exchange);
}

/** The head and half of the right answer, with the length of the whole. @param {Exchange} exchange */
function writeHalf(exchange) {
  const body = Buffer.from(exchange.answer);
  writeHead(exchange, { headers: { 'Content-Length': body.length } });
  exchange.response.write(body.subarray(0, body.length / 2));
}

/** One byte per 100 ms; the white space before the answer takes longer than a minute. @type {Act} */
export function trickle(exchange) {
  const { response, answer } = exchange;
  const body = Buffer.from(' '.repeat(700) + answer);
  writeHead(exchange, { headers: { 'Content-Length': body.length } });
  response.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, ++sent));
    if (sent === body.length) response.end();
  }, 100);
  response.once('close', () => clearInterval(timer));
}

/** @type {Act} */
export function slow(exchange) {
  later(exchange, 1500, () => reply(exchange));
}

/** The right answer, and white space after it for as long as the client listens. @type {Act} */
export function endless(exchange) {
  const { response, answer } = exchange;
  const whiteSpace = Buffer.alloc(64 * 1024, ' ');
  writeHead(exchange);
  response.write(answer);
  // Each part waits for the one before it, and for a moment, to spare the machine.
  const more = () => response.write(whiteSpace, () => later(exchange, 10, more));
  more();
}

/** @type {Act} */
export function notHttp({ response }) {
  response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
}

/** A page of some proxy's. @param {number} status @returns {Act} */
export function html(status) {
  const title = `${status} ${STATUS_CODES[status]}`;
  const body = `<!doctype html><title>${title}</title><h1>${title}</h1>\n`;
  return (exchange) => reply(exchange, { status, headers: { 'Content-Type': 'text/html' }, body });
}

/** @param {number} status @returns {Act} */
export function redirect(status) {
  return (exchange) =>
    reply(exchange, { status, headers: { Location: exchange.elsewhere }, body: '' });
}

/** @param {number} status @returns {Act} */
export function withStatus(status) {
  return (exchange) => reply(exchange, { status });
}

/** @type {Act} */
export function asHtml(exchange) {
  reply(exchange, { headers: { 'Content-Type': 'text/html' } });
}

/** @type {Act} */
export function noContent(exchange) {
  writeHead(exchange, { status: 204 });
  exchange.response.end();
}

/** @type {Act} */
export function earlyHints(exchange) {
  exchange.response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  reply(exchange);
}

/** @type {Act} */
export function closeIdle(exchange) {
  const { response } = exchange;
  const { socket } = response;
  // Not only its own side: a half-closed connection would still take the next request.
  response.once('finish', () => socket?.destroySoon());
  reply(exchange);
}

/** @type {Act} */
export function gzip(exchange) {
  replyAsGzip(exchange, gzipSync(exchange.answer));
}

/** Small on the wire, 10 MB when unpacked. @type {Act} */
export function gzipBomb(exchange) {
  replyAsGzip(exchange, gzipSync(exchange.answer + ' '.repeat(10 * 1024 * 1024)));
}

/** Says gzip, and is none. @type {Act} */
export function brokenGzip(exchange) {
  replyAsGzip(exchange, exchange.answer);
}

/**
 * @param {Exchange} exchange
 * @param {string | Buffer} body
 */
function replyAsGzip(exchange, body) {
  reply(exchange, { headers: { 'Content-Encoding': 'gzip' }, body });
}

/**
 * Does something after a while, unless the connection is gone by then.
 * @param {Exchange} exchange
 * @param {number} milliseconds
 * @param {() => void} action
 */
function later({ response }, milliseconds, action) {
  if (response.destroyed || response.closed) return;
  const cancel = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    response.off('close', cancel);
    action();
  }, milliseconds);
  response.once('close', cancel);
}
