import { expect } from 'chai';
import type { AccountHealth } from '../../src/core/accountHealth.js';
import { renderMonitorLine } from '../../src/report/monitorLine.js';

function health(changes: Partial<AccountHealth> = {}): AccountHealth {
  return {
    account: null,
    state: 'healthy',
    findings: [],
    problem: null,
    instances: 5,
    exited: 2,
    inProgress: 0,
    ...changes,
  };
}

const counts = (changes: string): RegExp => new RegExp(` \\| .*\\b${changes}(\\s|$)`);

describe('renderMonitorLine', () => {
  it('is one line of text and counts', () => {
    expect(renderMonitorLine([health()])).to.equal(
      'NOVITA_SPOT OK - 5 instances, 2 exited, none waits for a migration | instances=5;;;0 exited=2;;;0 ' +
        'eligible=0;0;;0 overdue=0;;0;0 quarantined=0;;0;0 held=0;0;;0 backing_off=0;0;;0 cooldown=0;0;;0 migrating=0;;;0 ' +
        'reclaim_notices=0;0;;0 longest_down=0s;;;0\n',
    );
  });

  it('names what was found, for how long and in how long', () => {
    const line = renderMonitorLine([
      health({
        state: 'critical',
        inProgress: 1,
        findings: [
          { kind: 'overdue', names: ['a', 'b', 'c', 'd', 'e'], seconds: 90_000 },
          { kind: 'eligible', names: ['f'], seconds: 90 },
          { kind: 'reclaim_notice', names: ['g'], seconds: 7200 },
          { kind: 'jobs_unknown', names: [], seconds: null },
        ],
      }),
    ]);
    const [text] = line.split(' | ');
    expect(text).to.equal(
      'NOVITA_SPOT CRITICAL - 5 down too long (a, b, c and 2 more; for 1d), 1 to be migrated (f; for 1m), ' +
        '1 about to be reclaimed (g; in 2h), the job list could not be read, 1 being migrated',
    );
    expect(line).to.match(counts('overdue=5;;0;0')).and.match(counts('longest_down=90000s;;;0'));
    expect(line).to.match(counts('migrating=1;;;0'));
  });

  it('says why nothing can be said, without counts', () => {
    const problem =
      'The configuration is not valid:\n  NOVITA_API_KEY is missing\n  MIGRATION_X is odd (config_invalid)';
    expect(renderMonitorLine([health({ state: 'unknown', problem })])).to.equal(
      'NOVITA_SPOT UNKNOWN - The configuration is not valid: NOVITA_API_KEY is missing; MIGRATION_X is odd (config_invalid)\n',
    );
  });

  it('has one bar and one line, whatever instances are called', () => {
    const names = ['a|b=9999', 'c\nCRITICAL', '\u001b[2J'];
    const line = renderMonitorLine([
      health({ state: 'warning', findings: [{ kind: 'eligible', names, seconds: 60 }] }),
    ]);
    expect(line.match(/\|/g)).to.have.length(1);
    expect(line.match(/\n/g)).to.have.length(1);
    expect(line).not.to.include('\u001b');
  });

  it('sums up several accounts, and names those that are not well', () => {
    const line = renderMonitorLine([
      health({ account: 'team-a' }),
      health({
        account: 'team-b',
        state: 'warning',
        findings: [{ kind: 'eligible', names: ['x'], seconds: 60 }],
      }),
    ]);
    expect(line).to.include(
      'NOVITA_SPOT WARNING - 2 accounts, 1 OK; team-b WARNING: 1 to be migrated (x; for 1m) |',
    );
    expect(line).to.match(counts('instances=10;;;0')).and.match(counts('eligible=1;0;;0'));
  });

  it('is critical when one of several accounts is, though another one is not known', () => {
    const unknown = health({ account: 'team-a', state: 'unknown', problem: 'no answer' });
    const critical = health({
      account: 'team-b',
      state: 'critical',
      findings: [{ kind: 'quarantined', names: ['x'], seconds: 60 }],
    });
    const line = renderMonitorLine([unknown, critical]);
    expect(line).to.match(/^NOVITA_SPOT CRITICAL - .*team-a UNKNOWN: no answer.*team-b CRITICAL/);
    expect(line).not.to.include('|');
  });
});
