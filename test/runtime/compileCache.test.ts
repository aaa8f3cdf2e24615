import { chmodSync, mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { compileCacheFolder } from '../../src/runtime/compileCache.js';
import { useTemporaryFolder } from './temporaryFolder.js';

describe('the folder for compiled code', () => {
  const at = useTemporaryFolder();
  const userId = process.getuid?.() ?? null;

  function makeFolder(mode: number, ...names: readonly string[]): void {
    mkdirSync(at(...names), { recursive: true });
    chmodSync(at(...names), mode);
  }

  it('lies in the cache folder of the user', () => {
    makeFolder(0o700, 'home', '.cache');
    expect(compileCacheFolder({ HOME: at('home') }, userId)).to.equal(at('home', '.cache', 'novita-spot'));
  });

  it('lies where XDG_CACHE_HOME says, unless that is no absolute path', () => {
    makeFolder(0o755, 'caches');
    makeFolder(0o700, 'home', '.cache');
    const folder = (cacheHome: string) =>
      compileCacheFolder({ HOME: at('home'), XDG_CACHE_HOME: cacheHome }, userId);
    expect(folder(at('caches'))).to.equal(at('caches', 'novita-spot'));
    expect(folder('caches')).to.equal(at('home', '.cache', 'novita-spot'));
    expect(folder('')).to.equal(at('home', '.cache', 'novita-spot'));
  });

  it('is nowhere without a cache folder, which is not made either', () => {
    makeFolder(0o700, 'home');
    expect(compileCacheFolder({ HOME: at('home') }, userId)).to.equal(null);
    expect(compileCacheFolder({}, userId)).to.equal(null);
  });

  it('is nowhere when somebody else may write there', () => {
    for (const mode of [0o777, 0o770]) {
      makeFolder(mode, 'caches');
      expect(compileCacheFolder({ XDG_CACHE_HOME: at('caches') }, userId)).to.equal(null);
    }
  });

  it('is nowhere when the cache folder is that of somebody else', () => {
    makeFolder(0o700, 'caches');
    expect(compileCacheFolder({ XDG_CACHE_HOME: at('caches') }, (userId ?? 0) + 1)).to.equal(null);
  });
});
