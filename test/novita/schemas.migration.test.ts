import { expect } from 'chai';
import { parseAcceptedMigration, parseErrorBody } from '../../src/novita/answers.js';

describe('novita: the body of an accepted migration', () => {
  const accepted: readonly (readonly [string, string | null])[] = [
    ['', null],
    [' \r\n', null],
    ['{}', null],
    ['{"jobId": "j-1"}', 'j-1'],
    ['{"jobId": 5}', '5'],
    ['{"jobId": null}', null],
    ['{"jobId": {}}', null],
    ['{"jobId": "j\\u0007"}', 'j\uFFFD'],
  ];
  for (const [body, jobId] of accepted) {
    it(`may be ${JSON.stringify(body)}`, () => expect(parseAcceptedMigration(body)).to.deep.equal({ jobId }));
  }

  for (const body of [
    '{"error": "internal"}',
    '{"code": 500, "message": "failed"}',
    '{"message": "failed"}',
    '{"reason": "NEW_REASON"}',
    '{"jobId": "j-1", "reason": "NEW_REASON"}',
    '{"success": false}',
    'null',
    '[]',
    '"accepted"',
    '0',
    'true',
    '<html>',
    '{',
    'OK',
  ]) {
    it(`is not ${body}`, () => expect(parseAcceptedMigration(body)).to.equal(null));
  }
});

describe('novita: the body of an error', () => {
  const table: readonly (readonly [unknown, string | null, string | null])[] = [
    [{ code: 400, reason: 'CONFLICT', message: 'busy', metadata: {} }, 'CONFLICT', 'busy'],
    [{ message: 'busy' }, null, 'busy'],
    [{ error: 'busy' }, null, 'busy'],
    [{ error: { message: 'busy' } }, null, 'busy'],
    [{ error: { reason: 'CONFLICT', message: 'busy' } }, 'CONFLICT', 'busy'],
    [{ reason: 'CONFLICT', error: { reason: 'OTHER' } }, 'CONFLICT', null],
    [{ error: [] }, null, null],
    [{ error: 5 }, null, '5'],
    [{ reason: {}, message: [] }, null, null],
    [{ message: 'a\u001b[31mb' }, null, 'a\uFFFD[31mb'],
    [{}, null, null],
    [null, null, null],
    [undefined, null, null],
    ['busy', null, null],
    [[], null, null],
  ];
  for (const [body, reason, message] of table) {
    it(`says what can be learnt from ${JSON.stringify(body)}`, () => {
      expect(parseErrorBody(body)).to.deep.equal({ reason, message });
    });
  }
});
