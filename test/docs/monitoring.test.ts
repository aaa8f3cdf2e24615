import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { rowsUnder } from '../support/documentTables.js';

function file(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

const text = file('docs/monitoring.md');
const rules = file('deploy/prometheus/rules.yml');

describe('docs/monitoring.md', () => {
  it('names every alert with its severity, in the order of the rules', () => {
    const documented = rowsUnder(text, 'Prometheus').map(([alert, severity]) => [alert, severity]);
    const alerts = rules
      .split('- alert: ')
      .slice(1)
      .map((block) => [`\`${/^\w+/.exec(block)?.[0] ?? ''}\``, /severity: (\w+)/.exec(block)?.[1]]);
    expect(documented).to.deep.equal(alerts).and.not.be.empty;
  });

  it('names no other alert of the rules anywhere', () => {
    const named = new Set(text.match(/NovitaSpot\w+/g));
    const known = new Set([...(rules.match(/NovitaSpot\w+/g) ?? []), ...ownAlerts(text)]);
    expect([...named].filter((name) => !known.has(name))).to.deep.equal([]);
  });
});

/** Those of an example in the document itself. */
function ownAlerts(document: string): readonly string[] {
  return [...document.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name = '']) => name);
}
