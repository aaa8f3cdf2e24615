import { expect } from 'chai';
import { projectText } from '../support/projectFiles.js';

const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
const release = /^\[(\d+\.\d+\.\d+(?:-[\w.]+)?)\] - (\d{4}-\d\d-\d\d)$/;

/**
 * What is wrong with a changelog by the form of Keep a Changelog 1.1.0; empty when nothing is.
 *
 * @param version - that of the package: released, or the next one to be
 */
function complaintsAbout(changelog: string, version: string): readonly string[] {
  const [head = '', ...parts] = changelog.split(/^## /m);
  const titles = parts.map((part) => part.split('\n')[0] ?? '');
  const [first, ...others] = titles;
  const complaints: string[] = [];
  if (!head.startsWith('# Changelog\n')) complaints.push('the title is not "# Changelog"');
  if (!head.includes('https://keepachangelog.com/')) complaints.push('the format is not named');
  if (first !== '[Unreleased]')
    complaints.push(`the first section is ${first ?? 'missing'}, not [Unreleased]`);
  const releases = others.map((title) => release.exec(title));
  for (const [index, title] of others.entries()) {
    const [, , date = ''] = releases[index] ?? [];
    const day = new Date(`${date}T00:00:00Z`);
    if (releases[index] === null) complaints.push(`"${title}" is no release, as in [1.2.3] - 2026-01-31`);
    else if (Number.isNaN(day.valueOf()) || !day.toISOString().startsWith(date))
      complaints.push(`"${title}" has no day of a calendar`);
  }
  const dates = releases.map((match) => match?.[2] ?? '');
  if (dates.join() !== [...dates].sort().reverse().join())
    complaints.push('the newest release is not the first');
  const versions = releases.map((match) => match?.[1] ?? '');
  if (new Set(versions).size < versions.length) complaints.push('a version is there twice');
  if (versions.length > 0 && versions[0] !== version)
    complaints.push(`the newest release is not ${version}, the version of the package`);
  for (const [index, part] of parts.entries())
    complaints.push(...complaintsAboutPart(titles[index] ?? '', part));
  return complaints;
}

function complaintsAboutPart(title: string, part: string): readonly string[] {
  const [, ...sections] = part.split(/^### /m);
  const names = sections.map((section) => section.split('\n')[0] ?? '');
  const complaints = names
    .filter((name) => !kinds.includes(name))
    .map((name) => `${title}: ${name} is no kind of change`);
  const known = names.map((name) => kinds.indexOf(name)).filter((index) => index >= 0);
  if (known.some((kind, index) => index > 0 && kind <= (known[index - 1] ?? 0)))
    complaints.push(
      `${title}: its kinds of changes are not each there once, in the order of ${kinds.join(', ')}`,
    );
  for (const [index, section] of sections.entries()) {
    const [, ...lines] = section.split('\n');
    const stray = lines.filter((line) => !/^(- \S| {2}\S|$)/.test(line));
    const where = `${title}: ${names[index] ?? ''}`;
    if (!lines.some((line) => line.startsWith('- '))) complaints.push(`${where} has no entries`);
    for (const line of stray) complaints.push(`${where} has a line that belongs to no entry: ${line}`);
    for (const entry of lines.join('\n').split(/^- /m).slice(1))
      if (!/[.:)]$/.test(entry.trim()))
        complaints.push(`${where} has an entry without an end: ${entry.trim()}`);
  }
  return complaints;
}

describe('the changelog', () => {
  const { version } = JSON.parse(projectText('package.json')) as { readonly version: string };

  it('keeps to the form of Keep a Changelog', () => {
    expect(complaintsAbout(projectText('CHANGELOG.md'), version).join('\n')).to.equal('');
  });

  const head = '# Changelog\n\n[Keep a Changelog](https://keepachangelog.com/en/1.1.0/)\n\n';
  const good = `${head}## [Unreleased]\n\n## [0.2.0] - 2026-02-01\n\n### Added\n\n- One.\n\n### Fixed\n\n- Two\n  lines.\n`;
  it('may hold nothing that is not released yet', () => {
    expect(complaintsAbout(good, '0.2.0')).to.deep.equal([]);
  });

  const cases: readonly (readonly [title: string, wrong: readonly [string, string], complaint: RegExp])[] = [
    ['a release without a date', ['[0.2.0] - 2026-02-01', '[0.2.0]'], /"\[0\.2\.0\]" is no release/],
    ['a day that is none', ['2026-02-01', '2026-02-30'], /has no day of a calendar/],
    ['no place for what comes', ['## [Unreleased]\n\n', ''], /not \[Unreleased\]/],
    ['another kind of change', ['### Added', '### New'], /New is no kind of change/],
    ['kinds in another order', ['### Added', '### Security'], /in the order of Added/],
    ['a kind twice', ['### Fixed', '### Added'], /each there once/],
    ['a section without entries', ['- One.\n', ''], /Added has no entries/],
    ['text between the entries', ['- One.', '- One.\n\nAnd more.'], /belongs to no entry: And more\./],
    ['an entry that is cut off', ['- One.', '- One'], /an entry without an end: One/],
    ['a version that is not released', ['[0.2.0]', '[0.3.0]'], /not 0\.2\.0, the version of the package/],
    [
      'the oldest first',
      ['## [0.2.0]', '## [0.2.0] - 2026-01-01\n\n## [0.1.0]'],
      /the newest release is not the first/,
    ],
  ];
  for (const [title, [from, to], complaint] of cases) {
    it(`is refused with ${title}`, () => {
      expect(complaintsAbout(good.replace(from, to), '0.2.0').join('\n')).to.match(complaint);
    });
  }
});
