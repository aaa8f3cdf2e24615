import { expectedValue, type Variable } from '../../src/config/variableKinds.js';
import { item, literal, prose } from './roff.js';

/** The variables of the configuration, each with what it means, may be, and is when unset. */
export function environmentItems(variables: Readonly<Record<string, Variable>>): readonly string[] {
  return Object.entries(variables).map(([name, variable]) =>
    item(
      literal(name),
      prose(`${variable.meaning}. It is ${expectedValue(variable)}. ${whenUnset(variable)}`),
    ),
  );
}

/** Some defaults are words about a value, and no values. */
function whenUnset(variable: Variable): string {
  const { default: byDefault } = variable;
  // One long word would not fit a line of the page.
  if (variable.kind === 'choices' && byDefault === variable.choices.join(','))
    return 'The default is all of them.';
  if (byDefault === 'required') return 'There is no default.';
  const isValue = !byDefault.includes(' ') && byDefault !== 'unset' && byDefault !== 'empty';
  return `The default is ${isValue ? `\`${byDefault}\`` : byDefault}.`;
}
