import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { exampleDocuments, withExamplesAnew } from '../test/screens/documentExamples.js';
import { picturesFolder, takePictures } from '../test/screens/pictures.js';
import { goldenFolder, takeScreens } from '../test/screens/takenScreens.js';

const files = await takeScreens();
rmSync(goldenFolder, { recursive: true, force: true });
mkdirSync(goldenFolder);
for (const { name, text } of files) writeFileSync(new URL(name, goldenFolder), text);

const pictures = await takePictures();
mkdirSync(picturesFolder, { recursive: true });
for (const { name, svg } of pictures) writeFileSync(new URL(name, picturesFolder), svg);

const before = exampleDocuments();
for (const [index, { path, text }] of (await withExamplesAnew(before)).entries()) {
  if (text !== before[index]?.text) writeFileSync(new URL(`../${path}`, import.meta.url), text);
}
process.stdout.write(
  `${files.length} screens written to test/screens/golden, ${pictures.length} to docs/images, and the examples of the documents\n`,
);
