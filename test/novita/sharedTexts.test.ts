import { expect } from 'chai';
import { parseInstance } from '../../src/novita/schemas.js';
import { createTextSharing } from '../../src/novita/sharedTexts.js';

describe('novita: texts that instances have in common', () => {
  it('leave each instance as it was', () => {
    const share = createTextSharing();
    const rows = [
      { id: 'i-1', status: 'exited', volumeMounts: [{ type: 'local', mountPath: '/data' }] },
      { id: 'i-2', status: 'running', productName: 'running' },
      { id: 'i-3', status: 'exited', spotStatus: '', clusterId: '0', productName: 'exited' },
    ];
    expect(rows.map((row) => parseInstance(row, share))).to.deep.equal(rows.map((row) => parseInstance(row)));
  });
});
