import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { variableNames, variables } from '../../src/config/variables.js';
import { exitCodes } from '../../src/core/exitCode.js';
import { drainMs } from '../../src/runtime/runLifetime.js';
import { readUnit, secondsIn } from './unitFile.js';

/** What notifications may add to the end of a run. */
const notificationSeconds = 10;
const spareSeconds = 5;

const service = readUnit('novita-spot.service');
const timer = readUnit('novita-spot.timer');

function only(unit: ReadonlyMap<string, readonly string[]>, setting: string): string {
  const values = unit.get(setting) ?? [];
  expect(values, setting).to.have.lengthOf(1);
  return values[0] ?? '';
}

describe('deploy/systemd', () => {
  it('lets a run end by itself before it is ended, and before the next one is due', () => {
    const { default: jobTimeoutMs } = variables.MIGRATION_JOB_TIMEOUT_MS;
    const longestRun = (Number(jobTimeoutMs) + drainMs) / 1000 + notificationSeconds;
    const interval = Number(variables.MIGRATION_INTERVAL_MINUTES.default) * 60;
    expect(secondsIn(only(service, 'TimeoutStartSec'))).to.be.within(longestRun + spareSeconds, interval);
  });

  it('lets requests in flight and notifications end when it is stopped', () => {
    const longestEnd = drainMs / 1000 + notificationSeconds;
    expect(secondsIn(only(service, 'TimeoutStopSec'))).to.be.at.least(longestEnd + spareSeconds);
  });

  it('counts a held lock, and nothing else that is not 0, as a success', () => {
    expect(only(service, 'SuccessExitStatus')).to.equal(String(exitCodes.locked));
  });

  it('hands the key over as a file, and sets only variables that exist', () => {
    const environment = service.get('Environment') ?? [];
    expect(only(service, 'LoadCredential')).to.equal('api-key:/etc/novita-spot/api-key');
    expect(environment).to.include('NOVITA_API_KEY_FILE=%d/api-key');
    const names = environment.map((setting) => setting.split('=')[0]);
    expect([...variableNames, 'PATH']).to.include.members(names);
  });

  const settings = [
    ['Type', 'oneshot'],
    ['ExecStart', '/usr/local/bin/novita-spot migrate'],
    ['DynamicUser', 'yes'],
    ['StateDirectory', 'novita-spot'],
    ['StateDirectoryMode', '0700'],
    ['EnvironmentFile', '-/etc/novita-spot/environment'],
  ] as const;
  for (const [setting, value] of settings) {
    it(`has ${setting}=${value}`, () => expect(only(service, setting)).to.equal(value));
  }

  it('does not set what Node.js cannot live with', () => {
    expect([...service.keys()]).not.to.include('MemoryDenyWriteExecute');
  });

  it('keeps the log when it drops the table', () => {
    // Without it, stderr goes where stdout goes.
    expect(only(service, 'StandardOutput')).to.equal('null');
    expect(only(service, 'StandardError')).to.equal('journal');
  });

  it('makes up for missed runs, and spreads hosts that were set up alike', () => {
    expect(only(timer, 'Persistent')).to.equal('true');
    expect(secondsIn(only(timer, 'RandomizedDelaySec'))).to.be.within(30, 180);
    expect(secondsIn(only(timer, 'AccuracySec'))).to.be.within(0, 60);
  });

  it('runs at the minutes of crontab.example, as often as the program expects', () => {
    const [, start, step] = /^\*:(\d\d)\/(\d+)$/.exec(only(timer, 'OnCalendar')) ?? [];
    const crontab = readFileSync(new URL('../../crontab.example', import.meta.url), 'utf8');
    expect(crontab).to.match(new RegExp(`^${Number(start)}-59/${step ?? ''} \\* `, 'm'));
    expect(step).to.equal(variables.MIGRATION_INTERVAL_MINUTES.default);
  });
});
