import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readCommandLine } from '../../src/cli/program.js';
import { findingStates } from '../../src/core/accountHealth.js';
import { skipReasons } from '../../src/core/eligibility.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { exitCodes } from '../../src/core/exitCode.js';
import { logEvents } from '../../src/core/logEvents.js';
import { noticeTypes } from '../../src/core/notice.js';
import { outcomes } from '../../src/core/outcome.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';

/** Every name that a document may give in code style and in lower case. */
const names = new Set<string>([
  ...Object.keys(errorCatalogue),
  ...Object.keys(exitCodes),
  ...Object.keys(findingStates),
  ...Object.keys(logEvents),
  ...noticeTypes,
  ...outcomes,
  ...skipReasons,
]);
const facts = { version: '', scenarios: scenarioNames, width: 80 };

/** What is typed behind the program's name: in blocks and in code style, up to what a shell would do around it. */
function commandLines(text: string): readonly string[] {
  const inBlocks = [...text.matchAll(/^```(?:sh)?\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const inStyle = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...inBlocks, ...inStyle].flatMap((line) => {
    const [, typed] =
      /(?:^|[\s/($])novita-spot ((?:list|check|migrate|status|sandbox|help|--version)[^|#>;)&]*)/.exec(
        line,
      ) ?? [];
    return typed === undefined ? [] : [typed.replaceAll(/["']|2$/g, '').trim()];
  });
}

for (const name of ['operations.md', 'monitoring.md', 'troubleshooting.md']) {
  const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  describe(`docs/${name}`, () => {
    it('names no code, reason, outcome, event or notice that does not exist', () => {
      const words = [...text.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, word = '']) => word);
      expect(words.filter((word) => !names.has(word))).to.deep.equal([]);
    });

    const lines = commandLines(text.replaceAll(/<id(?:\|name)?>|<id or name>/g, 'an-id'));
    it('types commands', () => expect(lines).not.to.be.empty);
    for (const line of new Set(lines)) {
      it(`types a command line that is valid: ${line}`, () => {
        expect(readCommandLine(line.split(/\s+/), facts)).not.to.have.property('kind', 'usage');
      });
    }
  });
}
