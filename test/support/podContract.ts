import { expect } from 'chai';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { variables } from '../../src/config/variables.js';
import { partsOf } from './cronJobParts.js';

/** Declares the tests of what the pod of a CronJob may do, what it mounts and what it tells the program. */
export function itsPodIsAsAgreed(cronJob: () => ICronJob): void {
  it('keeps to the restricted pod security standard, and to more', () => {
    const { pod, container } = partsOf(cronJob());
    const user = 65532;
    expect(pod.securityContext).to.deep.equal({
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).to.deep.equal({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod).to.include({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(pod).to.not.have.any.keys('hostNetwork', 'hostPID', 'hostIPC', 'initContainers');
    const kinds = (pod.volumes ?? [])
      .flatMap((volume) => Object.keys(volume))
      .filter((key) => key !== 'name');
    expect(new Set(kinds)).to.deep.equal(new Set(['secret', 'emptyDir']));
  });

  it('mounts every secret so that its group may read it and nobody may write it', () => {
    const { pod, container } = partsOf(cronJob());
    const secrets = (pod.volumes ?? []).filter(({ secret }) => secret);
    expect(secrets).to.not.be.empty;
    for (const { name, secret } of secrets) {
      expect(secret?.defaultMode, name).to.equal(0o440);
      const mount = container.volumeMounts?.find((each) => each.name === name);
      expect(mount, name).to.include({ readOnly: true });
    }
  });

  it('reads only files that are mounted, and takes no secret from the environment', () => {
    const { pod, container, environment } = partsOf(cronJob());
    const mounted = (container.volumeMounts ?? []).map(({ name, mountPath }) => {
      const volume = pod.volumes?.find((each) => each.name === name);
      return { mountPath, keys: volume?.secret?.items?.map(({ path }) => `${mountPath}/${path}`) ?? [] };
    });
    for (const [name, value = ''] of environment) {
      if (name.endsWith('_FILE'))
        expect(
          mounted.flatMap(({ keys }) => keys),
          name,
        ).to.include(value);
      if (name.endsWith('_DIR'))
        expect(
          mounted.some(({ mountPath }) => `${value}/`.startsWith(`${mountPath}/`)),
          name,
        ).to.be.true;
      expect(name).to.not.match(/(KEY|PING_URL|WEBHOOK_URL|SECRET)$/);
    }
    for (const { valueFrom } of container.env ?? []) expect(valueFrom).to.be.undefined;
  });

  it('has its state in a folder of its own below the volume, whose root belongs to root', () => {
    const { pod, container, environment } = partsOf(cronJob());
    const volume = pod.volumes?.find(({ emptyDir }) => emptyDir);
    const mount = container.volumeMounts?.find(({ name }) => name === volume?.name);
    expect(environment.get('NOVITA_SPOT_STATE_DIR')).to.match(
      new RegExp(`^${mount?.mountPath ?? ' '}/\\w+$`),
    );
  });

  it('has requests and limits', () => {
    const { resources } = partsOf(cronJob()).container;
    for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
      expect(resources?.requests, name).to.have.property(name);
      expect(resources?.limits, name).to.have.property(name);
    }
  });

  it('sets no variable that the program does not know', () => {
    for (const name of partsOf(cronJob()).environment.keys()) expect(variables).to.have.property(name);
  });

  it('runs migrate', () => expect(partsOf(cronJob()).container.args).to.deep.equal(['migrate']));
}
