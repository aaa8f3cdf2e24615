import { expect } from 'chai';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { variables } from '../../src/config/variables.js';
import { type ExitReason, exitCodes } from '../../src/core/exitCode.js';
import { intervalMinutes } from './schedule.js';

/** After its deadline a run drains for 20 s and delivers notifications for 10 s. */
const secondsAfterDeadline = 30;

/** Of a pod that ended for one of these reasons, a repeat at once may do better. */
const worthRepeating: readonly ExitReason[] = ['ok', 'unavailable', 'interrupted', 'terminated'];

/** The parts of a CronJob with a single container, each of which has to be there. */
export function partsOf(cronJob: ICronJob) {
  const { spec } = cronJob;
  const job = spec?.jobTemplate.spec;
  const pod = job?.template.spec;
  const container = pod?.containers[0];
  if (!spec || !job || !pod || !container || pod.containers.length > 1)
    throw new Error('not a CronJob with a single container');
  const environment = new Map((container.env ?? []).map(({ name, value }) => [name, value]));
  return { spec, job, pod, container, environment };
}

/** The time in seconds that a run takes at most, with the environment of the CronJob. */
function longestRunSeconds(environment: ReadonlyMap<string, string | undefined>): number {
  const timeoutMs = environment.get('MIGRATION_JOB_TIMEOUT_MS') ?? variables.MIGRATION_JOB_TIMEOUT_MS.default;
  return Number(timeoutMs) / 1000 + secondsAfterDeadline;
}

/**
 * Declares the tests of what novita-spot needs of a CronJob, whichever way it is put together.
 *
 * @param failAction - what a pod's exit code does: end the Job, or only its own index
 */
export function itKeepsTheContract(cronJob: () => ICronJob, failAction: 'FailJob' | 'FailIndex'): void {
  it('runs as often as the program expects it to', () => {
    const { spec, environment } = partsOf(cronJob());
    const expected =
      environment.get('MIGRATION_INTERVAL_MINUTES') ?? variables.MIGRATION_INTERVAL_MINUTES.default;
    expect(intervalMinutes(spec.schedule)).to.equal(Number(expected));
    expect(spec.schedule, 'the full hour').to.not.match(/^(0|\*)/);
    expect(spec.timeZone).to.equal('Etc/UTC');
  });

  it('gives a run all of its time, and ends before the next one', () => {
    const { spec, job, pod, environment } = partsOf(cronJob());
    const { activeDeadlineSeconds = 0 } = job;
    const { terminationGracePeriodSeconds = 0 } = pod;
    const intervalSeconds = intervalMinutes(spec.schedule) * 60;
    expect(activeDeadlineSeconds, 'and a minute to start').to.be.at.least(
      longestRunSeconds(environment) + 60,
    );
    expect(activeDeadlineSeconds + terminationGracePeriodSeconds).to.be.lessThan(intervalSeconds);
    expect(terminationGracePeriodSeconds).to.be.greaterThan(secondsAfterDeadline);
    expect(spec.startingDeadlineSeconds, 'the controller looks every 10 s').to.be.within(60, intervalSeconds);
  });

  it('never runs twice at once, and tidies up', () => {
    const { spec, job } = partsOf(cronJob());
    expect(spec.concurrencyPolicy).to.equal('Forbid');
    expect(spec.successfulJobsHistoryLimit).to.be.within(1, 10);
    expect(spec.failedJobsHistoryLimit).to.be.within(1, 10);
    expect(job.ttlSecondsAfterFinished, 'long enough for a weekend').to.be.at.least(2 * 24 * 3600);
  });

  it('tries once more, unless the exit code says that it is of no use', () => {
    const { job, pod, container } = partsOf(cronJob());
    const reasons = Object.keys(exitCodes) as ExitReason[];
    const final = reasons.filter((reason) => !worthRepeating.includes(reason));
    // Kubernetes wants the codes in order.
    const values = final.map((reason) => exitCodes[reason]).sort((one, other) => one - other);
    expect(job.podFailurePolicy?.rules).to.deep.equal([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      { action: failAction, onExitCodes: { containerName: container.name, operator: 'In', values } },
    ]);
    expect(failAction === 'FailJob' ? job.backoffLimit : job.backoffLimitPerIndex).to.equal(1);
    expect(pod.restartPolicy).to.equal('Never');
    expect(container.terminationMessagePolicy).to.equal('FallbackToLogsOnError');
  });

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
