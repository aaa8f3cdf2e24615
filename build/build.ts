/** Makes dist/ anew: the program with all that it needs, and the licences of the packages in it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, projectFolder } from './bundle.js';
import { bundledPackages } from './bundledPackages.js';
import { thirdPartyLicenses } from './thirdPartyLicenses.js';

const { outputFiles, metafile } = await bundle();
const licenses = thirdPartyLicenses(bundledPackages(metafile, projectFolder));

const dist = join(projectFolder, 'dist');
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenses);
