/**
 * The config guard and its errors, made with the host's zod.
 *
 * The Console prints "Error in key path …" only for an instance of the host's own `ZodError`. The package
 * cannot import zod, because it can import only the kit. So this module refines a guard of the kit.
 */

import { jsonObjectGuard } from '@logto/connector-kit';
import { validateConfig } from './core.js';
import { performAtOnce } from './perform.js';
import { storeProblem } from './store/problem.js';

/** The guard that the host calls before it stores a config. */
export const configGuard = guardWith((config) =>
  performAtOnce((events) => validateConfig(config, events, storeProblem())),
);

/**
 * Creates the host's `ZodError` for issues that the core found during a send.
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
