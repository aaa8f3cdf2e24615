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
 * A line that is blank, a comment, or a setting, whose name and value are captured. A value in quotes may go over several
 * lines, and has nothing but a comment behind it.
 */
const goodLine =
  /[^\S\n]*(?:#[^\n]*|(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*=[^\S\n]*((?:"[^"]*"|'[^']*'|`[^`]*`)[^\S\n]*(?:#[^\n]*)?|(?:[^"'`\s][^\n]*)?))?(?:\n|$)/y;

const quotedSetting = /[^\n=#]+=[^\S\n]*["'`]/y;

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
  const file = isShowablePath(path, secrets) ? `the file ${path}` : 'the file';
  const problem = (message: string): ConfigProblem => ({
    variable: '--env-file',
    message: `${file} ${message}`,
  });
  try {
    // Editors on Windows put a byte order mark in front, which would become a part of the first name.
    const text = readTextFile(path)
      .replace(/^\ufeff/, '')
      .replaceAll(/\r\n?/g, '\n');
    const { settings, badLine } = settingsIn(text);
    // One by one: a line of blanks or without a value would make Node.js take the next one for a part of it.
    const values = Object.assign(
      {},
      ...settings.map((setting) => parseEnv(`${setting}\n`)),
    ) as EnvFile['values'];
    if (badLine === null) return { values, problem: null };
    return { values, problem: problem(badLine) };
  } catch (error) {
    const message = `${describeReadFailure(error)}: correct the path or leave the option out`;
    return { values: {}, problem: problem(message) };
  }
}

interface Settings {
  /** Each as NAME=value, up to the first bad line. */
  readonly settings: readonly string[];
  /** What is wrong with the first line that would be passed over, or swallow others: a dry run that was meant, say. */
  readonly badLine: string | null;
}

function settingsIn(text: string): Settings {
  const settings: string[] = [];
  let start = 0;
  while (start < text.length) {
    goodLine.lastIndex = start;
    const match = goodLine.exec(text);
    if (match === null) return { settings, badLine: describeBadLine(text, start) };
    const [, name, value = ''] = match;
    if (name !== undefined) settings.push(`${name}=${value}`);
    start = goodLine.lastIndex;
  }
  return { settings, badLine: null };
}

/** Never repeats the line: it may be a key that stands there alone. */
function describeBadLine(text: string, start: number): string {
  const line = text.slice(0, start).split('\n').length;
  quotedSetting.lastIndex = start;
  return quotedSetting.test(text)
    ? `has a quote in line ${line} that is not closed, or has something behind it: correct it`
    : `has something else in line ${line} than NAME=value or a comment: correct it`;
}
