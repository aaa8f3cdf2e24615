import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { withExamplesAnew } from '../test/screens/readmeExamples.js';
import { goldenFolder, takeScreens } from '../test/screens/takenScreens.js';

const files = await takeScreens();
rmSync(goldenFolder, { recursive: true, force: true });
mkdirSync(goldenFolder);
for (const { name, text } of files) writeFileSync(new URL(name, goldenFolder), text);
const readme = new URL('../README.md', import.meta.url);
writeFileSync(readme, await withExamplesAnew(readFileSync(readme, 'utf8')));
process.stdout.write(
  `${files.length} screens written to test/screens/golden, and the examples of README.md\n`,
);
