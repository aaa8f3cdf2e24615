import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { recallRefusals } from '../../src/composition/recallRefusals.js';
import { now } from '../support/builders.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';

const hour = 3_600;

function refusal(instanceId: string, secondsAgo: number): string {
  const time = new Date((now - secondsAgo) * 1000).toISOString();
  const line = { type: 'result', time, runId: 'r', instanceId, outcome: 'rejected', error: 'incompatible' };
  return `${JSON.stringify(line)}\n`;
}

describe('recallRefusals', () => {
  const at = useTemporaryFolder();

  function recalled(scenario: 'demo' | null = null, stateDir = at()): readonly string[] {
    return [...recallRefusals({ invocation: { scenario }, config: { stateDir } }, now * 1000).keys()];
  }

  it('finds those of the last day, also in the journal that was moved aside', () => {
    writeFileSync(at('journal.jsonl.1'), refusal('i-1', 23 * hour));
    writeFileSync(at('journal.jsonl'), refusal('i-2', 2 * hour));
    expect(recalled()).to.deep.equal(['i-1', 'i-2']);
  });

  it('is not about the sandbox, which is another account', () => {
    writeFileSync(at('journal.jsonl'), refusal('i-1', hour));
    expect(recalled('demo')).to.deep.equal([]);
  });

  it('finds nothing where there is no journal, no folder, or something else in its place', () => {
    expect(recalled()).to.deep.equal([]);
    expect(recalled(null, '')).to.deep.equal([]);
    expect(recalled(null, at('nothing', 'there'))).to.deep.equal([]);
    mkdirSync(at('journal.jsonl'));
    expect(recalled()).to.deep.equal([]);
  });
});
