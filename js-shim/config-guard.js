/**
 * The config guard and its errors, as the host's own zod makes them.
 *
 * The Console prints "Error in key path …" only for an instance of the host's own ZodError, and the
 * package can import nothing but the kit: so a guard of the kit is refined, and zod never named.
 */

import { jsonObjectGuard } from '@logto/connector-kit';
import { validateConfig } from './core.js';

/** The guard that the host calls before it stores a config. */
export const configGuard = guardWith(validateConfig);

/**
 * The host's ZodError for issues that the core found while sending.
 *
 * @param {import('./wasm/core.js').Issue[]} issues
 */
export const zodErrorOf = (issues) => guardWith(() => issues).safeParse({}).error;

/** @param {(config: unknown) => import('./wasm/core.js').Issue[]} findIssues */
function guardWith(findIssues) {
  return jsonObjectGuard.superRefine((config, context) => {
    for (const issue of findIssues(config)) {
      context.addIssue({ code: 'custom', ...issue });
    }
  });
}
