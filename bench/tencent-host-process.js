/**
 * The server's process. It reads no more of HTTP than where a request ends, so that it costs less than
 * any client, and takes the sender's part of the machine least.
 */

import { createServer } from 'node:tls';
import selfsigned from 'selfsigned';
import { acceptedAnswer } from '../tests/host/support/accepted-answer.js';
import { name } from './tencent-host.js';

const response = [
  'HTTP/1.1 200 OK',
  'Server: nginx',
  `Date: ${new Date().toUTCString()}`,
  'Content-Type: application/json',
  `Content-Length: ${Buffer.byteLength(acceptedAnswer)}`,
  'Connection: keep-alive',
  '',
  acceptedAnswer,
].join('\r\n');

const { private: key, cert } = await selfsigned.generate([{ name: 'commonName', value: name }], {
  keySize: 2048,
  algorithm: 'sha256',
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
});

const server = createServer({ key, cert }, (socket) => {
  let received = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    received += data;
    for (let end = endOfRequest(received); end <= received.length; end = endOfRequest(received)) {
      received = received.slice(end);
      socket.write(response);
    }
  });
});
server.listen(0, '127.0.0.1', 4096, () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.({ port: address.port, certificate: cert });
});
// With the parent, this process ends too.
process.on('disconnect', () => process.exit());

/**
 * @param {string} received
 * @returns {number} how long the first request is; `Infinity` while its headers are not complete
 */
function endOfRequest(received) {
  const headers = received.indexOf('\r\n\r\n') + 4;
  if (headers < 4) {
    return Number.POSITIVE_INFINITY;
  }
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(received) ?? [];
  return headers + Number(length ?? 0);
}
