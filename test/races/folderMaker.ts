// Prepares one state folder after the other, each at a set time, so that two of these meet at every one of them.
import { join } from 'node:path';
import { prepareStateFolder } from '../../src/runtime/stateFolder.js';

const [base = '', startMs, count] = process.argv.slice(2);
for (let number = 0; number < Number(count); number += 1) {
  while (Date.now() < Number(startMs) + number);
  prepareStateFolder(join(base, `folder-${number}`, 'state'));
}
