import { expect } from 'chai';
import { type InFlight } from '../../bench/command.js';
import { ourselves, rivalAt } from '../../bench/experiments/contestants.js';
import { floors } from '../../bench/floors.js';
import { findRivals } from '../../bench/rivals.js';
import { type Contestant, runRounds } from '../../bench/rounds.js';
import { reclaimedIds } from '../../bench/server/fleet.js';
import { type ServerProcess, startServerProcess } from '../../bench/server/process.js';

const inFlight: InFlight = { pages: 3, migrations: 4 };
const scenario = { fleet: { size: 250, reclaimed: 20 }, delayMs: 5, slowEvery: 0 };

describe('bench: whoever is measured', function () {
  this.timeout(60_000);
  let server: ServerProcess;
  before(async () => {
    server = await startServerProcess();
  });
  after(() => server.close());

  const task = (name: string) => ({ name, server, scenario, inFlight });
  const runOnce = (contestant: Contestant) => runRounds([contestant], 0);

  it('does its work, and the server counts it: novita-spot', async () => {
    // As many as may be are in flight when an answer takes longer than it takes for them to begin.
    await runOnce(ourselves('migrate', { ...task('migrate'), scenario: { ...scenario, delayMs: 50 } }));
    const { instancePages, jobPages, migrated, refused, mostAtOnce } = await server.counts();
    expect({ instancePages, jobPages, refused }).to.deep.equal({ instancePages: 3, jobPages: 1, refused: 0 });
    expect([...migrated].sort()).to.deep.equal(reclaimedIds(scenario.fleet));
    expect(mostAtOnce).to.equal(inFlight.migrations);
  });

  for (const rival of [...findRivals().present, ...floors]) {
    it(`does its work, and the server counts it: ${rival.name}`, async () => {
      await runOnce(rivalAt('list', rival, task(rival.name)));
      expect(await server.counts()).to.deep.include({ instancePages: 3, jobPages: 0, migrated: [] });
      await runOnce(rivalAt('migrate', rival, task(rival.name)));
      expect((await server.counts()).migrated).to.have.length(20);
    });
  }

  it('is found out when it does not', async () => {
    const idle = { ...ourselves('migrate', task('idle')), command: ourselves('check', task('idle')).command };
    const error: unknown = await runOnce(idle).catch((reason: unknown) => reason);
    expect(error).to.be.an('error').with.property('message').that.includes('idle has not done its work');
  });

  it('is skipped by name where its tools are missing', () => {
    const { present, skipped } = findRivals('/nowhere');
    expect(present).to.deep.equal([]);
    expect(skipped).to.include('curl loop + jq is skipped: bash, curl, jq not found');
    expect(skipped).to.include('Python urllib is skipped: python3 not found');
    expect(skipped).to.have.length(5);
  });
});
