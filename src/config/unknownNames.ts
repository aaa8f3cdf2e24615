import { distance } from 'fastest-levenshtein';
import { mentionsSecret } from './secrecy.js';
import { variableNames } from './variables.js';

/** A name farther away than this is more likely something else than a slip of the fingers. */
const farthestSuggestion = 4;
/** As near as this, it is a slip even in its first word: a dry run that was meant, say. */
const surelySlip = 2;
const ourPrefix = /^(?:MIGRATION|NOVITA)_/i;
/** Other programs may well use these. */
const sharedPrefix = /^(?:NOTIFY|HEALTHCHECK)_/i;
/** Of systemd, which sets it for services. */
const socketOfSystemd = 'NOTIFY_SOCKET';
const knownNames: ReadonlySet<string> = new Set([...variableNames, socketOfSystemd]);

/**
 * Warns of variables that look like ours and are not. Their values are never part of a warning.
 *
 * @param layers - the environment and the env file; an empty value counts as unset
 * @param secrets - what no warning may hold
 */
export function warnOfUnknownNames(
  layers: readonly Readonly<Record<string, string | undefined>>[],
  secrets: readonly string[],
): readonly string[] {
  const names = layers.flatMap((layer) => Object.keys(layer).filter((name) => (layer[name] ?? '') !== ''));
  const unknown = new Set(
    names.filter((name) => !knownNames.has(name) && (ourPrefix.test(name) || isSlip(name))),
  );
  return [...unknown].map((name) => warningFor(name, secrets));
}

function isSlip(name: string): boolean {
  return nearestName(name, sharedPrefix.test(name) ? farthestSuggestion : surelySlip) !== null;
}

function warningFor(name: string, secrets: readonly string[]): string {
  if (!/^[\w.-]{1,64}$/.test(name) || mentionsSecret(name, secrets)) {
    return 'A variable whose name starts with MIGRATION_ or NOVITA_ is not known; its name is not fit to be shown';
  }
  const nearest = nearestName(name, farthestSuggestion);
  return nearest === null ? `${name} is not known` : `${name} is not known; did you mean ${nearest}?`;
}

function nearestName(name: string, farthest: number): string | null {
  const [nearest] = variableNames
    .filter((known) => Math.abs(known.length - name.length) <= farthest)
    .map((known) => ({ known, steps: distance(name.toUpperCase(), known) }))
    .filter(({ steps }) => steps <= farthest)
    .sort((a, b) => a.steps - b.steps);
  return nearest?.known ?? null;
}
