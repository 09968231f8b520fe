/** Answers every request as Tencent answers an accepted message, and tells its parent its port. */

import { createServer } from 'node:http';

const answer = JSON.stringify({
  Response: {
    SendStatusSet: [
      {
        SerialNo: '5000:1045710669157053657849499619',
        PhoneNumber: '+8613800138000',
        Fee: 1,
        SessionContext: '',
        Code: 'Ok',
        Message: 'send success',
        IsoCode: 'CN',
      },
    ],
    RequestId: 'a0aabda6-cf91-4f3e-a81f-9198114a2279',
  },
});

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.setHeader('Content-Type', 'application/json').end(answer));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()?.port));
