/**
 * The inbox page in the browser. It listens to the sandbox, which sends the entries that it has, and then each new
 * event.
 */
import { announce, byId, text } from './dom.js';
import { lostBecauseOf } from './items.js';
import './keyboard.js';
import { add, clear, render, showLinked } from './list.js';
import { openPanes, showChosenFault, showConfig, showFaults } from './panes.js';

byId('clear', HTMLButtonElement).addEventListener('click', async () => {
  await fetch('/api/messages', { method: 'DELETE' });
  announce(text('inbox.cleared'));
});
for (const link of document.querySelectorAll('a.language')) {
  link.addEventListener('click', () => keepPlace(link));
}
await Promise.all([showConfig(), showFaults()]);
openPanes();
listen();

function listen() {
  let live = false;
  /** The number of entries that the sandbox and this page keep. The sandbox sends it before the first entry. */
  let keep = 0;
  /** @type {string | undefined} */
  let run;
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => showConnection('live', text('inbox.live')));
  source.addEventListener('error', () => {
    live = false;
    showConnection('lost', text('inbox.connection-lost'));
  });
  source.addEventListener('run', ({ data }) => {
    /** @type {{ id: string, keep: number }} */
    const sandbox = JSON.parse(data);
    // Another sandbox now has the same address, and its account may be different.
    if (run !== undefined && run !== sandbox.id) location.reload();
    run = sandbox.id;
    keep = sandbox.keep;
  });
  source.addEventListener('clear', clear);
  source.addEventListener('message', ({ data, lastEventId }) => {
    const message = JSON.parse(data);
    add({ id: lastEventId, event: 'message', data: message }, keep);
    const { to: number, code } = message;
    if (live)
      announce(text(code ? 'inbox.code-arrived' : 'inbox.message-arrived', { number, code }));
  });
  source.addEventListener('refusal', ({ data, lastEventId }) => {
    const refusal = JSON.parse(data);
    add({ id: lastEventId, event: 'refusal', data: refusal }, keep);
    const reason = refusal.code ?? lostBecauseOf(refusal);
    if (live) announce(text('inbox.refusal-arrived', { reason }));
  });
  source.addEventListener('fault', ({ data }) => showChosenFault(JSON.parse(data)));
  source.addEventListener('live', () => {
    live = true;
    render();
    showLinked();
  });
}

/**
 * @param {'live' | 'lost'} state
 * @param {string} description
 */
function showConnection(state, description) {
  const connection = byId('connection', HTMLElement);
  connection.dataset.state = state;
  connection.textContent = description;
}

/** Keeps the search, the view and the linked message when the reader changes the language. @param {Element} link */
function keepPlace(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  const query = new URLSearchParams(location.search);
  query.set('lang', link.lang);
  link.search = String(query);
  link.hash = location.hash;
}
