interface Described {
  /** As shown to people; for numbers, booleans, choices and URLs it is also what the program reads. */
  readonly default: string;
  /** One sentence, without the final stop. */
  readonly meaning: string;
}
export interface NumberVariable extends Described {
  readonly kind: 'number';
  readonly minimum: number;
  readonly maximum: number;
}
export interface BooleanVariable extends Described {
  readonly kind: 'boolean';
}
export interface ChoiceVariable<Choice extends string = string> extends Described {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}
/** A comma-separated list of instance name patterns and ids. */
export interface PatternsVariable extends Described {
  readonly kind: 'patterns';
}
/** A comma-separated list of some of the choices. */
export interface ChoicesVariable<Choice extends string = string> extends Described {
  readonly kind: 'choices';
  readonly choices: readonly Choice[];
}
/** A key, URL or path: its value may be or hold a secret, so no message repeats it. */
export interface PrivateVariable extends Described {
  readonly kind: 'private';
  /** True when the value itself is a secret, not only something that may hold one. */
  readonly secret: boolean;
  /** What a good value is, as in "must be ...". */
  readonly expected: string;
}
export type Variable =
  NumberVariable | BooleanVariable | ChoiceVariable | ChoicesVariable | PatternsVariable | PrivateVariable;

export function number(byDefault: string, minimum: number, maximum: number, meaning: string): NumberVariable {
  return { kind: 'number', default: byDefault, minimum, maximum, meaning };
}
export function boolean(byDefault: 'true' | 'false', meaning: string): BooleanVariable {
  return { kind: 'boolean', default: byDefault, meaning };
}
export function choice<const Choice extends string>(
  byDefault: NoInfer<Choice>,
  choices: readonly Choice[],
  meaning: string,
): ChoiceVariable<Choice> {
  return { kind: 'choice', default: byDefault, choices, meaning };
}
export function patterns(meaning: string): PatternsVariable {
  return { kind: 'patterns', default: 'empty', meaning };
}
export function hidden(byDefault: string, expected: string, meaning: string): PrivateVariable {
  return { kind: 'private', secret: false, default: byDefault, expected, meaning };
}
/** A variable whose value is a secret: it is taken out of everything that is printed. */
export function secret(byDefault: string, expected: string, meaning: string): PrivateVariable {
  return { kind: 'private', secret: true, default: byDefault, expected, meaning };
}
/** By default, all of the choices. */
export function choices<const Choice extends string>(
  allowed: readonly Choice[],
  meaning: string,
): ChoicesVariable<Choice> {
  return { kind: 'choices', default: allowed.join(','), choices: allowed, meaning };
}

/** What a value of the variable has to be, to be read after "must be". */
export function expectedValue(variable: Variable): string {
  switch (variable.kind) {
    case 'number':
      return `a whole number from ${variable.minimum} to ${variable.maximum}, in digits only`;
    case 'boolean':
      return 'true or false (1, 0, yes and no do as well)';
    case 'choice':
      return `one of ${variable.choices.join(', ')}`;
    case 'choices':
      return `a comma-separated list of ${variable.choices.join(', ')}`;
    case 'patterns':
      return 'a comma-separated list of name patterns or instance ids';
    case 'private':
      return variable.expected;
  }
}
