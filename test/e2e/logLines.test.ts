import { expect } from 'chai';
import { eventOf, useOutsiders } from '../support/outsidersRun.js';

describe('the log', () => {
  const { open, run } = useOutsiders();

  for (const scenario of ['demo', 'faults', 'empty', 'large'] as const) {
    it(`is one object a line, with a short summary last: ${scenario}`, async () => {
      await open(scenario);
      const { stderr } = await run({ NOVITA_ACCOUNT: 'team-a' });
      const lines = stderr.trimEnd().split('\n');
      for (const line of lines) {
        const entry = JSON.parse(line) as Record<string, unknown>;
        expect(Object.keys(entry).slice(0, 6)).to.deep.equal([
          'time',
          'level',
          'message',
          'runId',
          'account',
          'event',
        ]);
        expect(entry['account']).to.equal('team-a');
      }
      const last = lines.at(-1) ?? '';
      expect(eventOf(last)).to.equal('summary');
      expect(Buffer.byteLength(last)).to.be.below(2_000);
    });
  }
});
