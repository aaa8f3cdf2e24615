import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { sendHttp } from '../../src/report/sendHttp.js';

describe('sendHttp, with credentials in the URL', () => {
  const table: readonly (readonly [string, string, string | null])[] = [
    ['none', '', null],
    ['a name and a password', 'user:secret@', 'user:secret'],
    ['encoded ones', 'us%40er:p%3Ass%25@', 'us@er:p:ss%'],
    ['a percent sign that nobody has encoded', 'user:100%@', 'user:100%'],
    ['an encoded byte that is no text', 'user:%ff@', 'user:%ff'],
    ['a name alone', 'user@', 'user:'],
  ];
  for (const [title, credentials, expected] of table) {
    it(title, async () => {
      const seen: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.end();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const url = `http://${credentials}127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const { signal } = new AbortController();
      const result = await sendHttp({ method: 'POST', url, timeoutMs: 5_000, signal });
      server.close();
      expect(result.error).to.be.null;
      const header = expected === null ? undefined : `Basic ${Buffer.from(expected).toString('base64')}`;
      expect(seen).to.deep.equal([header]);
    });
  }
});
