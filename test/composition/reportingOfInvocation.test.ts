import { expect } from 'chai';
import type { Invocation } from '../../src/cli/invocation.js';
import { readCommandLine } from '../../src/cli/program.js';
import { reportingOfInvocation } from '../../src/composition/reportingOfInvocation.js';
import type { Reporting } from '../../src/config/reporting.js';

const everybody: Reporting = {
  metricsFile: '/m.prom',
  pushgatewayUrl: 'http://push:9091',
  pingUrl: 'https://hc/x',
  webhook: { url: 'https://hook/x', secret: null, format: 'json' },
  notifyOn: ['failed'],
  onNotice: { program: '/save', timeoutMs: 60_000 },
};
const nobody: Reporting = {
  ...everybody,
  metricsFile: null,
  pushgatewayUrl: null,
  pingUrl: null,
  webhook: null,
  onNotice: null,
};

function invocationOf(commandLine: string): Invocation {
  const line = readCommandLine(commandLine.split(' '), { version: '1', scenarios: ['demo'], width: 80 });
  if (line.kind !== 'run') throw new Error(commandLine);
  return line.invocation;
}

describe('whom a command line tells', () => {
  const flags = '--metrics-file /m.prom --pushgateway-url http://push:9091';
  const { metricsFile, pushgatewayUrl, onNotice } = everybody;
  const cases: readonly (readonly [string, Reporting])[] = [
    ['migrate', everybody],
    ['migrate --yes -q -o json --max-per-run 3', everybody],
    ['migrate --accounts-dir /a', everybody],
    ['migrate --accounts-dir /a --account b', everybody],
    [`migrate ${flags}`, everybody],
    ['migrate --dry-run', nobody],
    ['migrate i-1', nobody],
    ['migrate --force i-1', nobody],
    ['migrate --sandbox', nobody],
    ['list', nobody],
    ['check', nobody],
    ['check i-1', nobody],
    ['check --accounts-dir /a', nobody],
    [`check ${flags}`, { ...nobody, metricsFile, pushgatewayUrl }],
    ['check --metrics-file /m.prom', { ...nobody, metricsFile }],
    ['check --pushgateway-url http://push:9091', { ...nobody, pushgatewayUrl }],
    [`migrate --dry-run ${flags}`, { ...nobody, metricsFile, pushgatewayUrl }],
    ['migrate i-1 --metrics-file /m.prom', { ...nobody, metricsFile }],
    ['migrate --sandbox --metrics-file /m.prom', { ...nobody, metricsFile }],
    ['migrate --on-notice /save', everybody],
    ['migrate i-1 --on-notice /save', { ...nobody, onNotice }],
  ];
  for (const [commandLine, expected] of cases) {
    it(commandLine, () => {
      expect(reportingOfInvocation(everybody, invocationOf(commandLine))).to.deep.equal(expected);
      expect(reportingOfInvocation(nobody, invocationOf(commandLine))).to.deep.equal(nobody);
    });
  }
});
