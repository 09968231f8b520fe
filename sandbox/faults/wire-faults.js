/**
 * Faults of a network, a proxy or a broken server on the way of the answer. Each is an act: a function that takes the
 * exchange and sends the answer in its own way, or not at all.
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
  // A reset overtakes data that was sent before. The delay lets half of the answer arrive first.
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

/** Sends less of the answer than its Content-Length promises. @type {Act} */
export function truncate(exchange) {
  writeHalf(exchange);
  close(exchange);
}

/** Sends the head and half of the right answer, with the length of the whole. @param {Exchange} exchange */
function writeHalf(exchange) {
  const body = Buffer.from(exchange.answer);
  writeHead(exchange, { headers: { 'Content-Length': body.length } });
  exchange.response.write(body.subarray(0, body.length / 2));
}

/** Sends one byte per 100 ms. The white space before the answer takes longer than a minute. @type {Act} */
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

/** Sends the right answer, and then white space for as long as the client listens. @type {Act} */
export function endless(exchange) {
  const { response, answer } = exchange;
  const whiteSpace = Buffer.alloc(64 * 1024, ' ');
  writeHead(exchange);
  response.write(answer);
  // Each part waits until the one before it is sent, and for another moment, to save CPU time.
  const more = () => response.write(whiteSpace, () => later(exchange, 10, more));
  more();
}

/** @type {Act} */
export function notHttp({ response }) {
  response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n');
}

/** Sends an HTML page, as a proxy does. @param {number} status @returns {Act} */
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
  // Both sides are closed, because a half-closed connection would still take the next request.
  response.once('finish', () => socket?.destroySoon());
  reply(exchange);
}

/** @type {Act} */
export function gzip(exchange) {
  replyAsGzip(exchange, gzipSync(exchange.answer));
}

/** Sends a body that is small on the wire and has 10 MB when unpacked. @type {Act} */
export function gzipBomb(exchange) {
  replyAsGzip(exchange, gzipSync(exchange.answer + ' '.repeat(10 * 1024 * 1024)));
}

/** Sends a body that is not gzipped, with a header that says so. @type {Act} */
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
 * Runs an action after a delay, unless the connection is closed by then.
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
