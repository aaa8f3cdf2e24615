import { expect } from 'chai';
import { createTextSharing } from '../../src/novita/sharedTexts.js';
import { anInstance } from '../support/builders.js';

describe('novita: texts that instances have in common', () => {
  it('leave each instance as it was', () => {
    const share = createTextSharing();
    const instances = [
      anInstance({ status: 'exited', localVolumes: [{ mountPath: '/data' }] }),
      anInstance({ status: 'running', localVolumes: [], clusterId: null, productName: 'running' }),
      anInstance({ status: 'exited', spotStatus: '', productName: 'exited' }),
    ];
    expect(instances.map(share)).to.deep.equal(instances);
  });
});
