import { expect } from 'chai';
import type { Job } from '../../src/core/job.js';
import { parseJob } from '../../src/novita/schemas.js';

const least = { instanceId: 'i-1' };
const absent: Job = {
  id: '',
  instanceId: 'i-1',
  type: null,
  state: null,
  createdAt: null,
  errorMessage: null,
};

describe('novita: a row of the job list', () => {
  it('is read as documented', () => {
    const row = {
      Id: 'j-1',
      type: 'instanceMigrate',
      state: { state: 'fail', error: 'NO_CAPACITY', errorMessage: 'no node has room' },
      createdAt: '1782800000',
      instanceId: 'i-1',
    };
    expect(parseJob(row)).to.deep.equal({
      id: 'j-1',
      instanceId: 'i-1',
      type: 'instanceMigrate',
      state: 'fail',
      createdAt: 1_782_800_000,
      errorMessage: 'no node has room',
    });
  });

  const understood: readonly (readonly [string, object, Partial<Job>])[] = [
    ['nothing but an instance', {}, {}],
    ['a small id', { id: 'j-2' }, { id: 'j-2' }],
    ['both ids', { Id: 'j-1', id: 'j-2' }, { id: 'j-1' }],
    ['null for the capital id', { Id: null, id: 'j-2' }, { id: 'j-2' }],
    ['an object for an id', { Id: {} }, { id: '' }],
    ['a number for an id', { Id: 12 }, { id: '12' }],
    ['a type that is not known yet', { type: 'defragment' }, { type: 'defragment' }],
    ['a list for a type', { type: [] }, { type: null }],
    ['an object with a state', { state: { state: 'running' } }, { state: 'running' }],
    ['text for a state', { state: 'success' }, { state: 'success' }],
    ['an object without a state', { state: {} }, { state: null }],
    ['null for a state', { state: null }, { state: null }],
    ['a list for a state', { state: ['fail'] }, { state: null }],
    ['a state within a state', { state: { state: { state: 'fail' } } }, { state: null }],
    ['a state that is not known yet', { state: { state: 'queued' } }, { state: 'queued' }],
    [
      'an error but no message',
      { state: { state: 'fail', error: 'E' } },
      { state: 'fail', errorMessage: 'E' },
    ],
    ['milliseconds', { createdAt: 1782800000999 }, { createdAt: 1_782_800_000 }],
    ['"0" for a time', { createdAt: '0' }, { createdAt: null }],
    ['an ISO date for a time', { createdAt: '2026-07-01T10:00:00Z' }, { createdAt: null }],
    ['a number for an instance', { instanceId: 5 }, { instanceId: '5' }],
  ];
  for (const [title, changes, expected] of understood) {
    it(`may have ${title}`, () => {
      expect(parseJob({ ...least, ...changes })).to.deep.equal({ ...absent, ...expected });
    });
  }

  const unreadable: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['text', 'j-1'],
    ['without an instance', { Id: 'j-1', type: 'instanceMigrate' }],
    ['with an empty instance', { instanceId: '' }],
    ['with an object for an instance', { instanceId: {} }],
    ['with a control character in the instance', { instanceId: 'i-1\u0000' }],
  ];
  for (const [title, row] of unreadable) {
    it(`is unreadable: ${title}`, () => expect(parseJob(row)).to.equal(null));
  }
});
