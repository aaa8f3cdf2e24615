import { exitStatuses } from '../../src/cli/exitStatusHelp.js';
import type { ProgramModel } from '../../src/cli/programModel.js';
import type { Variable } from '../../src/config/variableKinds.js';
import { exitCodes, type ExitReason } from '../../src/core/exitCode.js';
import { commandSections, optionItems, synopsis } from './commands.js';
import { environmentItems } from './environment.js';
import { item, literal, prose, section } from './roff.js';

export interface ManualFacts {
  readonly program: ProgramModel;
  readonly variables: Readonly<Record<string, Variable>>;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/**
 * The man page, in the classic man macros: unlike those of mdoc, they leave room for the program's version, and
 * whether they are clean does not hang on the pages that a machine happens to have.
 */
export function manualPage({ program, variables, date }: ManualFacts): string {
  const { name, version, options, commands } = program;
  return `${[
    `.\\" Made from the command line's own description by: npm run man`,
    `.TH ${name.toUpperCase()} 1 ${date} "${name} ${version}" "User Commands"`,
    section('NAME', `${name} \\- bring reclaimed Novita AI GPU spot instances back`),
    section('SYNOPSIS', synopsis(program)),
    section('DESCRIPTION', description.map(prose).join('\n.PP\n')),
    section('COMMANDS', ...commandSections(program)),
    section('OPTIONS', prose('Every command takes these.'), ...optionItems(options)),
    section('ENVIRONMENT', prose(precedence), ...environmentItems(variables)),
    section('FILES', ...files.map(([path, meaning]) => item(literal(path), prose(meaning)))),
    section(
      'EXIT STATUS',
      ...exitStatuses(Object.keys(exitCodes) as ExitReason[]).map(({ code, meaning }) =>
        item(literal(String(code)), prose(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`)),
      ),
    ),
    section(
      'EXAMPLES',
      ...commands
        .flatMap(({ examples }) => examples)
        .map(({ line, meaning }) => item(literal(line), prose(meaning))),
    ),
    section(
      'SEE ALSO',
      ['crontab (5)', 'flock (1)', 'systemd.timer (5)'].map((page) => `.BR ${page}`).join(' ,\n'),
    ),
  ].join('\n')}\n`;
}

const description = [
  'Novita rents GPU instances at spot price, and can reclaim one at any time after its first hour. A reclaimed instance ends up exited and stays down until somebody migrates it. This program is that somebody: one run lists every instance of the account, decides which were reclaimed, migrates those through the API of Novita, says what it did, and ends with an exit code that sums it up. It is made for `cron` and for Kubernetes CronJobs, and keeps nothing in memory between runs.',
  'A migration does not keep everything: new data on the system disk and on local volumes is lost. `check` and `migrate --dry-run` name what is at risk.',
  'Results go to standard output and nothing else does. Logs, questions and progress go to standard error. With `--output json` there is one document on standard output, also when a run fails; its form is that of schemas/report.schema.json in the package.',
];

const precedence =
  'Options come before the environment, which comes before the file of --env-file, which comes before the defaults. An empty variable counts as unset.';

const files: readonly (readonly [path: string, meaning: string])[] = [
  [
    '$NOVITA_SPOT_STATE_DIR/lock',
    'Held by a run of `migrate`, so that a second one on the same host does nothing.',
  ],
  [
    '$NOVITA_SPOT_STATE_DIR/journal.jsonl',
    'What runs of `migrate` did, one JSON object a line. It is for people: no decision is taken from it, and it may be deleted.',
  ],
  ['$NOVITA_SPOT_STATE_DIR/notices.json', 'What was notified of, so that it is told once.'],
  [
    '$NOVITA_SPOT_STATE_DIR/accounts/',
    'The same for each account of a folder of accounts, in a folder of its own.',
  ],
];
