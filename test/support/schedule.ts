/**
 * The minutes between two runs of a schedule such as `7-59/15 * * * *`.
 *
 * @throws Error when the runs are not the same time apart, or not in every hour
 */
export function intervalMinutes(schedule: string): number {
  const [minutes = '', ...others] = schedule.split(' ');
  if (others.join(' ') !== '* * * *') throw new Error(`not in every hour: ${schedule}`);
  const runs = minutes.split(',').flatMap(minutesOf);
  const [first = NaN] = runs;
  const gaps = new Set(runs.map((minute, index) => (runs[index + 1] ?? first + 60) - minute));
  const [gap = NaN] = gaps;
  if (gaps.size !== 1 || !(gap > 0)) throw new Error(`not the same time apart: ${schedule}`);
  return gap;
}

/** The minutes of `7`, `7-59`, `7-59/15` or with a `*` in place of the range. */
function minutesOf(part: string): readonly number[] {
  const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  const [start = NaN, end = start] = range === '*' ? [0, 59] : range.split('-').map(Number);
  const minutes: number[] = [];
  for (let minute = start; minute <= end; minute += Number(step)) minutes.push(minute);
  return minutes;
}
