import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a shell script that can be run as a program. Returns its path. */
export function executableScript(folder: string, script: string): string {
  const path = join(folder, `program-${randomUUID()}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
