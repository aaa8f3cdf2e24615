#!/bin/sh
':' //; exec node -- "$0" "$@"
// The line above starts node as `env node` would, but with "--": without it, Node 20 takes our --env-file for its own.
const { main, leaveWith } = require('../dist/main.js');

void main(process.argv.slice(2)).then(leaveWith);
