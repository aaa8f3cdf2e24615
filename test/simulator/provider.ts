import type { Answer } from '../../src/novita/classify.js';
import type { HttpRequest } from '../../src/novita/transport.js';
import {
  dataRefusedAnswers,
  instanceRow,
  jobRow,
  jsonAnswer,
  noSuchRequestAnswers,
  notFoundAnswers,
  pageOf,
  refusal,
  singleInstance,
} from './answers.js';
import { obstacleOfJobs, obstacleOfRow, type Rules } from './decisionTable.js';
import { applyMigration, applyStart } from './migrations.js';
import { poolOf, stateNow, valueAt } from './records.js';
import { addTo, type RunRecord } from './runRecord.js';
import { providerSeconds, type World } from './world.js';

export interface Handled {
  readonly answer: Answer;
  /** Must be called when the answer has reached the program whole. */
  readonly delivered: () => void;
}

/** Answers one request that has reached the provider, and does what it asks for. */
export function handle(world: World, request: HttpRequest, run: RunRecord, rules: Rules): Handled {
  const { method, url } = request;
  if (isStart(request)) return startInstance(world, instanceOf(request), run);
  if (method !== 'GET') {
    return migrateInstance(world, instanceOf(request), run, request.body?.['save_data'] === true);
  }
  if (url.pathname.endsWith('/gpu/instances')) return listInstances(world, url, run, rules);
  if (url.pathname.endsWith('/jobs')) return listJobs(world, url, run, rules);
  return readInstance(world, url.searchParams.get('instanceId') ?? '', run);
}

/** The instance that a request to migrate is about: version 2 has it in its path. */
export function instanceOf({ url, body }: Pick<HttpRequest, 'url' | 'body'>): string {
  const inBody = body?.['instanceId'];
  return typeof inBody === 'string' ? inBody : (url.pathname.split('/').at(-2) ?? '');
}

export function isStart({ url }: Pick<HttpRequest, 'url'>): boolean {
  return url.pathname.endsWith('/gpu/instance/start');
}

const nothingToWriteDown = (): void => undefined;

/**
 * Takes on whatever is exited, eligible or not: what must not be asked for is the program's business, and a
 * provider that saw to it would hide that the program does not.
 */
function migrateInstance(world: World, id: string, run: RunRecord, keepsData: boolean): Handled {
  const { random, traits } = world;
  const said = (answer: Answer): Handled => ({ answer, delivered: nothingToWriteDown });
  if (keepsData && traits.keepsData === 'no_such_request') return said(random.pick(noSuchRequestAnswers));
  const instance = world.instances.find((each) => each.id === id);
  if (!instance || !stateNow(instance).exists) return said(random.pick(notFoundAnswers));

  const { status } = stateNow(instance);
  const isSecondOfOurs =
    traits.isStrict &&
    status === 'migrating' &&
    world.applications.some(
      ({ instanceId, run, endedAtMs }) => instanceId === id && run !== null && endedAtMs === null,
    );
  if (status !== 'exited' && !isSecondOfOurs) return said(refusal('CONFLICT'));
  if (traits.poolsWithoutRoom.has(poolOf(instance))) {
    const answer = refusal('MIGRATE_INSUFFICIENT_RESOURCE', random.pick([400, 400, 400, 500, 200]));
    return { answer, delivered: () => void run.poolsRefused.add(poolOf(instance)) };
  }
  const refusesData =
    traits.keepsData === 'never' || (traits.keepsData === 'sometimes' && random.chance(0.5));
  if (keepsData && refusesData) return said(random.pick(dataRefusedAnswers));
  const job = applyMigration(world, instance, run.number, keepsData);
  return said(
    random.pick([
      jsonAnswer({ jobId: job.id }),
      jsonAnswer({}),
      { status: 200, retryAfter: undefined, body: '' },
    ]),
  );
}

/** Starts whatever is exited. A second start of ours counts where the provider is strict, as with migrations. */
function startInstance(world: World, id: string, run: RunRecord): Handled {
  const { random, traits } = world;
  const said = (answer: Answer): Handled => ({ answer, delivered: nothingToWriteDown });
  const instance = world.instances.find((each) => each.id === id);
  if (!instance || !stateNow(instance).exists) return said(random.pick(notFoundAnswers));
  const isOpen = world.applications.some(
    (each) => each.instanceId === id && each.run !== null && each.endedAtMs === null,
  );
  const { status } = stateNow(instance);
  if (status !== 'exited' && !(traits.isStrict && isOpen)) return said(refusal('DEPENDENT_RESOURCE_STATE'));
  if (traits.starts === 'never' || (traits.starts === 'sometimes' && random.chance(0.5)))
    return said(refusal(random.pick(['NODE_STATUS', 'INSUFFICIENT_RESOURCE', 'CONFLICT'])));
  applyStart(world, instance, run.number);
  return said(random.pick([jsonAnswer({}), { status: 200, retryAfter: undefined, body: '' }]));
}

function listInstances(world: World, url: URL, run: RunRecord, rules: Rules): Handled {
  const { traits, clock } = world;
  const existing = world.instances.filter((each) => stateNow(each).exists).reverse();
  const rows = existing.map((each) => instanceRow(world, each, stateNow(each)));
  const unreadable = traits.sendsUnreadableRow ? [{ name: 'a row without an id' }] : [];
  const length = rows.length + unreadable.length;
  const totals = {
    right: length,
    text: String(length),
    absent: undefined,
    low: Math.max(0, length - 2),
    high: length + 3,
    of_page: Math.min(length, traits.pageCap),
  };
  const page = pageOf(world, 'instances', [...rows, ...unreadable], url, totals[traits.total]);
  const shown = existing.slice(Math.max(0, page.first - 1), page.first + page.count);
  const seen = shown.map((each) => ({
    id: each.id,
    obstacle: obstacleOfRow(world, each, stateNow(each), rules),
  }));
  const atMs = clock.now();
  return {
    answer: page.answer,
    delivered: () => {
      for (const { id, obstacle } of seen) {
        addTo(run.obstaclesOfRows, id, obstacle);
        run.listedAtMs.set(id, atMs);
      }
    },
  };
}

function listJobs(world: World, url: URL, run: RunRecord, rules: Rules): Handled {
  const { traits, clock, random } = world;
  const nowMs = clock.now();
  const shownUntilMs = Math.max(world.jobsShownUntilMs, nowMs - random.integer(0, traits.jobLagMs));
  world.jobsShownUntilMs = shownUntilMs;
  const shown = world.jobs.filter(({ createdAtMs }) => createdAtMs <= shownUntilMs).reverse();
  const rows = shown.map((job) => jobRow(world, job, shownUntilMs));
  // A wrong total could hide a job on a page that nobody asks for, which no client could notice.
  const total = traits.total === 'text' ? String(rows.length) : rows.length;
  const { answer } = pageOf(world, 'jobs', rows, url, traits.total === 'absent' ? undefined : total);
  // The program looks at the time before it asks for the jobs, and its clock may differ: about the very end of a
  // cooldown both answers are right.
  const shorter = { ...rules, restsLonger: -3 };
  const longer = { ...rules, cooldownMinutes: rules.cooldownMinutes + 3, restsLonger: 3 };
  const obstacles = world.instances.flatMap((instance) => {
    const { id } = instance;
    // The program looks at the row that it was given before.
    const listed = valueAt(instance.past, run.listedAtMs.get(id) ?? nowMs);
    const reclaimSeconds = Number(listed.spotReclaimTime);
    const reclaimedAtMs = nowMs - (providerSeconds(world, nowMs) - reclaimSeconds) * 1000;
    const own = shown.filter(({ instanceId }) => instanceId === id);
    return [rules, longer, shorter].map(
      (each) => [id, obstacleOfJobs(own, reclaimedAtMs, shownUntilMs, nowMs, each)] as const,
    );
  });
  return {
    answer,
    delivered: () => {
      if (run.posts.length > 0) return;
      run.jobCounts.add(shown.length);
      run.jobsShownUntilMs = Math.min(run.jobsShownUntilMs, shownUntilMs);
      for (const [id, obstacle] of obstacles) addTo(run.obstaclesOfJobs, id, obstacle);
    },
  };
}

function readInstance(world: World, id: string, run: RunRecord): Handled {
  const { clock, random, traits } = world;
  const instance = world.instances.find((each) => each.id === id);
  const state = instance && valueAt(instance.past, clock.now() - random.integer(0, traits.readLagMs));
  const answer =
    instance && state?.exists
      ? jsonAnswer(singleInstance(world, instance, state))
      : random.pick([...notFoundAnswers, jsonAnswer(null)]);
  return {
    answer,
    delivered: () => {
      const wasRequested = run.posts.some(({ instanceId }) => instanceId === id);
      if (wasRequested && state?.exists && state.status === 'migrating') run.seenMigrating.add(id);
    },
  };
}
