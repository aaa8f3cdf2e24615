import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { itRunsAsAgreed } from '../support/cronJobContract.js';
import { partsOf } from '../support/cronJobParts.js';
import { type KubernetesObject, schemaProblems } from '../support/kubernetesSchema.js';
import { cronJobIn, kustomize } from '../support/kustomize.js';
import { manifests } from '../support/manifests.js';
import { itsPodIsAsAgreed } from '../support/podContract.js';

const overlays = readdirSync(new URL('overlays/', manifests));
const builds = new Map(
  ['base', ...overlays.map((name) => `overlays/${name}`)].map((path) => [
    path,
    kustomize(fileURLToPath(new URL(path, manifests))),
  ]),
);

function cronJobOf(path: string): ReturnType<typeof cronJobIn> {
  return cronJobIn(builds.get(path) ?? []);
}

function environmentOf(path: string): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(partsOf(cronJobOf(path)).environment);
}

describe('kubectl kustomize', () => {
  it('builds the base and every overlay', () => {
    expect(overlays).to.have.members(['dry-run', 'many-accounts', 'many-accounts-monitored', 'monitoring']);
    for (const [path, objects] of builds) {
      const kinds = objects.map(({ kind }) => kind);
      expect(kinds, path).to.include.members(['Namespace', 'ServiceAccount', 'NetworkPolicy', 'CronJob']);
      expect(kinds, 'no secret comes from the repository').to.not.include('Secret');
    }
  });

  for (const [path, objects] of builds) {
    describe(path, () => {
      for (const object of objects) {
        const { kind, metadata } = object;
        it(`makes a valid ${kind} ${metadata.name}`, async () => {
          expect(await schemaProblems(object)).to.be.empty;
        });
      }

      itsPodIsAsAgreed(() => cronJobOf(path));
      itRunsAsAgreed(() => cronJobOf(path), path.includes('many-accounts') ? 'FailIndex' : 'FailJob');
    });
  }
});

/** The built CronJob of the base, changed by a text replacement. */
function changed(from: string | RegExp, to: string): KubernetesObject {
  const text = JSON.stringify(cronJobOf('base'));
  const other = text.replace(from, to);
  expect(other, 'the change').to.not.equal(text);
  return JSON.parse(other) as KubernetesObject;
}

describe('the check against the Kubernetes API', () => {
  const refused: readonly [title: string, from: string | RegExp, to: string, says: RegExp][] = [
    ['a misspelt field', '"concurrencyPolicy"', '"concurencyPolicy"', /concurencyPolicy/],
    [
      'a misspelt field far inside',
      '"readOnlyRootFilesystem"',
      '"readOnlyRootFileSystem"',
      /readOnlyRootFileSystem/,
    ],
    ['a field of another kind', '"backoffLimit":1', '"backoffLimit":1,"replicas":1', /replicas/],
    ['a missing schedule', /"schedule":"[^"]*",/, '', /schedule/],
    ['a volume mount without a path', /"mountPath":"[^"]*",/, '', /mountPath/],
    ['a text for a number', '"backoffLimit":1', '"backoffLimit":"1"', /backoffLimit/],
    ['half a number', '"backoffLimit":1', '"backoffLimit":1.5', /backoffLimit/],
    ['a number for the text of a variable', '"/var/lib/novita-spot/state"', '7', /value/],
    ['an unknown policy', '"Forbid"', '"forbid"', /forbid/],
    ['an unknown action', '"FailJob"', '"FailPod"', /FailPod/],
    ['an unknown version of the API', '"batch/v1"', '"batch/v9"', /batch\/v9/],
    ['an unknown kind', '"kind":"CronJob"', '"kind":"CronTab"', /ICronTab/],
  ];
  for (const [title, from, to, says] of refused) {
    it(`refuses ${title}`, async () => {
      expect((await schemaProblems(changed(from, to))).join('\n')).to.match(says);
    });
  }
});

describe('the overlays', () => {
  it('dry-run changes nothing but that it is one', () => {
    expect(environmentOf('overlays/dry-run')).to.deep.equal({
      ...environmentOf('base'),
      MIGRATION_DRY_RUN: 'true',
    });
  });

  it('monitoring opens the network to the Pushgateway that it names, and to nothing else', () => {
    const policy = builds
      .get('overlays/monitoring')
      ?.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'novita-spot');
    const url = new URL(environmentOf('overlays/monitoring')['MIGRATION_PUSHGATEWAY_URL'] ?? '');
    const [app = '', namespace = ''] = url.hostname.split('.');
    expect((policy as INetworkPolicy | undefined)?.spec).to.deep.equal({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'novita-spot' } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
              podSelector: { matchLabels: { 'app.kubernetes.io/name': app } },
            },
          ],
          ports: [{ protocol: 'TCP', port: Number(url.port) }],
        },
      ],
    });
  });

  for (const path of ['overlays/many-accounts', 'overlays/many-accounts-monitored']) {
    describe(path, () => {
      it('runs an index for each account, all at once, so that each has the time of a whole run', () => {
        const { job, environment } = partsOf(cronJobOf(path));
        expect(job.completionMode).to.equal('Indexed');
        expect(job.completions).to.be.a('number').greaterThan(1);
        expect(job.parallelism).to.equal(job.completions);
        expect(environment.get('NOVITA_ACCOUNT_INDEXES')).to.equal(String(job.completions));
      });

      it('lets no failing account stop another', () => {
        const { job } = partsOf(cronJobOf(path));
        const mostPods = (job.completions ?? Infinity) * ((job.backoffLimitPerIndex ?? Infinity) + 1);
        expect(job.backoffLimit).to.be.at.least(mostPods);
        expect(job).to.not.have.any.keys('maxFailedIndexes', 'successPolicy');
        expect(JSON.stringify(job.podFailurePolicy)).to.not.include('FailJob');
      });

      it('takes its keys from the folder, and none from the secret for one account', () => {
        const { pod, container, environment } = partsOf(cronJobOf(path));
        const secrets = pod.volumes?.map(({ secret }) => secret?.secretName);
        expect(secrets).to.include('novita-spot-accounts').and.not.include('novita-spot');
        expect(environment.has('NOVITA_API_KEY_FILE')).to.be.false;
        const volume = pod.volumes?.find(({ secret }) => secret?.secretName === 'novita-spot-accounts');
        const mount = container.volumeMounts?.find(({ name }) => name === volume?.name);
        expect(environment.get('NOVITA_ACCOUNTS_DIR')).to.equal(mount?.mountPath);
        expect(volume?.secret, 'every key is a file').to.not.have.property('items');
      });
    });
  }
});
