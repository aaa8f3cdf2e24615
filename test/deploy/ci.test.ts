import { expect } from 'chai';
import { validateWorkflow } from '@action-validator/core';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { canaryKey, removeFolders } from '../support/migrateRun.js';
import { type CiRun, type CiSystem, ciSystems, github, gitlab, readExample, runJob } from './ciScripts.js';

describe('deploy/ci', () => {
  after(removeFolders);

  async function onSandbox(
    scenario: ScenarioName,
    work: (sandbox: Sandbox) => Promise<CiRun>,
  ): Promise<CiRun & { readonly migrated: number }> {
    const sandbox = await startSandbox({ scenario, apiKey: canaryKey, now: () => Date.now() });
    try {
      const run = await work(sandbox);
      expect(run.log + run.plan).not.to.include(canaryKey);
      return { ...run, migrated: sandbox.world.applied.length };
    } finally {
      await sandbox.close();
    }
  }
  const jobOn = (system: CiSystem, scenario: ScenarioName, options = {}) =>
    onSandbox(scenario, ({ baseUrl }) => runJob(system, baseUrl, options));

  for (const system of ciSystems) {
    describe(`the job for ${system.name}`, () => {
      it('succeeds when nothing is to be done, and says so', async () => {
        const { code, log, plan } = await jobOn(system, 'empty');
        expect(code, log).to.equal(0);
        expect(log).to.include('Nothing to migrate.').and.not.to.include('would be migrated. The plan');
        expect(plan).to.match(/^## Dry run, nothing was changed\. 0 instances/);
      });

      it('succeeds with a plan when something is to be done, and does none of it', async () => {
        const { code, log, plan, migrated } = await jobOn(system, 'demo');
        expect(code, log).to.equal(0);
        expect(log)
          .to.include('Reclaimed instances would be migrated. The plan')
          .and.not.to.include('Nothing to');
        expect(plan).to.include('4 would be migrated').and.include('| `sdxl-training` |');
        expect(migrated).to.equal(0);
      });

      it('fails when the key is refused, and the plan says why', async () => {
        const { code, log, plan } = await jobOn(system, 'demo', { key: 'sk_wrong_Zm9vYmFy' });
        expect(code, log).to.equal(77);
        expect(plan).to.include('The API refused the key').and.include('There is no plan: exit code 77.');
        expect(log + plan).not.to.include('sk_wrong');
      });

      it('fails when the key is missing', async () => {
        const { code, plan } = await jobOn(system, 'demo', { key: '' });
        expect(code).to.equal(78);
        expect(plan).to.include('NOVITA_API_KEY is required');
      });

      it('fails when novita-spot is not there', async () => {
        const { code, log, plan } = await jobOn(system, 'demo', { isInstalled: false });
        expect(code, log).to.equal(127);
        expect(plan).to.include('There is no plan: exit code 127.');
      });

      it('puts nothing into its script but what the shell knows', () => {
        expect(system.script).to.include('novita-spot migrate --dry-run --detailed-exitcode -o markdown');
        expect(system.script).not.to.match(/\$\{\{|eval|\$\(novita/);
      });
    });
  }

  it('lets the runner of GitHub look for commands in no line of novita-spot', async () => {
    const [system] = ciSystems;
    if (system === undefined) throw new Error('There is no such system.');
    const { log } = await jobOn(system, 'demo');
    const [, token = '', lines = ''] = /^::stop-commands::([\w-]{36})\n([\s\S]*)\n::\1::\n/.exec(log) ?? [];
    expect(lines, log).to.include('run_started').and.include('summary');
    expect(lines).not.to.include(token);
  });

  it('is a valid workflow', () => {
    expect(validateWorkflow(readExample('github-actions.yml')).errors).to.deep.equal([]);
    const broken = readExample('github-actions.yml').replace('runs-on:', 'run-on:');
    expect(validateWorkflow(broken).errors).not.to.deep.equal([]);
  });

  it('pins each action to a commit, reads the repository only, and shows the key to one step only', () => {
    const { steps } = github.jobs.plan;
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions).to.have.lengthOf(2);
    for (const action of actions) expect(action).to.match(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    expect(github.permissions).to.deep.equal({ contents: 'read' });
    expect(steps.flatMap(({ name, env }) => (env === undefined ? [] : [[name, env]]))).to.deep.equal([
      ['Plan', { NOVITA_API_KEY: '${{ secrets.NOVITA_API_KEY }}' }],
    ]);
  });

  it('keeps the plan of GitLab also when the job fails', () => {
    expect(gitlab['novita-spot-plan'].artifacts).to.include({ when: 'always', access: 'developer' });
  });
});
