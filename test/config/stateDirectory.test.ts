import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { configWith, errorOf, key, messageFor, sourcesWith } from './fixtures.js';

const atHome = '/home/ada/.local/state/novita-spot';

const cases: readonly (readonly [string, Record<string, string>, string])[] = [
  ['home', {}, atHome],
  ['XDG_STATE_HOME', { XDG_STATE_HOME: '/xdg' }, '/xdg/novita-spot'],
  ['relative XDG_STATE_HOME is ignored', { XDG_STATE_HOME: 'xdg' }, atHome],
  ['empty XDG_STATE_HOME is ignored', { XDG_STATE_HOME: '' }, atHome],
  ['STATE_DIRECTORY', { STATE_DIRECTORY: '/var/lib/spot', XDG_STATE_HOME: '/xdg' }, '/var/lib/spot'],
  ['first of STATE_DIRECTORY', { STATE_DIRECTORY: '/var/lib/a:/var/lib/b' }, '/var/lib/a'],
  ['empty STATE_DIRECTORY', { STATE_DIRECTORY: '', XDG_STATE_HOME: '/xdg' }, '/xdg/novita-spot'],
  ['relative STATE_DIRECTORY is ignored', { STATE_DIRECTORY: 'spot' }, atHome],
  ['explicit', { NOVITA_SPOT_STATE_DIR: '/srv/spot', STATE_DIRECTORY: '/var/lib/spot' }, '/srv/spot'],
  ['explicit but empty', { NOVITA_SPOT_STATE_DIR: '', STATE_DIRECTORY: '/var/lib/spot' }, '/var/lib/spot'],
];

describe('config: state folder', () => {
  for (const [title, environment, expected] of cases) {
    it(title, () => expect(configWith(environment).stateDir).to.equal(expected));
  }

  for (const value of ['state', './state', '~/state', ' /state', '/state\n', '/st\0ate']) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      expect(messageFor('NOVITA_SPOT_STATE_DIR', value)).to.equal(
        'must be an absolute path: it starts with / and ~ is not expanded',
      );
    });
  }

  for (const homeDirectory of ['', 'relative']) {
    it(`has to be named without a home directory (${JSON.stringify(homeDirectory)})`, () => {
      expect(errorOf(sourcesWith({ homeDirectory })).problems).to.deep.equal([
        {
          variable: 'NOVITA_SPOT_STATE_DIR',
          message: 'must be set to an absolute path, because this user has no home directory',
        },
      ]);
    });
  }

  it('needs no home directory when it is named', () => {
    const named = { NOVITA_API_KEY: key, NOVITA_SPOT_STATE_DIR: '/srv/spot' };
    expect(loadConfig(sourcesWith({ environment: named, homeDirectory: '' })).config.stateDir).to.equal(
      '/srv/spot',
    );
    const wrong = { ...named, NOVITA_SPOT_STATE_DIR: 'spot' };
    expect(errorOf(sourcesWith({ environment: wrong, homeDirectory: '' })).problems).to.have.length(1);
  });
});
