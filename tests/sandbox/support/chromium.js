/**
 * A real browser for tests: the Chromium that scripts/setup-chromium.sh found, with an empty profile.
 */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const FOUND = new URL('../../../.tools/ready/chromium', import.meta.url);

export function launchChromium() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? pathFound(),
    // Chromium's own sandbox does not work as root, as in CI. The other flags stop its calls home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function pathFound() {
  try {
    return readFileSync(FOUND, 'utf8').trim();
  } catch {
    throw new Error('No browser is set up: scripts/setup-chromium.sh .tools/ready/chromium');
  }
}
