import { scenarioNames } from '../../src/sandbox/scenarioNames.js';
const commands = ['check', 'completion', 'help', 'list', 'migrate', 'sandbox', 'status'];
const scenarios = [...scenarioNames].sort();

export interface Case {
  readonly title: string;
  readonly line: string;
  /** All that the last word may become. */
  readonly offers: readonly string[];
}

/** What every shell offers. */
export const cases: readonly Case[] = [
  { title: 'a command', line: 'novita-spot mi', offers: ['migrate'] },
  { title: 'all commands', line: 'novita-spot ', offers: commands },
  { title: 'a command after an option with a value', line: 'novita-spot -o json mi', offers: ['migrate'] },
  { title: 'a command after --sandbox', line: 'novita-spot --sandbox mi', offers: ['migrate'] },
  { title: 'an option of a command', line: 'novita-spot migrate --dr', offers: ['--dry-run'] },
  {
    title: 'an option of a command after --sandbox',
    line: 'novita-spot --sandbox list --el',
    offers: ['--eligible'],
  },
  {
    title: 'several options of a command',
    line: 'novita-spot migrate --max-',
    offers: ['--max-concurrent', '--max-per-run'],
  },
  { title: 'a global option after a command', line: 'novita-spot check --env', offers: ['--env-file'] },
  { title: 'no option of another command', line: 'novita-spot list --dry', offers: [] },
  {
    title: 'the values of --output',
    line: 'novita-spot list --output ',
    offers: ['json', 'markdown', 'table'],
  },
  { title: 'the values of -o before the command', line: 'novita-spot -o j', offers: ['json'] },
  { title: 'the scenarios of --sandbox', line: 'novita-spot migrate --sandbox fau', offers: ['faults'] },
  {
    title: 'the scenarios of sandbox --scenario',
    line: 'novita-spot sandbox --scenario ',
    offers: scenarios,
  },
  { title: 'the shells', line: 'novita-spot completion ', offers: ['bash', 'fish', 'zsh'] },
  { title: 'the commands to have help on', line: 'novita-spot help mi', offers: ['migrate'] },
  { title: 'a file after --env-file', line: 'novita-spot list --env-file sand', offers: ['sandbox env.txt'] },
  { title: 'no file where there is none to name', line: 'novita-spot list --status sand', offers: [] },
];

/** Values after "=", in one word with the option. */
export const attached: readonly Case[] = [
  { title: 'a value after =', line: 'novita-spot list --output=j', offers: ['--output=json'] },
  { title: 'a scenario after =', line: 'novita-spot --sandbox=em', offers: ['--sandbox=empty'] },
  { title: 'a file after =', line: 'novita-spot --env-file=sand', offers: ['--env-file=sandbox env.txt'] },
  { title: 'nothing else after =', line: 'novita-spot migrate --max-per-run=', offers: [] },
];
