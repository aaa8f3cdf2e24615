import { parseEnv } from 'node:util';
import type { ConfigProblem } from './configError.js';
import { describeReadFailure } from './readFailure.js';
import { isShowablePath } from './secrecy.js';

export interface EnvFile {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Null when the file could be read, or none was asked for. */
  readonly problem: ConfigProblem | null;
}

/**
 * Reads the file given with --env-file.
 *
 * @param path - null when none was given
 * @param secrets - what no message may hold
 */
export function readEnvFile(
  path: string | null,
  readTextFile: (path: string) => string,
  secrets: readonly string[],
): EnvFile {
  if (path === null) return { values: {}, problem: null };
  try {
    // Editors on Windows put a byte order mark in front, which would become a part of the first name.
    return { values: parseEnv(readTextFile(path).replace(/^\ufeff/, '')), problem: null };
  } catch (error) {
    const file = isShowablePath(path, secrets) ? `the file ${path}` : 'the file';
    const message = `${file} ${describeReadFailure(error)}: correct the path or leave the option out`;
    return { values: {}, problem: { variable: '--env-file', message } };
  }
}
