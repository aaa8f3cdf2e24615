import { main } from '../../src/main.js';
import { fakeSystem } from '../composition/fakeSystem.js';
import { masked } from './masked.js';
import { inOwnTime, inStandingTime } from './standingTime.js';

/** A command of the README with its output, in a block of code. */
export interface ReadmeExample {
  /** What is typed behind `novita-spot`. */
  readonly commandLine: string;
  readonly shown: string;
}

const pattern = /^( *\$ novita-spot (.+)\n)([\s\S]*?)(?=^ *```)/gm;

export function examplesOf(readme: string): readonly ReadmeExample[] {
  return [...readme.matchAll(pattern)].map(([, , commandLine = '', shown = '']) => ({ commandLine, shown }));
}

/** The README with what the program prints now when its output is no terminal. */
export async function withExamplesAnew(readme: string): Promise<string> {
  const examples = examplesOf(readme);
  const printed = await inStandingTime(() => Promise.all(examples.map(print)));
  let at = 0;
  return readme.replaceAll(pattern, (_block, command: string) => `${command}${printed[at++] ?? ''}`);
}

function print({ commandLine }: ReadmeExample): Promise<string> {
  return inOwnTime(async () => {
    const system = fakeSystem();
    await main(commandLine.split(' '), system);
    return masked(system.printed());
  });
}
