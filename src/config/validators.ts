import {
  EnvError,
  makeExactValidator,
  type OptionalValidatorSpec,
  type RequiredValidatorSpec,
} from 'envalid';
import { compileNamePattern } from './namePattern.js';
import {
  expectedValue,
  type BooleanVariable,
  type ChoicesVariable,
  type ChoiceVariable,
  type NumberVariable,
  type PatternsVariable,
  type Variable,
} from './variableKinds.js';

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);

/** Whole decimal digits within the range of the variable: no sign, blank, fraction, exponent or base prefix. */
export function numberValidator(variable: NumberVariable): RequiredValidatorSpec<number> {
  return withDefault(variable, (text) => readNumber(text, variable));
}

/** The same for a variable without a default. */
export function optionalNumberValidator(variable: NumberVariable): OptionalValidatorSpec<number> {
  return makeExactValidator((text) => readNumber(text, variable))({ default: undefined });
}

function readNumber(text: string, variable: NumberVariable): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < variable.minimum || value > variable.maximum) throw unexpected(variable);
  return value;
}

/** true, false, 1, 0, yes or no, in any case. */
export function booleanValidator(variable: BooleanVariable): RequiredValidatorSpec<boolean> {
  return withDefault(variable, (text) => {
    const value = booleans.get(text.toLowerCase());
    if (value === undefined) throw unexpected(variable);
    return value;
  });
}

/** One of the choices of the variable, in any case. */
export function choiceValidator<Choice extends string>(
  variable: ChoiceVariable<Choice>,
): RequiredValidatorSpec<Choice> {
  return withDefault(variable, (text) => {
    const value = variable.choices.find((candidate) => candidate === text.toLowerCase());
    if (value === undefined) throw unexpected(variable);
    return value;
  });
}

/** A comma-separated list of choices of the variable, in any case; blanks around them and empty items are dropped. */
export function choicesValidator<Choice extends string>(
  variable: ChoicesVariable<Choice>,
): RequiredValidatorSpec<readonly Choice[]> {
  return withDefault<readonly Choice[]>(variable, (text) => {
    const items = text.split(',').map((item) => item.trim().toLowerCase());
    const given = new Set(items.filter((item) => item !== ''));
    const known = variable.choices.filter((choice) => given.has(choice));
    if (known.length < given.size || known.length === 0) throw unexpected(variable);
    return Object.freeze(known);
  });
}

/** Comma-separated name patterns or ids; blanks around them and empty items are dropped. */
export function patternsValidator(variable: PatternsVariable): RequiredValidatorSpec<readonly string[]> {
  const parse = (text: string): readonly string[] => {
    const items = text.split(',').map((item) => item.trim());
    for (const [index, item] of items.entries()) {
      if (item !== '') checkPattern(item, `must be ${expectedValue(variable)}, but item ${index + 1}`);
    }
    return Object.freeze(items.filter((item) => item !== ''));
  };
  return makeExactValidator(parse)({ default: Object.freeze([]) });
}

/** A variable that has no default of its own, with the given reading of it. */
export function optionalValidator(parse: (text: string) => string): OptionalValidatorSpec<string> {
  return makeExactValidator(parse)({ default: undefined });
}

/** The given reading of a variable, applied to its default as well. */
export function withDefault<Value>(
  variable: Variable,
  parse: (text: string) => NonNullable<Value>,
): RequiredValidatorSpec<Value> {
  return makeExactValidator<Value>(parse)({ default: parse(variable.default) });
}

function checkPattern(item: string, subject: string): void {
  try {
    compileNamePattern(item);
  } catch (error) {
    throw new EnvError(`${subject} ${error instanceof Error ? error.message : 'is not usable'}`);
  }
}

function unexpected(variable: Variable): EnvError {
  return new EnvError(`must be ${expectedValue(variable)}`);
}
