import { expect } from 'chai';
import { projectText } from '../support/projectFiles.js';

const { exclude } = JSON.parse(projectText('.c8rc.json')) as { readonly exclude: readonly string[] };

describe('what coverage leaves out', () => {
  for (const path of exclude) {
    it(`holds nothing that runs: ${path}`, () => {
      const lines = projectText(path).split('\n');
      const running = lines.filter((line) =>
        /^(?:export )?(?:async )?(?:const|let|function|class)\b|^for |^await /.test(line),
      );
      expect(running).to.deep.equal([]);
    });
  }
});
