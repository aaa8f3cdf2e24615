import { expect } from 'chai';
import type { Config } from '../../src/config/config.js';
import { expectedValue } from '../../src/config/variableKinds.js';
import { variableNames, variables, type VariableName } from '../../src/config/variables.js';
import { configWith, messageFor } from './fixtures.js';

interface NumberCase {
  readonly name: VariableName;
  readonly field: keyof Config;
  readonly byDefault: number;
  readonly lowest: number;
  readonly highest: number;
}

function numberCase(
  name: VariableName,
  field: keyof Config,
  byDefault: number,
  lowest: number,
  highest: number,
): NumberCase {
  return { name, field, byDefault, lowest, highest };
}

const numberCases: readonly NumberCase[] = [
  numberCase('MIGRATION_INTERVAL_MINUTES', 'intervalMinutes', 15, 1, 60),
  numberCase('MIGRATION_JOB_TIMEOUT_MS', 'jobTimeoutMs', 600_000, 1_000, 1_800_000),
  numberCase('MIGRATION_REQUEST_TIMEOUT_MS', 'requestTimeoutMs', 30_000, 100, 120_000),
  numberCase('MIGRATION_MAX_CONCURRENT', 'maxConcurrent', 5, 1, 20),
  numberCase('MIGRATION_PAGE_CONCURRENCY', 'pageConcurrency', 8, 1, 32),
  numberCase('MIGRATION_MAX_PER_RUN', 'maxPerRun', 100, 0, 100_000),
  numberCase('MIGRATION_RETRY_BASE_MS', 'retryBaseMs', 500, 1, 60_000),
  numberCase('MIGRATION_COOLDOWN_MINUTES', 'cooldownMinutes', 60, 0, 10_080),
  numberCase('MIGRATION_MAX_ATTEMPTS', 'maxAttempts', 5, 1, 100),
  numberCase('MIGRATION_WAIT_SECONDS', 'waitSeconds', 0, 0, 1_800),
];

const notNumbers = [
  '15abc',
  '1e3',
  '+5',
  '-5',
  ' 5',
  '5 ',
  '5\n',
  '0x10',
  '5.0',
  '5,0',
  '1_0',
  '"5"',
  '٥',
  'NaN',
  'Infinity',
  '9'.repeat(400),
];

const booleanCases: readonly (readonly [VariableName, keyof Config, boolean])[] = [
  ['MIGRATION_ENABLED', 'enabled', true],
  ['MIGRATION_DRY_RUN', 'dryRun', false],
  ['MIGRATION_RETRY_FAILED', 'retryFailed', true],
];

const choiceCases: readonly (readonly [VariableName, keyof Config, string, readonly string[]])[] = [
  ['MIGRATION_LOCAL_DATA', 'localData', 'warn', ['warn', 'hold']],
  ['MIGRATION_SAVE_DATA', 'saveData', 'off', ['off', 'try', 'require']],
  ['MIGRATION_FALLBACK', 'fallback', 'none', ['none', 'start']],
  ['MIGRATION_LOG_LEVEL', 'logLevel', 'info', ['debug', 'info', 'warn', 'error']],
  ['MIGRATION_LOG_FORMAT', 'logFormat', 'auto', ['text', 'json', 'auto']],
];

const patternCases: readonly (readonly [VariableName, 'include' | 'exclude'])[] = [
  ['MIGRATION_INCLUDE', 'include'],
  ['MIGRATION_EXCLUDE', 'exclude'],
];

describe('config: variables', () => {
  for (const { name, field, byDefault, lowest, highest } of numberCases) {
    describe(name, () => {
      const accepted: readonly (readonly [string, string | undefined, number])[] = [
        ['default', undefined, byDefault],
        ['empty', '', byDefault],
        ['lowest', String(lowest), lowest],
        ['highest', String(highest), highest],
        ['leading zeros', `00${highest}`, highest],
      ];
      for (const [title, value, expected] of accepted) {
        it(`accepts ${title}`, () => expect(configWith({ [name]: value })[field]).to.equal(expected));
      }
      for (const value of [String(lowest - 1), String(highest + 1), ...notNumbers]) {
        it(`refuses ${JSON.stringify(value.slice(0, 16))}`, () => {
          expect(messageFor(name, value)).to.match(
            new RegExp(`^must be a whole number from ${lowest} to ${highest}, in digits only`),
          );
        });
      }
    });
  }

  for (const [name, field, byDefault] of booleanCases) {
    describe(name, () => {
      for (const value of ['true', 'TRUE', 'True', '1', 'yes', 'YES']) {
        it(`reads ${value} as true`, () => expect(configWith({ [name]: value })[field]).to.equal(true));
      }
      for (const value of ['false', 'FALSE', 'False', '0', 'no', 'No']) {
        it(`reads ${value} as false`, () => expect(configWith({ [name]: value })[field]).to.equal(false));
      }
      for (const value of [undefined, '']) {
        it(`is ${String(byDefault)} when ${value === '' ? 'empty' : 'unset'}`, () => {
          expect(configWith({ [name]: value })[field]).to.equal(byDefault);
        });
      }
      for (const value of ['on', 'off', 'y', '2', '00', ' true', 'true\n', '"true"']) {
        it(`refuses ${JSON.stringify(value)}`, () => {
          expect(messageFor(name, value)).to.match(/^must be true or false \(1, 0, yes and no do as well\)/);
        });
      }
    });
  }

  for (const [name, field, byDefault, choices] of choiceCases) {
    describe(name, () => {
      for (const value of [undefined, '']) {
        it(`is ${byDefault} when ${value === '' ? 'empty' : 'unset'}`, () => {
          expect(configWith({ [name]: value })[field]).to.equal(byDefault);
        });
      }
      for (const choice of choices) {
        it(`accepts ${choice} in any case`, () => {
          expect(configWith({ [name]: choice })[field]).to.equal(choice);
          expect(configWith({ [name]: choice.toUpperCase() })[field]).to.equal(choice);
        });
      }
      for (const value of ['verbose', ' warn', `${byDefault}\n`, 'toString']) {
        it(`refuses ${JSON.stringify(value)}`, () => {
          expect(messageFor(name, value)).to.include(`must be one of ${choices.join(', ')}`);
        });
      }
    });
  }

  for (const [name, field] of patternCases) {
    describe(name, () => {
      const accepted: readonly (readonly [string, string | undefined, readonly string[]])[] = [
        ['unset', undefined, []],
        ['empty', '', []],
        ['blank', ' , ,', []],
        ['one item', 'train-*', ['train-*']],
        ['blanks around items', ' train-* ,\tid-1 ,, web ?', ['train-*', 'id-1', 'web ?']],
      ];
      for (const [title, value, expected] of accepted) {
        it(`accepts ${title}, frozen`, () => {
          const items = configWith({ [name]: value })[field];
          expect(items).to.deep.equal(expected);
          expect(items).to.be.frozen;
        });
      }
      for (const [value, reason] of [
        ['a,b[', 'item 2 has an unfinished or impossible [...]'],
        ['a,,[z-a]', 'item 3 has an unfinished or impossible [...]'],
        ['{a,b}', 'item 1 has braces'],
        ['@(a|b)', 'item 1 has braces'],
        ['"a*"', 'item 1 has braces'],
        ['!a', 'item 1 starts with !'],
        ['a\x1bb', 'item 1 has a control character'],
      ] as const) {
        it(`refuses ${JSON.stringify(value)}`, () => {
          const message = messageFor(name, value);
          expect(message).to.match(
            /^must be a comma-separated list of name patterns or instance ids, but item/,
          );
          expect(message).to.include(reason);
        });
      }
    });
  }

  it('has a default, an expectation and a meaning for people for each one', () => {
    for (const name of variableNames) {
      const variable = variables[name];
      expect(variable.default, name).not.to.equal('');
      expect(expectedValue(variable), name).not.to.equal('');
      expect(variable.meaning, name).to.match(/^[A-Z].*[^.]$/);
    }
  });
});
