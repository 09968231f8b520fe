/**
 * One request through the proxy of the environment, with a deadline and watched, as a send makes it.
 * Prints what came of it. The process ends by itself when nothing of the request goes on.
 *
 * Usage: node send-through-proxy.js MODULE URL DEADLINE_MS TUNNEL_MS
 */

const [module = '', url = '', deadlineMs, tunnelMs] = process.argv.slice(2);
const { isTunnelFailure, watchTunnels } = await import(module);

const limit = new AbortController();
const timer = setTimeout(() => limit.abort(), Number(deadlineMs));
const endWatch = watchTunnels(url, Number(tunnelMs));
try {
  const { status } = await fetch(url, { method: 'POST', body: '{}', signal: limit.signal });
  console.log(JSON.stringify({ status }));
} catch (error) {
  /** @type {any[]} */
  const causes = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    causes.push(cause);
  }
  const { aborted } = limit.signal;
  const code = causes.map((cause) => cause.code).find((code) => typeof code === 'string');
  console.log(
    JSON.stringify(aborted ? { aborted } : { code, tunnel: causes.some(isTunnelFailure) }),
  );
} finally {
  endWatch();
  clearTimeout(timer);
}
