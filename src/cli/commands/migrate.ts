import { Argument, type Command, Option } from 'commander';
import { fallbackModes } from '../../core/fallback.js';
import { saveDataModes } from '../../core/saveData.js';
import { choiceOption } from '../choices.js';
import { readWait } from '../wait.js';
import type { CommandDeclaration } from '../commandDeclaration.js';
import { judgingReasons } from '../exitReasons.js';
import { metricsOptions } from './metricsOptions.js';

export const migrateCommand: CommandDeclaration<'migrate'> = {
  name: 'migrate',
  description: 'Migrate every reclaimed instance.',
  examples: [
    { line: 'novita-spot migrate --dry-run', meaning: 'show the plan, change nothing' },
    { line: 'novita-spot migrate', meaning: 'show the plan, ask, migrate' },
    { line: 'novita-spot migrate --wait 5m', meaning: 'and see whether it runs' },
    { line: 'novita-spot migrate --quiet', meaning: 'for cron: silent on success' },
    { line: 'novita-spot migrate llama-finetune-2', meaning: 'only this one, when eligible' },
    { line: 'novita-spot migrate 358b05c80a469d3f --force', meaning: 'this one, even in cooldown' },
    { line: 'novita-spot migrate --save-data require', meaning: 'only if data is kept' },
    { line: 'novita-spot migrate --dry-run -o json > p.json', meaning: 'write the plan down; later:' },
    { line: 'novita-spot migrate --plan p.json', meaning: 'do that and nothing else' },
    { line: 'novita-spot migrate --sandbox --yes', meaning: 'try it out, emulated' },
  ],
  exitReasons: [...judgingReasons, 'state', 'locked'],
  argument: new Argument('[id|name...]', 'only these instances'),
  options: [
    new Option('--dry-run', 'show what would be done and do nothing'),
    new Option(
      '--plan <path>',
      'migrate what this report of a dry run planned and nothing else; - reads it from stdin',
    ),
    new Option('-y, --yes', 'do not ask'),
    new Option('--max-concurrent <n>', 'migrations in flight (MIGRATION_MAX_CONCURRENT)'),
    new Option('--max-per-run <n>', 'migrations in this run, 0 for no limit (MIGRATION_MAX_PER_RUN)'),
    choiceOption('--save-data <mode>', 'keep the data on the disks (MIGRATION_SAVE_DATA)', saveDataModes),
    choiceOption('--fallback <mode>', 'what to do when no node has room (MIGRATION_FALLBACK)', fallbackModes),
    new Option(
      '--wait [duration]',
      'follow accepted migrations until their instances run; without a value for 10m (MIGRATION_WAIT_SECONDS)',
    ).argParser(readWait),
    new Option(
      '--force',
      'pass over pending or stale reclaims, cooldown, quarantine and local data; needs ids, names or --plan',
    ),
    new Option('--detailed-exitcode', 'with --dry-run: exit with 2 when an instance would be migrated'),
    ...metricsOptions(),
    new Option(
      '--on-notice <path>',
      'run this program once for each reclaim notice, without a shell (MIGRATION_ON_NOTICE)',
    ),
  ],
  check: checkTargets,
};

function checkTargets(command: Command): void {
  const { force, plan } = command.opts<{ readonly force?: boolean; readonly plan?: string }>();
  if (plan !== undefined && command.args.length > 0) {
    command.error("error: option '--plan' names its instances itself: give no ids or names");
  }
  if (plan === undefined && force && command.args.length === 0) {
    command.error("error: option '--force' needs the ids or names of the instances it is for");
  }
}
