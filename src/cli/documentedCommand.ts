import { Command } from 'commander';
import type { ExitReason } from '../core/exitCode.js';

/** A command line to copy, and what it is good for. */
export interface Example {
  readonly line: string;
  readonly meaning: string;
}

/** How a command may end, by a code that means something else there than elsewhere. */
export interface OwnExitStatus {
  readonly code: number;
  readonly meaning: string;
}

/** What people are told of a command, beyond its description and its options. */
export interface Documentation {
  readonly examples: readonly Example[];
  /** How a run of it may end. */
  readonly exitReasons: readonly ExitReason[];
  readonly ownExitStatuses?: readonly OwnExitStatus[];
}

/** A command that carries its documentation, so that help, man page and completion share one source. */
export class DocumentedCommand extends Command {
  documentation: Documentation = { examples: [], exitReasons: [] };

  override createCommand(name?: string): DocumentedCommand {
    return new DocumentedCommand(name);
  }
}

/** The documentation of any command; of one that has none, nothing. */
export function documentationOf(command: Command): Documentation {
  return command instanceof DocumentedCommand ? command.documentation : { examples: [], exitReasons: [] };
}
