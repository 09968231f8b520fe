/** A server that answers every request like an accepted message, and sends its port to its parent. */

import { createServer } from 'node:http';
import { portOf } from '../../shared/port-of.js';
import { acceptedAnswer } from './accepted-answer.js';

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () =>
    response.setHeader('Content-Type', 'application/json').end(acceptedAnswer),
  );
});
server.listen(0, '127.0.0.1', () => {
  process.send?.(portOf(server));
});
