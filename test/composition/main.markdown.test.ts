import { expect } from 'chai';
import { main } from '../../src/main.js';
import { fakeSystem } from './fakeSystem.js';

describe('main, with -o markdown', () => {
  for (const args of [['list'], ['check'], ['migrate', '--yes']]) {
    it(`prints the report of ${args.join(' ')} even with --quiet, and without colour`, async () => {
      const system = fakeSystem({ terminal: true });
      expect(await main([...args, '--sandbox', '-q', '-o', 'markdown'], system)).to.equal(0);
      expect(system.printed()).to.match(/^## 13 instances, 8 exited: 4 eligible/);
      expect(system.printed()).to.include('| `llama-finetune-2` |').and.not.to.include('\u001b');
    });
  }

  it('filters the instances of list', async () => {
    const system = fakeSystem();
    await main(['list', '--sandbox', '-o', 'markdown', '--eligible'], system);
    expect(system.printed()).to.include('| `whisper-batch` |').and.not.to.include('notebook');
  });

  it('says in the report why a run could not begin', async () => {
    const system = fakeSystem();
    expect(await main(['migrate', '--output=markdown'], system)).to.equal(78);
    expect(system.printed()).to.match(/^## novita-spot migrate failed: config\n/);
    expect(system.printed()).to.include('NOVITA_API_KEY is required');
  });
});
