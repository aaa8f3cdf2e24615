import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readStages } from './dockerfile.js';
import type { Ended } from './runProgram.js';

/**
 * What the kubelet and the container runtime do, as far as novita-spot sees it: a root folder that is read-only, a
 * volume that belongs to root and that everybody may write to, and a program that is PID 1 of its own namespace.
 */
const setUp = `
set -eu
root=$1 volume=$2 user=$3
shift 3
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=2777,gid=\${user#*:} tmpfs "$root$volume"
mount -o remount,ro,bind "$root"
exec /usr/sbin/chroot --userspec="$user" "$root" "$@"
`;

export interface Container {
  readonly root: string;
  /** Where the volume for the state is mounted. */
  readonly volume: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/** Starts what the image starts, as the image's user, in a root folder of `makeImageRoot`. Needs root. */
export function startInImage({ root, volume, environment, args }: Container) {
  const { entrypoint, user } = readStages().stages.at(-1) ?? {};
  for (const folder of ['/proc', volume]) mkdirSync(join(root, folder), { recursive: true });
  const child = spawn(
    '/usr/bin/unshare',
    [
      ...['--pid', '--fork', '--kill-child', '--mount', '/bin/sh', '-c', setUp, 'sh'],
      ...[root, volume, user ?? '', ...(entrypoint ?? []), ...args],
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  return { child, ended };
}

/** Puts a key into a file of a secret as Kubernetes does it with defaultMode 0440 and an fsGroup. */
export function putSecret(root: string, path: string, content: string, group: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o440 });
  chownSync(file, 0, group);
}

/** The process in the image, as the kernel outside of it numbers it, and as it numbers itself. */
export function processInImage({ pid = NaN }: ChildProcess): {
  readonly outside: number;
  readonly inside: number;
} {
  const outside = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  const status = readFileSync(`/proc/${outside}/status`, 'utf8');
  return { outside, inside: Number(/^NSpid:.*\t(\d+)$/m.exec(status)?.[1]) };
}
