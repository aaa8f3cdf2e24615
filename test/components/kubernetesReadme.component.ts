import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { ISecret } from 'kubernetes-models/v1';
import { parse, stringify } from 'yaml';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { itRunsAsAgreed } from '../support/cronJobContract.js';
import { partsOf } from '../support/cronJobParts.js';
import { cronJobIn, kustomize } from '../support/kustomize.js';
import { schemaProblems } from '../support/kubernetesSchema.js';
import { manifests } from '../support/manifests.js';

const base = fileURLToPath(new URL('base', manifests));
const readme = readFileSync(new URL('README.md', manifests), 'utf8');

/** The only YAML example that has this text in it. */
function exampleWith(text: string): string {
  const examples = [...readme.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```/gm)].map(
    ([, indent = '', example = '']) => example.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
  const [found = '', ...others] = examples.filter((example) => example.includes(text));
  expect([found === '', others.length], text).to.deep.equal([false, 0]);
  return found;
}

describe('the steps in the README for Kubernetes', () => {
  const at = useTemporaryFolder();
  beforeEach(() => {
    cpSync(fileURLToPath(manifests), at('novita-spot/deploy/kubernetes'), { recursive: true });
    mkdirSync(at('my-cluster'));
  });

  /** Builds the example of a folder of one's own, with another part of the repository and a patch. */
  function buildWith(part: string | null, patch: string | null): ReturnType<typeof cronJobIn> {
    const example = parse(exampleWith('kind: Kustomization')) as Readonly<Record<string, unknown>>;
    const resources = part === null ? example['resources'] : [`../novita-spot/deploy/kubernetes/${part}`];
    const patches = patch === null ? [] : [{ path: 'patch.yaml' }];
    writeFileSync(at('my-cluster/kustomization.yaml'), stringify({ ...example, resources, patches }));
    if (patch !== null) writeFileSync(at('my-cluster/patch.yaml'), patch);
    return cronJobIn(kustomize(at('my-cluster')));
  }

  it("lead to a dry run of the image in a registry of one's own", () => {
    const { container, environment } = partsOf(buildWith(null, null));
    const [, pushed = ''] = /docker push (\S+)/.exec(readme) ?? [];
    expect(container.image).to.equal(pushed);
    expect(pushed.split('/').at(-1)).to.equal(partsOf(cronJobIn(kustomize(base))).container.image);
    expect(environment.get('MIGRATION_DRY_RUN')).to.equal('true');
  });

  it('make the secrets that the CronJobs mount', () => {
    for (const name of ['api-key.txt', 'ping-url.txt']) writeFileSync(at(name), 'placeholder');
    mkdirSync(at('accounts'));
    for (const name of ['production', 'team-b']) writeFileSync(at('accounts', name), 'placeholder');

    const commands = [...readme.matchAll(/^ *(kubectl create secret .*)$/gm)].map(
      ([, command = '']) => command,
    );
    const made = commands.map((command) => {
      const printed = execFileSync('/bin/sh', ['-c', `${command} --dry-run=client --output json`], {
        cwd: at(),
        encoding: 'utf8',
      });
      const { metadata, data } = JSON.parse(printed) as ISecret;
      return { name: metadata?.name, namespace: metadata?.namespace, keys: Object.keys(data ?? {}) };
    });

    const namespace = 'novita-spot';
    expect(made).to.have.deep.members([
      { name: 'novita-spot', namespace, keys: ['api-key'] },
      { name: 'novita-spot-accounts', namespace, keys: ['production', 'team-b'] },
      { name: 'novita-spot-monitoring', namespace, keys: ['healthcheck-ping-url'] },
    ]);
    for (const part of ['base', 'overlays/monitoring', 'overlays/many-accounts-monitored']) {
      for (const { secret } of partsOf(buildWith(part, null)).pod.volumes ?? []) {
        if (!secret) continue;
        const found = made.find(({ name }) => name === secret.secretName);
        expect(found?.keys, secret.secretName).to.include.members(secret.items?.map(({ key }) => key) ?? []);
      }
    }
  });

  for (const part of ['overlays/many-accounts', 'overlays/many-accounts-monitored']) {
    it(`set the number of accounts of ${part}, and nothing else`, () => {
      const before = partsOf(buildWith(part, null));
      const after = partsOf(buildWith(part, exampleWith('completions')));
      const { completions } = after.job;
      expect(completions).to.be.greaterThan(before.job.completions ?? Infinity);
      expect(after.job).to.deep.equal({
        ...before.job,
        completions,
        parallelism: completions,
        template: after.job.template,
      });
      expect([...after.environment]).to.have.deep.members([
        ...new Map([...before.environment, ['NOVITA_ACCOUNT_INDEXES', String(completions)]]),
      ]);
    });
  }

  describe('for another interval', () => {
    const shorter = () => buildWith('base', exampleWith('MIGRATION_INTERVAL_MINUTES'));
    it('make a valid CronJob', async () => expect(await schemaProblems(shorter())).to.be.empty);
    itRunsAsAgreed(shorter, 'FailJob');
  });
});
