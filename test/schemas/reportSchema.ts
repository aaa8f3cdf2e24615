import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

interface ReportSchema {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The schema that the package ships. */
export const reportSchema = JSON.parse(
  readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'),
) as ReportSchema;

const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  // The patterns of the schema say more than these formats do.
  formats: { 'date-time': true, uuid: true },
}).compile(reportSchema);

/** What is wrong with a document, by the schema; empty when nothing is. */
export function problemsOf(document: unknown): readonly string[] {
  validate(document);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
