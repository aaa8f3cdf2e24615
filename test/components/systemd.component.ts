import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readUnit } from '../deploy/unitFile.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const installedProgram = '/usr/local/bin/novita-spot';
const highestExposure = 1.5;

function analyze(args: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync('systemd-analyze', args, {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC', SYSTEMD_PAGER: 'cat' },
  });
  if (error) throw error;
  return { code: status, said: stdout + stderr };
}

describe('systemd-analyze on deploy/systemd', () => {
  let folder: string;
  before(() => {
    folder = newFolder();
    copyUnit('novita-spot.timer', (text) => text);
    copyUnit('novita-spot.service', (text) => {
      expect(text.split(installedProgram)).to.have.lengthOf(2);
      return text.replace(installedProgram, join(checkout, 'bin/novita-spot.js'));
    });
  });
  after(removeFolders);

  function copyUnit(name: string, change: (text: string) => string): void {
    const text = readFileSync(join(checkout, 'deploy/systemd', name), 'utf8');
    writeFileSync(join(folder, name), change(text));
  }

  for (const name of ['novita-spot.service', 'novita-spot.timer']) {
    it(`verifies ${name} without a word`, () => {
      expect(analyze(['verify', join(folder, name)])).to.deep.equal({ code: 0, said: '' });
    });
  }

  it('has a word to say about a unit that is wrong', () => {
    const unit = '[Service]\nType=oneshot\nExecStart=/nowhere\nProtectHom=yes\n';
    writeFileSync(join(folder, 'wrong.service'), unit);
    const { code, said } = analyze(['verify', join(folder, 'wrong.service')]);
    expect(code).not.to.equal(0);
    expect(said).to.include('ProtectHom').and.include('/nowhere');
  });

  it(`finds the service exposed no more than ${highestExposure}`, () => {
    const { said } = analyze(['security', '--offline=true', join(folder, 'novita-spot.service')]);
    const [, exposure = 'none'] =
      /Overall exposure level for novita-spot\.service: ([\d.]+)/.exec(said) ?? [];
    expect(Number(exposure), said).to.be.at.most(highestExposure);
  });

  it('reads the calendar as every 15 minutes off the hour', () => {
    const [calendar = ''] = readUnit('novita-spot.timer').get('OnCalendar') ?? [];
    const { code, said } = analyze(['calendar', '--iterations=5', calendar]);
    expect(code, said).to.equal(0);
    const minutes = [...said.matchAll(/(?:elapse|#\d): .* \d\d:(\d\d):00 UTC/g)].map(([, minute]) => minute);
    expect(new Set(minutes)).to.deep.equal(new Set(['07', '22', '37', '52']));
    expect(minutes).to.have.lengthOf(5);
  });
});
