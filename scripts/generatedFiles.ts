import { readFileSync } from 'node:fs';
import type { ProgramFacts } from '../src/cli/commandTree.js';
import { completionScript } from '../src/cli/completion/completionScript.js';
import { scenarioNames } from '../src/sandbox/scenarioNames.js';

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
  ];
}

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
