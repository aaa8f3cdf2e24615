/* Keeps what V8 made of a file for the next start, as the program does: without that, the floor would be too high. */
const { readFileSync, writeFileSync } = require('node:fs');
const { Module } = require('node:module');
const { dirname, join } = require('node:path');
const process = require('node:process');
const { Script } = require('node:vm');

/** @param path - absolute, of a file in CommonJS; what is kept lies in the folder of XDG_CACHE_HOME */
exports.requireWithKeptCode = (path) => {
  const cache = join(process.env.XDG_CACHE_HOME, 'floor.code');
  const cachedData = readIfThere(cache);
  const script = new Script(Module.wrap(readFileSync(path, 'utf8')), { filename: path, cachedData });
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, require, module, path, dirname(path));
  if (cachedData === undefined || script.cachedDataRejected)
    process.once('exit', () => writeFileSync(cache, script.createCachedData()));
  return module.exports;
};

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
