/** The rule of the script: tests/limits/redis.rs, against a server of each kind. */

import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { programs, startServer } from './support/servers.js';

for (const [program, path] of programs) {
  test(`the script in ${program} decides like the counts in memory`, async (t) => {
    const server = await startServer({ program: path });
    const parameters = ['test', '--test', 'limits', 'redis', '--', '--ignored', '--nocapture'];
    const env = { ...process.env, REDIS_PORT: String(server.port) };
    // The tests empty the server, so they run one after the other.
    const { stdout } = await promisify(execFile)('cargo', [...parameters, '--test-threads=1'], {
      env,
    });
    t.diagnostic(/^.*histories: .*$/m.exec(stdout)?.[0] ?? '');
    await server.stop();
  });
}
