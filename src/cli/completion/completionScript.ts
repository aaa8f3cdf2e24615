import type { ProgramFacts } from '../commandTree.js';
import { type ProgramModel, programModel } from '../programModel.js';
import type { Shell } from '../shells.js';
import { bashCompletion } from './bash.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

const scriptOf: Readonly<Record<Shell, (program: ProgramModel) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** The whole script that completes the program in a shell. It never starts the program. */
export function completionScript(shell: Shell, facts: ProgramFacts): string {
  return scriptOf[shell](programModel(facts));
}
