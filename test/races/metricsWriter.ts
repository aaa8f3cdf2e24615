import { writeFileSync } from 'node:fs';
import { writeFileAtomically } from '../../src/runtime/atomicFile.js';

/** Rewrites a file until it is killed, atomically or in place: each text is one number, on many lines. */
const [path = '', way, lines] = process.argv.slice(2);
for (let count = 1; ; count += 1) {
  const text = `${String(count).padStart(9, '0')}\n`.repeat(Number(lines));
  if (way === 'atomically') writeFileAtomically(path, text, 0o644);
  else writeFileSync(path, text);
}
