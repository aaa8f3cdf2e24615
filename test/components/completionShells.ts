import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));

export const bash = {
  command: (startFile: string) => `bash --noprofile --rcfile ${startFile} -i`,
  insertAll: '\u001b*',
};

/** Reads its start file as its own `.zshrc`. */
export const zsh = {
  command: (startFile: string) => `ZDOTDIR=${dirname(startFile)} zsh -i`,
  insertAll: '\t',
};

/** Begins the start file of zsh: nothing is kept from one shell to the next. */
export const zshBegins = `autoload -Uz compinit && compinit -u -d "$ZDOTDIR/dump"`;

/** Makes the Tab key of zsh insert all completions in place of the word, where there are several. */
export const zshInsertsAll = `insert_all() { _main_complete; (( compstate[nmatches] > 1 )) && compstate[insert]=all; }
zle -C insert-all complete-word insert_all
bindkey '\\t' insert-all`;

/**
 * Asks fish for the completions of a line.
 *
 * @param start - what fish does first
 * @returns its lines: a word each, and after a tab what the word means
 */
export async function completeInFish(
  line: string,
  start: string,
  folder: string,
): Promise<readonly string[]> {
  const command = `${start}; complete --do-complete '${line}'`;
  const { stdout } = await promisify(execFile)('fish', ['--no-config', '--command', command], {
    cwd: folder,
    env: { PATH: pathWithProgram(folder), HOME: folder },
  });
  return stdout.split('\n').filter((offer) => offer !== '');
}

/** Puts the built program into a folder as npm does, under its name. */
export function pathWithProgram(folder: string): string {
  const bin = join(folder, 'bin');
  if (!existsSync(bin)) {
    mkdirSync(bin);
    symlinkSync(program, join(bin, 'novita-spot'));
  }
  return [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(':');
}
