import { expect } from 'chai';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { variables } from '../../src/config/variables.js';
import { type ExitReason, exitCodes } from '../../src/core/exitCode.js';
import { partsOf } from './cronJobParts.js';
import { intervalMinutes } from './schedule.js';

/** After its deadline a run drains for 20 s and delivers notifications for 10 s. */
const secondsAfterDeadline = 30;

/** Of a pod that ended for one of these reasons, a repeat at once may do better. */
const worthRepeating: readonly ExitReason[] = ['ok', 'unavailable', 'hangup', 'interrupted', 'terminated'];

/** The time in seconds that a run takes at most, with the environment of the CronJob. */
function longestRunSeconds(environment: ReadonlyMap<string, string | undefined>): number {
  const timeoutMs = environment.get('MIGRATION_JOB_TIMEOUT_MS') ?? variables.MIGRATION_JOB_TIMEOUT_MS.default;
  return Number(timeoutMs) / 1000 + secondsAfterDeadline;
}

/**
 * Declares the tests of when a CronJob runs novita-spot, for how long, and what it does about each exit code.
 *
 * @param failAction - what a pod's exit code does: end the Job, or only its own index
 */
export function itRunsAsAgreed(cronJob: () => ICronJob, failAction: 'FailJob' | 'FailIndex'): void {
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
}
