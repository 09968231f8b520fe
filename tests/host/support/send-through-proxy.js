/**
 * Makes one request through the proxy of the environment, with a deadline and a watched tunnel like a send,
 * and prints the outcome. The process ends by itself when nothing of the request goes on.
 *
 * Usage: node send-through-proxy.js MODULE URL DEADLINE_MS
 */

const [module = '', url = '', deadlineMs] = process.argv.slice(2);
const { watchTunnels } = await import(module);

const limit = new AbortController();
const timer = setTimeout(() => limit.abort(), Number(deadlineMs));
watchTunnels(new URL(url));
try {
  const { status } = await fetch(url, { method: 'POST', body: '{}', signal: limit.signal });
  console.log(JSON.stringify({ status }));
} catch (error) {
  /** @type {any} */
  let cause = error;
  while (cause instanceof Error && typeof Reflect.get(cause, 'code') !== 'string') {
    cause = cause.cause;
  }
  const { aborted } = limit.signal;
  console.log(JSON.stringify(aborted ? { aborted } : { code: cause?.code }));
} finally {
  clearTimeout(timer);
}
