import { readdirSync, readFileSync } from 'node:fs';
import { main } from '../../src/main.js';
import { fakeSystem } from '../composition/fakeSystem.js';
import { masked } from './masked.js';
import { inOwnTime, inStandingTime } from './standingTime.js';

/** A command with its output, in a block of code. */
export interface DocumentExample {
  /** What is typed behind `novita-spot`. */
  readonly commandLine: string;
  readonly shown: string;
}

/** A document for people, in Markdown. */
export interface ExampleDocument {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

const project = new URL('../../', import.meta.url);

const pattern = /^( *\$ novita-spot (.+)\n)([\s\S]*?)(?=^ *```)/gm;

/** The README, and every document of `docs`. */
export function exampleDocuments(): readonly ExampleDocument[] {
  const names = readdirSync(new URL('docs/', project)).filter((name) => name.endsWith('.md'));
  const paths = ['README.md', ...names.sort().map((name) => `docs/${name}`)];
  return paths.map((path) => ({ path, text: readFileSync(new URL(path, project), 'utf8') }));
}

/** What is typed as `$ novita-spot ...` in a block of code, and what stands below it. */
export function examplesOf(text: string): readonly DocumentExample[] {
  return [...text.matchAll(pattern)].map(([, , commandLine = '', shown = '']) => ({ commandLine, shown }));
}

/** Each document with what the program prints now when its output is no terminal. */
export function withExamplesAnew(documents: readonly ExampleDocument[]): Promise<readonly ExampleDocument[]> {
  return inStandingTime(() =>
    Promise.all(
      documents.map(async ({ path, text }) => {
        const printed = await Promise.all(examplesOf(text).map(print));
        let at = 0;
        const anew = (_block: string, command: string): string => `${command}${printed[at++] ?? ''}`;
        return { path, text: text.replaceAll(pattern, anew) };
      }),
    ),
  );
}

function print({ commandLine }: DocumentExample): Promise<string> {
  return inOwnTime(async () => {
    const system = fakeSystem();
    await main(commandLine.split(' '), system);
    return masked(system.printed());
  });
}
