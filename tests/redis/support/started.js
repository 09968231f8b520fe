/** What a test started and did not end, because it failed. Otherwise the file's process would not end. */

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

// The bench uses the servers without the test runner.
if (process.env.NODE_TEST_CONTEXT) {
  const { after } = await import('node:test');
  after(() => {
    for (const child of children) {
      child.kill('SIGKILL');
    }
  });
}

/**
 * @template {import('node:child_process').ChildProcess} Child
 * @param {Child} child
 */
export function endWithTests(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
