import { isAbsolute, join } from 'node:path';
import { EnvError } from 'envalid';

/**
 * Checks a state folder that was asked for by name.
 *
 * @throws EnvError when it is not an absolute path
 */
export function checkStateDirectory(path: string): string {
  if (!isAbsolute(path) || /\p{Cc}/u.test(path)) {
    throw new EnvError('must be an absolute path: it starts with / and ~ is not expanded');
  }
  return path;
}

/**
 * Where the state goes when nobody says: the service manager's folder, else the one for user state.
 *
 * @param homeDirectory - an absolute path, or "" when the user has none
 * @returns an absolute path; null when there is no place to be found
 */
export function defaultStateDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  homeDirectory: string,
): string | null {
  // systemd lists several folders here when a unit asks for several.
  const ofService = environment['STATE_DIRECTORY']?.split(':')[0] ?? '';
  if (isAbsolute(ofService)) return ofService;
  const ofUser = environment['XDG_STATE_HOME'] ?? '';
  // The XDG specification has relative paths ignored.
  if (isAbsolute(ofUser)) return join(ofUser, 'novita-spot');
  return isAbsolute(homeDirectory) ? join(homeDirectory, '.local', 'state', 'novita-spot') : null;
}
