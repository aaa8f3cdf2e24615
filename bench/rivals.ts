import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A script that people would use instead of novita-spot. */
export interface Rival {
  readonly name: string;
  readonly program: string;
  readonly script: string;
  /** The programs that it calls. */
  readonly tools: readonly string[];
  /** True when it reads several pages at once. */
  readonly isConcurrent: boolean;
}

export interface FoundRivals {
  readonly present: readonly Rival[];
  /** One sentence for each that cannot run here. */
  readonly skipped: readonly string[];
}

const script = (name: string): string => fileURLToPath(new URL(`rivals/${name}`, import.meta.url));

/** The rivals, and which of their tools are missing on this machine. */
export function findRivals(path = process.env['PATH'] ?? ''): FoundRivals {
  const found = allRivals(path).map((rival) => ({
    rival,
    missing: [rival.program, ...rival.tools].filter((tool) => !isPresent(tool, path)),
  }));
  return {
    present: found.filter(({ missing }) => missing.length === 0).map(({ rival }) => rival),
    skipped: found
      .filter(({ missing }) => missing.length > 0)
      .map(({ rival, missing }) => `${rival.name} is skipped: ${missing.join(', ')} not found`),
  };
}

function allRivals(path: string): readonly Rival[] {
  const bash = (name: string, file: string, isConcurrent: boolean, tools: readonly string[]): Rival => {
    return { name, program: 'bash', script: script(file), tools: ['curl', 'jq', ...tools], isConcurrent };
  };
  const program = pythonItself(path);
  return [
    bash('curl loop + jq', 'curl-loop.sh', false, []),
    bash('xargs -P curl + jq', 'curl-xargs.sh', true, ['xargs', 'seq', 'mktemp']),
    bash('curl --parallel + jq', 'curl-parallel.sh', true, ['mktemp']),
    { name: 'Python urllib', program, script: script('urllib-loop.py'), tools: [], isConcurrent: false },
    { name: 'Python threads', program, script: script('threads.py'), tools: [], isConcurrent: true },
  ];
}

/** A wrapper in its place, as version managers put one, would take time that Python does not. */
function pythonItself(path: string): string {
  const asked = ['-c', 'import sys; print(sys.executable)'];
  const { stdout, status } = spawnSync('python3', asked, { env: { PATH: path }, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'python3';
}

function isPresent(tool: string, path: string): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'command -v "$0"', tool], { env: { PATH: path } });
  return status === 0;
}
