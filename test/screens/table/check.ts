import type { Screen } from '../screen.js';

function check(name: string, about: string, ...args: readonly string[]): Screen {
  return { name: name === '' ? 'check' : `check-${name}`, about, args: ['check', ...args] };
}

export const checkScreens: readonly Screen[] = [
  check('', 'every exited instance', '--sandbox'),
  check('one', 'one instance, by its id', '--sandbox', 'demo', '358b05c80a469d3f'),
  check('not-exited', 'an instance that runs and will be reclaimed', '--sandbox', 'demo', '9209d10f3546c531'),
  check('by-name', 'one instance, by its name', '--sandbox', 'demo', 'sdxl-training'),
  check('not-found', 'an id that is in no list', '--sandbox', 'demo', 'd06052c629ce00fd'),
  check('misspelt', 'a name that is nearly one', '--sandbox', 'demo', 'whisper-bach'),
  check('detailed', 'for scripts that ask for an exit code', '--sandbox', '--detailed-exitcode'),
  check('quiet', 'nothing but an exit code', '--sandbox', '--detailed-exitcode', '--quiet'),
  check('empty', 'an account without instances', '--sandbox', 'empty'),
  check('markdown', 'for the summary of a CI job', '--sandbox', '-o', 'markdown'),
];
