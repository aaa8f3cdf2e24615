import { expect } from 'chai';
import { migrateInstance } from '../../src/commands/migrateInstance.js';
import { noJournal } from '../../src/commands/journal.js';
import { noProgress } from '../../src/commands/progress.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import type { Effect, Outcome } from '../../src/core/outcome.js';
import { ProviderError } from '../../src/core/providerError.js';
import type { SaveDataMode } from '../../src/core/saveData.js';
import { createClientOn } from '../../src/novita/client.js';
import type { Transport } from '../../src/novita/transport.js';
import { aDecision, now } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { createVirtualClock } from '../support/virtualClock.js';
import { runControl } from './fakeRun.js';

type Given = readonly [status: number, body?: unknown] | readonly [code: ErrorCode, effect: Effect];

interface Answers {
  /** To the migration that keeps data, to the plain one, and to the start. */
  readonly keep?: Given;
  readonly migrate?: Given;
  readonly start?: Given;
}

const accepted: Given = [200, ''];
const refused = (reason: string, message = 'no') => ({ code: 400, reason, message });
const noRoom: Given = [400, refused('MIGRATE_INSUFFICIENT_RESOURCE')];
const notKept: Given = [400, refused('VALIDATOR_PARAM', 'save_data is not supported')];

/** Lets the real client and command act on one instance, at an API that shows it exited ever after. */
async function act(saveData: SaveDataMode, answers: Answers) {
  const sent: string[] = [];
  const answer = (given: Given) => {
    const [what, more = ''] = given;
    if (typeof what === 'string') throw new ProviderError(failureOf(what), more as Effect);
    const body = typeof more === 'string' ? more : JSON.stringify(more);
    return { status: what, retryAfter: undefined, body };
  };
  const transport: Transport = {
    send: ({ method, url }) => {
      if (method === 'GET') {
        const body = { id: 'i-1', status: 'exited', jobs: [], total: 0 };
        return Promise.resolve(answer([200, body]));
      }
      const name = method === 'PUT' ? 'keep' : url.pathname.endsWith('/start') ? 'start' : 'migrate';
      sent.push(name);
      return new Promise((resolve) => resolve(answer(answers[name] ?? accepted)));
    },
    close: () => undefined,
  };
  const clock = createVirtualClock(now * 1000);
  const control = runControl();
  const { log } = captureLog();
  const backoff = () => ({ baseMs: 100, randomFraction: 0 });
  const provider = createClientOn(transport, {
    baseUrl: 'https://api.example',
    pageConcurrency: 1,
    backoff,
    clock,
    log,
    signal: control.cut,
  });
  const {
    outcome,
    decision,
    dataKept = null,
  } = await clock.run(
    migrateInstance(aDecision(), new Set(), {
      ...{ provider, clock, log, backoff, control, saveData },
      journal: noJournal,
      attemptLimit: 1,
      listedAtMs: clock.now(),
      fallback: 'start',
      progress: noProgress,
    }),
  );
  return { sent: sent.join(' '), became: outcome ?? decision.reason, dataKept };
}

type Row = readonly [Answers, sent: string, became: Outcome | 'data_not_kept', dataKept?: boolean | null];

describe('odd answers, with a migration that tries to keep data and a start to fall back on', () => {
  const tried: readonly Row[] = [
    [{ keep: [200, ''] }, 'keep', 'migrated', true],
    [{ keep: [202, { data: { save_data: 'some' } }] }, 'keep', 'migrated', null],
    [{ keep: [200, { save_data: false }] }, 'keep', 'migrated', false],
    // Whatever may have had an effect ends it.
    [{ keep: [200, '<html>'] }, 'keep', 'unknown'],
    [{ keep: [200, { data: { error: 'save_data is not supported' } }] }, 'keep', 'unknown'],
    [{ keep: [200, refused('SAVE_DATA_UNSUPPORTED')] }, 'keep', 'unknown'],
    [{ keep: [301, ''] }, 'keep', 'unknown'],
    [{ keep: [408, { message: 'save_data is not supported' }] }, 'keep', 'unknown'],
    [{ keep: [504, '<html>'] }, 'keep', 'unknown'],
    [{ keep: ['connection_lost', 'possible'] }, 'keep', 'unknown'],
    [{ keep: ['unreadable_answer', 'possible'] }, 'keep', 'unknown'],
    [{ keep: [500, { message: 'save_data is not supported' }] }, 'keep', 'failed'],
    [{ keep: [501, { message: 'save_data is not implemented' }] }, 'keep', 'failed'],
    [{ keep: [502, '<html>'] }, 'keep', 'failed'],
    // What says that nothing was done, but nothing of data or of room, ends it as well.
    [{ keep: [200, refused('VALIDATOR_PARAM', 'save_data is not supported')] }, 'keep', 'rejected'],
    [{ keep: [400, refused('VALIDATOR_PARAM', 'id is too long')] }, 'keep', 'rejected'],
    [{ keep: [400, ''] }, 'keep', 'rejected'],
    [{ keep: [415, { message: 'Unsupported Media Type' }] }, 'keep', 'rejected'],
    [{ keep: [409, { message: 'no room' }] }, 'keep', 'rejected'],
    [{ keep: [404, { message: 'instance not found' }] }, 'keep', 'gone'],
    [{ keep: ['network_unreachable', 'none'] }, 'keep', 'failed'],
    // Only clear refusals lead to another request.
    [{ keep: notKept }, 'keep migrate', 'migrated', false],
    [{ keep: [404, ''] }, 'keep migrate', 'migrated', false],
    [{ keep: [404, '<html>Not Found</html>'] }, 'keep migrate', 'migrated', false],
    [{ keep: [405, '<html>'] }, 'keep migrate', 'migrated', false],
    [{ keep: notKept, migrate: [200, '<html>'] }, 'keep migrate', 'unknown'],
    [{ keep: notKept, migrate: [503, ''] }, 'keep migrate', 'failed'],
    [{ keep: notKept, migrate: noRoom }, 'keep migrate start', 'started'],
    [{ keep: noRoom }, 'keep start', 'started'],
    [{ keep: noRoom, start: [500, ''] }, 'keep start', 'unknown'],
    [{ keep: noRoom, start: [200, '<html>'] }, 'keep start', 'unknown'],
    [{ keep: noRoom, start: [404, ''] }, 'keep start', 'no_capacity'],
    [{ keep: noRoom, start: [405, ''] }, 'keep start', 'no_capacity'],
    [{ keep: noRoom, start: [400, refused('CONFLICT')] }, 'keep start', 'no_capacity'],
  ];
  const required: readonly Row[] = [
    [{ keep: notKept }, 'keep', 'data_not_kept'],
    [{ keep: [404, ''] }, 'keep', 'rejected'],
    [{ keep: [501, ''] }, 'keep', 'failed'],
    [{ keep: noRoom }, 'keep start', 'started'],
  ];
  for (const [mode, rows] of [['try', tried] as const, ['require', required] as const]) {
    for (const [answers, sent, became, dataKept = null] of rows) {
      it(`${mode}: ${JSON.stringify(answers)} leads to ${sent}, and ${became}`, async () => {
        expect(await act(mode, answers)).to.deep.equal({ sent, became, dataKept });
      });
    }
  }
});
