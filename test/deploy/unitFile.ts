import { readFileSync } from 'node:fs';

/** The settings of a unit of deploy/systemd, by name; a name that stands several times has several values. */
export function readUnit(name: string): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(new URL(`../../deploy/systemd/${name}`, import.meta.url), 'utf8');
  const settings = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [, setting = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (setting !== '') settings.set(setting, [...(settings.get(setting) ?? []), value]);
  }
  return settings;
}

const secondsOf: Readonly<Record<string, number>> = { h: 3600, min: 60, s: 1, '': 1 };

/** Reads a span of time as systemd writes it, such as "11min 30s", as seconds. */
export function secondsIn(span: string): number {
  return [...span.matchAll(/(\d+) ?([a-z]*)/g)]
    .map(([, amount, unit = '']) => Number(amount) * (secondsOf[unit] ?? NaN))
    .reduce((sum, seconds) => sum + seconds, 0);
}
