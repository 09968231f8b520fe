/**
 * The process of the server. It reads only as much of HTTP as it needs to find the end of a request, so that it needs
 * less CPU time than any client and leaves most of the machine to the sender.
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
// This process ends when its parent ends.
process.on('disconnect', () => process.exit());

/**
 * @param {string} received
 * @returns {number} the length of the first request; `Infinity` while its headers are incomplete
 */
function endOfRequest(received) {
  const headers = received.indexOf('\r\n\r\n') + 4;
  if (headers < 4) {
    return Number.POSITIVE_INFINITY;
  }
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(received) ?? [];
  return headers + Number(length ?? 0);
}
