import { expect } from 'chai';
import { circuitLimit, systemicRow } from '../../src/core/circuit.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import { migrationGroup } from '../../src/core/migrationGroup.js';
import { anInstance } from '../support/builders.js';

describe('systemicRow', () => {
  const systemic: readonly ErrorCode[] = [
    'server_error',
    'network_unreachable',
    'connection_lost',
    'tls_failed',
    'request_timeout',
    'unreadable_answer',
  ];
  for (const code of systemic)
    it(`goes on with ${code}`, () => expect(systemicRow(1, failureOf(code))).to.equal(2));

  const understood: readonly ErrorCode[] = [
    'no_capacity',
    'state_conflict',
    'instance_gone',
    'rate_limited',
    'auth_refused',
  ];
  for (const code of understood)
    it(`ends with ${code}`, () => expect(systemicRow(2, failureOf(code))).to.equal(0));

  it('starts with the first failure', () => expect(systemicRow(0, failureOf('server_error'))).to.equal(1));
  it('opens the circuit at three', () => expect(circuitLimit).to.equal(3));
  it('ends with a success', () => expect(systemicRow(2, null)).to.equal(0));
});

describe('migrationGroup', () => {
  const group = migrationGroup(anInstance());

  it('is that of the product in the cluster', () => {
    expect(migrationGroup(anInstance({ id: 'i-2', name: 'other' }))).to.equal(group);
    expect(migrationGroup(anInstance({ productId: 'other' }))).not.to.equal(group);
    expect(migrationGroup(anInstance({ clusterId: 'other' }))).not.to.equal(group);
  });

  it('goes by names where there are no ids', () => {
    const named = { productId: null, clusterId: null };
    expect(migrationGroup(anInstance({ ...named, id: 'i-2' }))).to.equal(migrationGroup(anInstance(named)));
    expect(migrationGroup(anInstance({ ...named, clusterName: 'other' }))).not.to.equal(
      migrationGroup(anInstance(named)),
    );
  });

  for (const unknown of [
    { productId: null, productName: null },
    { clusterId: null, clusterName: null },
  ]) {
    it(`is the instance's own without ${Object.keys(unknown).join(' and ')}`, () => {
      expect(migrationGroup(anInstance(unknown))).not.to.equal(
        migrationGroup(anInstance({ ...unknown, id: 'i-2' })),
      );
    });
  }
});
