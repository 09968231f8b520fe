/**
 * The page that explains the sandbox to a person who opens it in a browser.
 */
import { actionNames } from '../api/api.js';
import { faultGroups } from '../faults/faults.js';
import { magicNumbers } from '../faults/magic-numbers.js';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
:root { background: Canvas; color: CanvasText; }
body { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.875rem; }
pre, .table { overflow-x: auto; }
pre { padding: 1rem; border: 1px solid GrayText; border-radius: 0.25rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
caption { font-weight: bold; text-align: start; padding-block: 0.5rem; }
th, td { border-top: 1px solid GrayText; padding: 0.25rem 0.75rem 0.25rem 0; }
th, td { text-align: start; vertical-align: top; }
thead th, .number { white-space: nowrap; }
tbody th { font-weight: normal; }
`;

/**
 * @param {import('./pages.js').PageContext['config']} config
 * @returns {import('./pages.js').Page}
 */
export function helpPage(config) {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      // The page loads and runs nothing, and no other page may show it in a frame.
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    body: html(config),
  };
}

/** @param {import('./pages.js').PageContext['config']} config */
function html(config) {
  const url = escapeHtml(config.endpoint);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tencent Cloud SMS sandbox</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Tencent Cloud SMS sandbox</h1>
<p>A stand-in for Tencent Cloud’s SMS API (version 2021-01-11) on this machine. It checks requests as
Tencent does, shows in its <a href="/">inbox</a> what would arrive, and sends nothing. The API is
<code>POST ${url}/</code>: SendSms, and six actions that only read
(${actionNames.slice(1).join(', ')}).</p>

<h2 id="config">The config for the connector</h2>
<p>The <a href="/">inbox page</a> shows it field by field as in the form of Logto’s Console, and as a command
for Logto’s Management API, ready to copy. The keys are made up. If Logto runs in a container, 127.0.0.1 is
that container: let it use the host’s network. As JSON, for example for the doctor:</p>
<pre tabindex="0" role="region" aria-labelledby="config"><code>${escapeHtml(
    JSON.stringify(config, null, 2),
  )}</code></pre>

<h2 id="api">The messages as JSON</h2>
<pre tabindex="0" role="region" aria-labelledby="api"><code>curl '${url}/api/messages/latest?to=%2B8613800138000&amp;wait=10'
curl '${url}/api/messages?to=%2B8613800138000&amp;limit=5'
curl -X DELETE ${url}/api/messages</code></pre>
<p>The first answers with the newest message to a number, and waits up to 30 seconds if there is none
yet; <code>since=2026-03-01T12:00:00Z</code> passes over older ones. <code>GET /api/refusals</code>
lists what was refused, <code>/api/events</code> tells everything as it happens (Server-Sent Events),
<code>/api/account</code> and <code>/api/config</code> are the account and the config above, and
<code>/api/logto</code> is the config as fields and as a command.</p>

<h2 id="faults">Faults</h2>
<p>The sandbox can fail as Tencent, a network or a proxy may. There are three ways to choose how:</p>
<ul>
<li>Send to one of the phone numbers below, for example from the test in the Console. They are meant
to be nobody’s; do not send to them through Tencent itself.</li>
<li>Choose the fault of the next message, or of every request until it is changed:
<pre tabindex="0" role="region" aria-label="Choosing a fault"><code>curl -X PUT -H 'Content-Type: application/json' \\
  -d '{"fault": "hang", "times": 1}' ${url}/control/fault
curl -X PUT -H 'Content-Type: application/json' \\
  -d '{"fault": "hang"}' ${url}/control/fault
curl -X DELETE ${url}/control/fault</code></pre>
With <code>times</code>, the fault counts and strikes requests of SendSms only, because Logto asks for
statistics in the background. <code>"action": "SendStatusStatistics"</code> chooses another action, with or
without <code>times</code>. <code>GET /control/fault</code> tells what is chosen, <code>GET /control/faults</code> lists all.</li>
<li>In a test: <code>sandbox.setFault('hang', { times: 1 })</code>.</li>
</ul>
<p>Any error code of Tencent’s can be chosen in the last two ways: <code>error:&lt;Code&gt;</code>
refuses the request, as in <code>error:AuthFailure.TokenFailure</code>, and
<code>status:&lt;Code&gt;</code> its numbers, as in <code>status:LimitExceeded.AppDailyLimit</code>.</p>
<p>“Accepted” says whether Tencent’s side takes the message all the same (one that is right by its clock),
so that a second attempt would send it twice.</p>
${faultGroups.map(table).join('\n')}
</main>
</body>
</html>
`;
}

/**
 * @param {(typeof faultGroups)[number]} group
 * @param {number} position
 */
function table({ title, faults }, position) {
  const id = `faults-${position + 1}`;
  return `<div class="table" role="region" tabindex="0" aria-labelledby="${id}">
<table>
<caption id="${id}">${escapeHtml(title)}</caption>
<thead><tr>
<th scope="col">Fault</th><th scope="col">What happens</th><th scope="col">Accepted</th>
<th scope="col">Mainland number</th><th scope="col">Overseas number</th>
</tr></thead>
<tbody>
${faults.map(row).join('\n')}
</tbody>
</table>
</div>`;
}

/** @param {import('../faults/faults.js').Fault} fault */
function row(fault) {
  const numbers = magicNumbers(fault).map(
    // The calling code is set apart, because people often choose the country separately from the number.
    (number) => `<td class="number">${number.replace(/^\+(?:86|1)/, '$& ')}</td>`,
  );
  return `<tr><th scope="row"><code>${escapeHtml(fault.name)}</code></th><td>${escapeHtml(
    fault.description,
  )}</td><td>${fault.accepted ? 'yes' : 'no'}</td>${numbers.join('')}</tr>`;
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
