import { choiceArgument } from '../choices.js';
import type { CommandDeclaration } from '../commandDeclaration.js';
import { shells } from '../shells.js';

export const completionCommand: CommandDeclaration<'completion'> = {
  name: 'completion',
  description: 'Print the script that completes novita-spot in a shell.',
  examples: [
    { line: 'source <(novita-spot completion bash)', meaning: 'in ~/.bashrc' },
    { line: 'source <(novita-spot completion zsh)', meaning: 'in ~/.zshrc, after compinit' },
    { line: 'novita-spot completion fish | source', meaning: 'in ~/.config/fish/config.fish' },
  ],
  exitReasons: ['ok', 'internal', 'usage', 'output'],
  argument: choiceArgument('<shell>', 'the shell', shells),
  options: [],
};
