import { Argument, InvalidArgumentError, Option } from 'commander';
import { nearestOf } from './nearest.js';

/** An option that takes one of a few values. A value that is none is refused with the nearest one. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices).argParser(readerOf(choices));
}

/** An argument that takes one of a few values. */
export function choiceArgument(name: string, description: string, choices: readonly string[]): Argument {
  return new Argument(name, description).choices(choices).argParser(readerOf(choices));
}

function readerOf(choices: readonly string[]): (value: string) => string {
  return (value) => {
    if (choices.includes(value)) return value;
    const nearest = nearestOf(value, choices);
    const suggestion = nearest === null ? '' : `\n(Did you mean ${nearest}?)`;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.${suggestion}`);
  };
}
