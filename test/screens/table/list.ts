import type { Screen } from '../screen.js';

function list(name: string, about: string, ...args: readonly string[]): Screen {
  return { name: name === '' ? 'list' : `list-${name}`, about, args: ['list', ...args] };
}

export const listScreens: readonly Screen[] = [
  list('', 'every instance of the account', '--sandbox'),
  list('verbose', 'with all that is logged', '--sandbox', '--verbose'),
  list('wide', 'everything in full', '--sandbox', '--wide'),
  list('sorted', 'the most urgent first', '--sandbox', '--sort', 'reclaim'),
  list('eligible', 'what a migrate would take', '--sandbox', '--eligible'),
  list('running', 'the spot instances that run', '--sandbox', '--spot', '--status', 'running'),
  list('included', 'some names', '--sandbox', '--include', 'llama-*'),
  list('none-match', 'a filter that matches nothing', '--sandbox', '--status', 'restarting'),
  list('empty', 'an account without instances', '--sandbox', 'empty'),
  list('faults', 'an API that fails at first', '--sandbox', 'faults'),
  list('markdown', 'for the summary of a CI job', '--sandbox', '-o', 'markdown'),
];
