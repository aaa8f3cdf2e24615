import { nowSeconds } from '../core/clock.js';
import type { Decision } from '../core/eligibility.js';
import { explain } from '../core/explain.js';
import { idWithName } from '../core/instance.js';
import type { Log } from '../core/log.js';
import type { Outcome } from '../core/outcome.js';
import { type Plan, planMigrations } from '../core/plan.js';
import type { PlanFile } from '../core/planFile.js';
import { reclaimNoticesOf } from '../core/reclaimNotice.js';
import type { PriceByInstance } from '../core/price.js';
import type { InstanceResult } from '../core/summary.js';
import { actOnPlan, type ActedOnPlan, type ActOnPlanInput } from './actOnPlan.js';
import { bugFailure } from './bugFailure.js';
import type { CommandResult } from './commandResult.js';
import { follow, type FollowInput } from './follow.js';
import { observe, type ObserveInput } from './observe.js';
import { observedByPlan } from './observedByPlan.js';
import type { Journal } from './journal.js';
import { pricePlan, type PricePlanInput } from './pricePlan.js';
import type { Provider } from './provider.js';
import { suggestAlternatives, type SuggestInput } from './suggestAlternatives.js';
import { awaitsEnds, tellSettled, type TellSettledInput } from './tellSettled.js';

export interface MigrateInput
  extends
    ObserveInput,
    PricePlanInput,
    SuggestInput,
    Omit<ActOnPlanInput, 'listedAtMs' | 'knownJobIds'>,
    Pick<FollowInput, 'waitSeconds' | 'deadlineMs'>,
    TellSettledInput {
  readonly journal: Journal;
  readonly provider: Provider;
  readonly dryRun: boolean;
  /** False when only instances that were named, or those of a plan, are considered. */
  readonly wholeAccount: boolean;
  /** A plan to follow; null to migrate whatever is eligible. */
  readonly planFile: PlanFile | null;
  /** 0 for no limit. */
  readonly maxPerRun: number;
  /** Told what was decided, before anybody is asked and anything is changed. */
  readonly onObserved: (decisions: readonly Decision[]) => void;
  /** Asks the operator; resolves to true at once where there is nobody to ask. */
  readonly confirm: (plan: Plan, prices: PriceByInstance) => Promise<boolean>;
}

/**
 * Observes, decides, plans, migrates, and follows what was accepted. A plan that the operator declines ends as a dry run.
 *
 * @throws ProviderError when the instance list cannot be read; then nothing was migrated
 */
export async function migrate(input: MigrateInput): Promise<CommandResult> {
  // A run for named instances tells nothing of the others, and a dry run could not remember what it told.
  const tells = input.wholeAccount && !input.dryRun;
  const observed = await observe({ ...input, awaitsEnds: tells && awaitsEnds(input) });
  const { decisions, listedAtMs, jobs, accountSize, ...observation } = observedByPlan(observed, input);
  logDecisions(decisions, input.log);
  logReclaimNotices(decisions, input);
  input.onObserved(decisions);
  const settled = tells ? tellSettled({ jobs, decisions }, input) : [];
  const knownJobIds = new Set(jobs.map(({ id }) => id));
  const plan = planMigrations(decisions, input.maxPerRun);

  const prices = await pricePlan([...plan.migrate, ...plan.deferred], input);
  const declined = !input.dryRun && !(await isConfirmed(plan, prices, input));
  const dryRun = input.dryRun || declined;
  const { results: acted, deferred } = dryRun
    ? { results: withOutcome(plan.migrate, 'would_migrate'), deferred: plan.deferred }
    : await actVisibly(plan, { ...input, listedAtMs, knownJobIds });
  const suggested = await unlessBug(() => suggestAlternatives(acted, input), acted, input);
  const followed = await unlessBug(
    () => follow(suggested, { ...input, accountSize }),
    { results: suggested, warnings: [] },
    input,
  );
  const results = [...followed.results, ...withOutcome(deferred, 'deferred')];
  const resultById = new Map(results.map((result) => [result.decision.instance.id, result]));
  return {
    ...observation,
    warnings: [...observation.warnings, ...followed.warnings],
    results: decisions.map(
      (decision) => resultById.get(decision.instance.id) ?? withoutAction(decision, null),
    ),
    settled,
    prices,
    dryRun,
    declined,
    failure: input.control.failure(),
  };
}

async function actVisibly(plan: Plan, input: ActOnPlanInput): Promise<ActedOnPlan> {
  try {
    return await actOnPlan(plan, input);
  } finally {
    input.progress.finished();
  }
}

/** A bug in what comes after the requests ends the run, but must not take their results with it. */
async function unlessBug<Value>(
  work: () => Promise<Value>,
  otherwise: Value,
  { control, log }: Pick<MigrateInput, 'control' | 'log'>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    control.stop(bugFailure(error, log));
    return otherwise;
  }
}

async function isConfirmed(
  plan: Plan,
  prices: PriceByInstance,
  { confirm, control, log }: MigrateInput,
): Promise<boolean> {
  if (plan.migrate.length === 0 || (await confirm(plan, prices))) return true;
  // A run that was ended while the question stood is not declined: what it did not reach is `not_started`.
  if (control.stopping.aborted) return true;
  log.warn('plan_declined', 'Declined: nothing is migrated.');
  return false;
}

function withOutcome(decisions: readonly Decision[], outcome: Outcome): readonly InstanceResult[] {
  return decisions.map((decision) => withoutAction(decision, outcome));
}

function withoutAction(decision: Decision, outcome: Outcome | null): InstanceResult {
  return { decision, outcome, attempts: 0, failure: null };
}

/** Whoever reads the log has that long to save the work of these. */
function logReclaimNotices(decisions: readonly Decision[], { clock, log }: MigrateInput): void {
  for (const { instance, reclaimAt, secondsLeft } of reclaimNoticesOf(decisions, nowSeconds(clock))) {
    const time = reclaimAt === null ? 'soon' : `in ${Math.floor((secondsLeft ?? 0) / 60)} min`;
    log.warn('reclaim_notice', `${idWithName(instance)} will be reclaimed ${time}: save its work`, {
      instanceId: instance.id,
      spotStatus: instance.spotStatus,
      spotReclaimTime: instance.spotReclaimTime,
      secondsLeft,
    });
  }
}

/** The rationale of every exited instance, so that the log answers for what was done and what was not. */
function logDecisions(decisions: readonly Decision[], log: Log): void {
  for (const decision of decisions) {
    const { instance, verdict, reason, forcedPast } = decision;
    if (instance.status !== 'exited') continue;
    log.info('decided', `${idWithName(instance)}: ${verdict}: ${explain(decision)}`, {
      instanceId: instance.id,
      status: instance.status,
      spotStatus: instance.spotStatus,
      spotReclaimTime: instance.spotReclaimTime,
      verdict,
      reason,
      ...(forcedPast.length > 0 ? { forcedPast: forcedPast.join(',') } : {}),
    });
  }
}
