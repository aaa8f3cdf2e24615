import type { CommandResult } from '../../src/commands/commandResult.js';
import type { RunRecord } from './runRecord.js';

/**
 * Judges which instances a run took for eligible, by what the provider knew when it answered.
 *
 * @param result - null of a run that was killed: then only its requests speak
 * @param refusedBefore - instances that its host remembers to have been refused for what they are
 */
export function judgeDecisions(
  run: RunRecord,
  result: CommandResult | null,
  refusedBefore: ReadonlySet<string>,
): readonly string[] {
  const requested = [...new Set(run.posts.map(({ instanceId }) => instanceId))];
  const problems = requested.flatMap((id) => {
    const obstacle = obstacleOf(id, run, result);
    return obstacle === null ? [] : [`${id} was requested although it must be left alone: ${obstacle}`];
  });
  for (const { decision } of result?.results ?? []) {
    const { id } = decision.instance;
    const obstacle = obstacleOf(id, run, result);
    if (decision.verdict === 'eligible' && obstacle !== null) {
      problems.push(`${id} was found eligible although it must be left alone: ${obstacle}`);
    }
    const isForData = decision.reason === 'data_not_kept' && run.dataRefused.has(id);
    const isRemembered = decision.reason === 'quarantined' && refusedBefore.has(id);
    if (decision.verdict === 'skipped' && !isForData && !isRemembered && isCertainlyEligible(id, run)) {
      problems.push(`${id} was skipped (${decision.reason}) although nothing speaks against it`);
    }
  }
  if (result?.jobsAvailable === false && !run.jobListFailed) {
    problems.push('the job list is reported as unavailable although every request for it was answered');
  }
  return problems;
}

/** What spoke against the instance whenever the run was told of it; null when at one time nothing did. */
function obstacleOf(id: string, run: RunRecord, result: CommandResult | null): string | null {
  const ofRows = run.obstaclesOfRows.get(id);
  if (!ofRows) return 'it was never listed';
  if (!ofRows.has(null)) return [...ofRows].join(', ');

  // Without the job list rows 7 to 9 of the table do not apply. Nor can they where the list grew while its pages
  // were read: then a page may miss a job, and the second reading stands with a warning.
  const hadJobs = result?.jobsAvailable ?? !run.jobListFailed;
  const ofJobs = run.obstaclesOfJobs.get(id);
  if (!hadJobs || run.jobCounts.size > 1 || !ofJobs || ofJobs.has(null)) return null;
  return [...ofJobs].join(', ');
}

function isCertainlyEligible(id: string, run: RunRecord): boolean {
  const sets = [run.obstaclesOfRows.get(id), run.obstaclesOfJobs.get(id) ?? new Set([null])];
  return sets.every((obstacles) => obstacles?.size === 1 && obstacles.has(null));
}
