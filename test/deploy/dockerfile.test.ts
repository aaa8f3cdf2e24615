import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { validate } from 'dockerfile-utils';
import { readStages } from '../support/dockerfile.js';

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const { text, stages } = readStages();
const final = stages.at(-1);
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly scripts: Readonly<Record<string, string>>;
};

const copiedFromContext = stages
  .flatMap(({ copies }) => copies)
  .filter(({ fromStage }) => fromStage === null)
  .flatMap(({ sources }) => sources);

describe('the Dockerfile', () => {
  it('has nothing that the linter minds', () => {
    expect(validate(text)).to.be.empty;
    expect(validate(text.replace('WORKDIR', 'WORKDIRECTORY')), 'the linter works').to.not.be.empty;
  });

  it('pins every image by tag and digest', () => {
    expect(stages).to.have.length(2);
    for (const { image, tag, digest } of stages) {
      expect(tag, image).to.not.equal('');
      expect(digest, image).to.match(/^sha256:[0-9a-f]{64}$/);
    }
    expect(text, 'the builder itself would be fetched by tag').to.not.match(/^# *syntax *=/m);
  });

  it('builds with the major version of Node.js that it runs on', () => {
    const [build, runtime] = stages;
    const [, majorOfImage] = /nodejs(\d+)/.exec(runtime?.image ?? '') ?? [];
    expect(build?.tag.split('.')[0]).to.equal(majorOfImage);
  });

  it('runs as a user that is a number and not root', () => expect(final?.user).to.equal('65532:65532'));

  it('starts node without a shell, as PID 1, and by itself changes nothing', () => {
    expect(final?.entrypoint).to.deep.equal(['/nodejs/bin/node', '--', '/app/bin/novita-spot.js']);
    expect(final?.command).to.deep.equal(['--help']);
    expect(final?.runs, 'there is no shell to run it').to.be.empty;
  });

  it('puts nothing into the image but the program', () => {
    const copied = (final?.copies ?? []).flatMap(({ fromStage, sources, destination }) =>
      sources.map((source) => ({ fromStage, source, destination })),
    );
    expect(copied).to.have.deep.members([
      { fromStage: 'build', source: '/app/bin', destination: '/app/bin' },
      { fromStage: 'build', source: '/app/dist', destination: '/app/dist' },
      { fromStage: 'build', source: '/app/package.json', destination: '/app/' },
      { fromStage: 'build', source: '/app/LICENSE', destination: '/app/' },
    ]);
  });

  it('copies only paths that it names, and that exist', () => {
    expect(text).to.not.match(/^ADD /m);
    for (const source of copiedFromContext) {
      expect(source).to.match(/^[\w-]+(\.[\w-]+)*$/);
      expect(existsSync(at(source)), source).to.be.true;
    }
  });

  it('copies every file that the build names', () => {
    const { scripts } = manifest;
    const words = `${scripts['prebuild'] ?? ''} ${scripts['build'] ?? ''}`.split(/[\s"'=]+/);
    const files = words.filter((word) => /\.\w+$/.test(word) && existsSync(at(word)));
    for (const file of files) expect(copiedFromContext).to.include(file.replace(/^\.\//, '').split('/')[0]);
  });

  it('has labels that say what package.json says', () => {
    const name = 'org.opencontainers.image';
    expect(final?.labels).to.deep.equal({
      [`${name}.title`]: manifest.name,
      [`${name}.description`]: manifest.description,
      [`${name}.version`]: manifest.version,
      [`${name}.revision`]: '$REVISION',
      [`${name}.licenses`]: manifest.license,
    });
  });
});

describe('the .dockerignore', () => {
  const lines = readFileSync(at('.dockerignore'), 'utf8').split('\n');
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'));

  it('keeps everything out but what the Dockerfile copies', () => {
    const [first, ...exceptions] = patterns;
    expect(first).to.equal('*');
    // Being names without wildcards, these are all that is let in.
    expect(exceptions).to.have.members(copiedFromContext.map((source) => `!${source}`));
  });

  for (const secret of ['node_modules', '.git', '.npmrc', '.env', 'dist', 'api-key']) {
    it(`keeps ${secret} out`, () => expect(patterns).to.not.include(`!${secret}`));
  }
});
