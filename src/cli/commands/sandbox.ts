import { InvalidArgumentError, Option } from 'commander';
import { choiceOption } from '../choices.js';
import type { CommandDeclaration } from '../commandDeclaration.js';

/** @param scenarios - what the emulated account can hold */
export function sandboxCommand(scenarios: readonly string[]): CommandDeclaration<'sandbox'> {
  return {
    name: 'sandbox',
    description: 'Serve the emulated Novita API on loopback until stopped.',
    examples: [
      { line: 'novita-spot sandbox > sandbox.env', meaning: 'in one terminal, and in another:' },
      { line: 'novita-spot list --env-file sandbox.env', meaning: 'use it' },
      { line: 'novita-spot sandbox --scenario faults', meaning: 'an API that fails in many ways' },
    ],
    exitReasons: ['ok', 'internal', 'usage', 'unavailable', 'output'],
    options: [
      new Option('--port <port>', 'the port to listen on; 0 takes any free one')
        .argParser(readPort)
        .default(0),
      choiceOption('--scenario <scenario>', 'what the account holds', scenarios).default('demo'),
    ],
  };
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Expected a whole number from 0 to 65535.');
  return port;
}
