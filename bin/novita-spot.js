#!/bin/sh
':' //; exec node -- "$0" "$@"
// The line above starts node as `env node` would, but with "--": without it, Node 20 takes our --env-file for its own.
import { main } from '../dist/main.js';

process.exitCode = await main(process.argv.slice(2));
