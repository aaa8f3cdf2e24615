import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { goldenFolder, takeScreens } from '../test/screens/takenScreens.js';

const files = await takeScreens();
rmSync(goldenFolder, { recursive: true, force: true });
mkdirSync(goldenFolder);
for (const { name, text } of files) writeFileSync(new URL(name, goldenFolder), text);
process.stdout.write(`${files.length} screens written to test/screens/golden\n`);
