import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { canaryKey, newFolder } from '../support/migrateRun.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

export function readExample(name: string): string {
  return readFileSync(join(checkout, 'deploy/ci', name), 'utf8');
}

export interface GithubStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}
export interface GithubWorkflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: { readonly plan: { readonly steps: readonly GithubStep[] } };
}
export interface GitlabFile {
  readonly 'novita-spot-plan': {
    readonly script: readonly string[];
    readonly artifacts: { readonly when: string; readonly paths: readonly string[] };
  };
}

export const github = parse(readExample('github-actions.yml')) as GithubWorkflow;
export const gitlab = parse(readExample('gitlab-ci.yml')) as GitlabFile;

/** What a system of CI runs, and the file in which its people find the plan. */
export interface CiSystem {
  readonly name: string;
  readonly script: string;
  readonly planFile: string;
}
export const ciSystems: readonly CiSystem[] = [
  {
    name: 'GitHub Actions',
    script: github.jobs.plan.steps.find(({ name }) => name === 'Plan')?.run ?? '',
    planFile: 'summary.md',
  },
  {
    name: 'GitLab',
    script: gitlab['novita-spot-plan'].script.join('\n'),
    planFile: gitlab['novita-spot-plan'].artifacts.paths[0] ?? '',
  },
];

export interface CiRun {
  readonly code: number | null;
  readonly log: string;
  readonly plan: string;
}

/**
 * Runs the script of a job the way the runners of both systems do, with novita-spot on the PATH.
 *
 * @param isInstalled - false for a job in which the installation went wrong
 */
export async function runJob(
  { script, planFile }: CiSystem,
  baseUrl: string,
  { key = canaryKey, isInstalled = true } = {},
): Promise<CiRun> {
  const folder = newFolder();
  mkdirSync(join(folder, 'bin'));
  if (isInstalled) symlinkSync(join(checkout, 'bin/novita-spot.js'), join(folder, 'bin/novita-spot'));
  symlinkSync(process.execPath, join(folder, 'bin/node'));
  writeFileSync(join(folder, 'script.sh'), script);
  const job = spawn('/bin/bash', ['--noprofile', '--norc', '-eo', 'pipefail', 'script.sh'], {
    cwd: folder,
    env: {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      HOME: folder,
      CI: 'true',
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      NOVITA_API_KEY: key,
      NOVITA_API_BASE_URL: baseUrl,
      MIGRATION_RETRY_BASE_MS: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [job.stdout, job.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    job.once('error', reject);
    job.once('close', resolve);
  });
  const plan = join(folder, planFile);
  return { code, log, plan: existsSync(plan) ? readFileSync(plan, 'utf8') : '' };
}
