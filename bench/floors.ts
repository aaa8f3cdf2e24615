import { fileURLToPath } from 'node:url';
import type { Rival } from './rivals.js';

const floor = (name: string, file: string): Rival => ({
  name,
  program: process.execPath,
  script: fileURLToPath(new URL(`floors/${file}`, import.meta.url)),
  tools: [],
  isConcurrent: true,
});

/**
 * What a script on node takes for the work of the rivals. Nobody would run it; it tells how much of our time is that of
 * node and of its HTTP client. It makes neither of the round trips that are ours alone when we migrate (the job list, and
 * one migration that goes first as a probe), and it keeps its connections for migrate requests, too.
 */
export const floors: readonly Rival[] = [floor('node:http alone', 'http.cjs'), floor('got alone', 'got.cjs')];
