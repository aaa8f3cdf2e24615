/**
 * Reads metrics in the text format of Prometheus.
 *
 * @returns the value of each series, by its name with its labels in alphabetical order
 */
export function readSeries(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = '', labels = '', value = ''] = /^([a-z_A-Z0-9:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === '') throw new Error(`No line of metrics: ${line}`);
      const sorted = [...labels.matchAll(/[a-z_A-Z0-9]+="(?:[^"\\]|\\.)*"/g)].map(String).sort();
      return [sorted.length === 0 ? name : `${name}{${sorted.join(',')}}`, Number(value)];
    }),
  );
}

/** The names of the metrics of a text, as its TYPE lines have them. */
export function metricNamesIn(text: string): readonly string[] {
  return [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
}
