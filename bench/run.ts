/** Measures the built program and its rivals, prints what came out, and writes it as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAgainstRivals } from './experiments/againstRivals.js';
import { type Bench, fullRounds, quickRounds } from './experiments/bench.js';
import { measureMemory } from './experiments/memory.js';
import { measureMigrating } from './experiments/migrating.js';
import { measurePaging } from './experiments/paging.js';
import { measureStartUp } from './experiments/startUp.js';
import type { Finding } from './finding.js';
import { findRivals } from './rivals.js';
import { startServerProcess } from './server/process.js';
import { renderFindings } from './table.js';

const experiments: Readonly<Record<string, (bench: Bench) => Promise<readonly Finding[]>>> = {
  'start-up': measureStartUp,
  paging: measurePaging,
  memory: measureMemory,
  migrating: measureMigrating,
  rivals: measureAgainstRivals,
};

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: Object.keys(experiments) },
    output: { type: 'string', default: 'reports/bench.json' },
  },
});
const unknown = options.only.filter((name) => !Object.hasOwn(experiments, name));
if (unknown.length > 0)
  throw new Error(`--only ${unknown.join(', ')}: known are ${Object.keys(experiments).join(', ')}`);

const startedAt = new Date();
const rivals = findRivals();
const skipped = [...rivals.skipped];
const server = await startServerProcess();
const findings: Finding[] = [];
try {
  const rounds = options.quick ? quickRounds : fullRounds;
  const bench: Bench = { server, rivals, rounds, skip: (sentence) => skipped.push(sentence) };
  for (const [name, measure] of Object.entries(experiments)) {
    if (!options.only.includes(name)) continue;
    process.stderr.write(`Measuring ${name} ...\n`);
    const found = await measure(bench);
    findings.push(...found);
    process.stdout.write(`${renderFindings(found)}\n`);
  }
} finally {
  await server.close();
}

const processors = cpus();
const machine = {
  node: process.version,
  processors: processors.length,
  model: processors[0]?.model ?? 'unknown',
  /** Over the last minutes, with the benchmark itself: a good deal more than 2 says that it had to share. */
  load: loadavg().map((load) => Math.round(load * 10) / 10),
};
const seconds = Math.round((Date.now() - startedAt.getTime()) / 1_000);
for (const sentence of skipped) process.stdout.write(`${sentence}.\n`);
process.stdout.write(
  `Node ${machine.node}, ${machine.processors} x ${machine.model}, load ${machine.load.join(' ')}, ${seconds} s in all${options.quick ? ', quick' : ''}.\n`,
);
mkdirSync(dirname(options.output), { recursive: true });
const result = {
  startedAt: startedAt.toISOString(),
  seconds,
  quick: options.quick,
  machine,
  skipped,
  findings,
};
writeFileSync(options.output, `${JSON.stringify(result, null, 2)}\n`);
