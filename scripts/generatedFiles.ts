import { readFileSync } from 'node:fs';
import type { ProgramFacts } from '../src/cli/commandTree.js';
import { completionScript } from '../src/cli/completion/completionScript.js';
import { programModel } from '../src/cli/programModel.js';
import { variables } from '../src/config/variables.js';
import { scenarioNames } from '../src/sandbox/scenarioNames.js';
import { manualPage } from './manual/manualPage.js';

/** The date of the man page until there is a release. */
const dateBeforeReleases = '2026-11-24';

export interface GeneratedFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

/** The files of the package that are made from the command line's own description, as they have to be. */
export function generatedFiles(): readonly GeneratedFile[] {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const facts: ProgramFacts = { version, scenarios: scenarioNames, width: 80 };
  return [
    { path: 'completions/novita-spot.bash', text: completionScript('bash', facts) },
    { path: 'completions/_novita-spot', text: completionScript('zsh', facts) },
    { path: 'completions/novita-spot.fish', text: completionScript('fish', facts) },
    {
      path: 'man/novita-spot.1',
      text: manualPage({ program: programModel(facts), variables, date: lastRelease(read('CHANGELOG.md')) }),
    },
  ];
}

/** The date of the newest release of the changelog, so that it changes with the version and not by itself. */
function lastRelease(changelog: string): string {
  return /^## \[\d[^\]]*\] - (\d{4}-\d\d-\d\d)$/m.exec(changelog)?.[1] ?? dateBeforeReleases;
}

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
