import type { PastRun } from '../../support/pastRuns.js';
import type { Screen } from '../screen.js';
import { screenTimeMs } from '../screenTime.js';

function ago(minutes: number, exitCode: number | null, more: Partial<PastRun> = {}): PastRun {
  const id = `${String(minutes).padStart(8, '0')}-minutes-ago`;
  return { id, startedAtMs: screenTimeMs - minutes * 60_000, exitCode, ...more };
}

function status(name: string, about: string, journal: readonly PastRun[] | null, ...args: string[]): Screen {
  const written = journal === null ? {} : { journal };
  return { ...written, name: `status-${name}`, about, args: ['status', ...args] };
}

const named = { wholeAccount: false };
const past = [ago(62, 0), ago(47, 20), ago(32, null), ago(17, 143, { exitReason: 'interrupted' })];

export const statusScreens: readonly Screen[] = [
  status('healthy', 'the last run went well', [...past, ago(2, 0)]),
  status('quiet', 'for a probe: silent when all is well', [...past, ago(2, 0)], '--quiet'),
  status('warning', 'the last run did not', [ago(17, 0), ago(2, 69, { exitReason: 'unavailable' })]),
  status('critical', 'no success for a long time', [ago(300, 0), ago(2, 77, { exitReason: 'auth' })]),
  status('some-only', 'among scheduled runs, one for a few instances', [ago(17, 0), ago(2, 20, named)]),
  status('some-only-alone', 'nothing but a run for a few instances', [ago(2, 0, named)]),
  status('no-journal', 'no run yet', null),
  status('markdown', 'for the summary of a CI job', [...past, ago(2, 0)], '-o', 'markdown'),
];
