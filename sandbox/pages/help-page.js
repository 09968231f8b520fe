/**
 * The page that explains the sandbox to a person who opens it in a browser.
 */
import { actionNames } from '../api/api.js';
import { faultGroups } from '../faults/faults.js';
import { magicNumbers } from '../faults/magic-numbers.js';
import { textIn } from '../text/catalogue.js';
import { escapeHtml, markup } from './html.js';
import { languageLinks } from './language.js';

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
header { text-align: end; }
`;

/**
 * @param {import('./pages.js').PageContext['config']} config
 * @param {import('../text/language.js').Language} language
 * @returns {import('./pages.js').Page}
 */
export function helpPage(config, language) {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      // The page loads and runs nothing, and no other page may show it in a frame.
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    body: html(config, language),
  };
}

/**
 * @param {import('./pages.js').PageContext['config']} config
 * @param {import('../text/language.js').Language} language
 */
function html(config, language) {
  const textOf = textIn(language);
  /** @type {import('../text/catalogue.js').TextOf} */
  const text = (id, values) => markup(textOf(id, values));
  const url = escapeHtml(config.endpoint);
  const [, ...reading] = actionNames;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text('help.title')}</title>
<style>${STYLE}</style>
</head>
<body>
<header><nav aria-label="${text('page.languages')}">${languageLinks(language)}</nav></header>
<main>
<h1>${text('help.title')}</h1>
<p>${text('help.intro', {
    url: config.endpoint,
    count: reading.length,
    actions: reading.join(', '),
  })}</p>

<h2 id="config">${text('help.config')}</h2>
<p>${text('help.config-text')}</p>
<pre tabindex="0" role="region" aria-labelledby="config"><code>${escapeHtml(
    JSON.stringify(config, null, 2),
  )}</code></pre>

<h2 id="api">${text('help.messages')}</h2>
<pre tabindex="0" role="region" aria-labelledby="api"><code>curl -fsS '${url}/api/messages/latest/code?to=+8613800138000&amp;wait=10'
curl '${url}/api/messages/latest?to=+8613800138000&amp;wait=10'
curl '${url}/api/messages?to=+8613800138000&amp;limit=5'
curl -X DELETE ${url}/api/messages</code></pre>
<p>${text('help.messages-text')}</p>
<p>${text('help.replies-text')}</p>

<h2 id="faults">${text('help.faults')}</h2>
<p>${text('help.faults-text')}</p>
<ul>
<li>${text('help.by-number')}</li>
<li>${text('help.by-request')}
<pre tabindex="0" role="region" aria-label="${text('help.choosing')}"><code>curl -X PUT -H 'Content-Type: application/json' \\
  -d '{"fault": "hang", "times": 1}' ${url}/control/fault
curl -X PUT -H 'Content-Type: application/json' \\
  -d '{"fault": "hang"}' ${url}/control/fault
curl -X DELETE ${url}/control/fault</code></pre>
${text('help.by-request-more')}</li>
<li>${text('help.by-test')}</li>
</ul>
<p>${text('help.by-code')}</p>
<p>${text('help.accepted-text')}</p>
${faultGroups.map((group, index) => table(group, `faults-${index + 1}`, text)).join('\n')}
</main>
</body>
</html>
`;
}

/** The columns of a table of faults. */
const COLUMNS = [
  'help.fault',
  'help.what-happens',
  'help.accepted',
  'help.mainland-number',
  'help.overseas-number',
];

/**
 * @param {(typeof faultGroups)[number]} group
 * @param {string} id
 * @param {import('../text/catalogue.js').TextOf} text
 */
function table(group, id, text) {
  return `<div class="table" role="region" tabindex="0" aria-labelledby="${id}">
<table>
<caption id="${id}">${text(group.id)}</caption>
<thead><tr>
${COLUMNS.map((column) => `<th scope="col">${text(column)}</th>`).join('')}
</tr></thead>
<tbody>
${group.faults.map((fault) => row(fault, text)).join('\n')}
</tbody>
</table>
</div>`;
}

/**
 * @param {import('../faults/faults.js').Fault} fault
 * @param {import('../text/catalogue.js').TextOf} text
 */
function row(fault, text) {
  const numbers = magicNumbers(fault).map(
    // The calling code is set apart, because people often choose the country separately from the number.
    (number) => `<td class="number">${number.replace(/^\+(?:86|1)/, '$& ')}</td>`,
  );
  const cells = [text(...fault.text), text(fault.accepted ? 'help.yes' : 'help.no')];
  return `<tr><th scope="row"><code>${escapeHtml(fault.name)}</code></th>${cells
    .map((cell) => `<td>${cell}</td>`)
    .join('')}${numbers.join('')}</tr>`;
}
