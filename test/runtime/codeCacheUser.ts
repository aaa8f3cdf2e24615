/** Loads a file with the code cache, and prints what it exports: node codeCacheUser.mjs <file> <folder of the cache> [id of the user] */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { useCodeCache } from '../../src/runtime/codeCache.js';

const [, , file = '', cacheFolder = '', userId = process.getuid?.() ?? -1] = process.argv;
useCodeCache(dirname(file), cacheFolder, {
  pid: process.pid,
  userId: Number(userId),
  onExit: (listener) => process.once('exit', listener),
});
process.stdout.write(String(createRequire(import.meta.url)(file)));
