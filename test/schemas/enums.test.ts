import { expect } from 'chai';
import type { Delivery } from '../../src/core/delivery.js';
import { skipReasons, type Verdict } from '../../src/core/eligibility.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { exitCodes, exitReasonName, type ExitReason } from '../../src/core/exitCode.js';
import { healthStates } from '../../src/core/runHealth.js';
import { outcomes } from '../../src/core/outcome.js';
import { changeKinds } from '../../src/core/wouldChange.js';
import { reportSchema } from './reportSchema.js';

/** The compiler refuses these when the source knows a word more or less. */
const verdicts: Readonly<Record<Verdict, true>> = { eligible: true, skipped: true };
const channels: Readonly<Record<Delivery['channel'], true>> = {
  ping: true,
  metrics_file: true,
  pushgateway: true,
  notification: true,
  on_notice: true,
};
const reasons = Object.keys(exitCodes) as ExitReason[];
const categories = Object.values(errorCatalogue).map(({ category }) => category);

describe('the schema of the report', () => {
  const enums: readonly (readonly [string, readonly unknown[]])[] = [
    ['verdict', Object.keys(verdicts)],
    ['skipReason', skipReasons],
    ['outcome', outcomes],
    ['channel', Object.keys(channels)],
    ['errorCode', Object.keys(errorCatalogue)],
    ['errorCategory', [...new Set(categories)]],
    ['healthState', healthStates],
    ['changeKind', changeKinds],
    ['exitCode', Object.values(exitCodes)],
    ['exitReason', [...new Set(reasons.map(exitReasonName))]],
  ];
  for (const [name, words] of enums) {
    it(`lists every ${name} of the source and no other`, () => {
      expect(reportSchema.$defs[name]?.['enum']).to.have.members(words);
    });
  }

  it('has a description for each field of each object, which is required and closed', () => {
    for (const [name, { type, properties, required, additionalProperties }] of Object.entries(
      reportSchema.$defs,
    )) {
      if (type !== 'object') continue;
      const fields = Object.entries(
        properties as Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>,
      );
      expect(required, name).to.deep.equal(fields.map(([field]) => field));
      expect(additionalProperties, name).to.equal(false);
      for (const [field, { description, $ref = '' }] of fields) {
        const referred = reportSchema.$defs[$ref.replace('#/$defs/', '')]?.['description'] as
          string | undefined;
        expect(description ?? referred, `${name}.${field}`).to.match(/^[A-Z].*\.$/);
      }
    }
  });

  it('is known by a name and not by a place', () => {
    expect(reportSchema.$id).to.equal('urn:novita-spot:schema:report:1');
  });
});
