import { createBenchServer } from '/work/helpers/bench/bench/server/server.ts';
const b=createBenchServer(); const [size,recl,delay]=process.argv.slice(2).map(Number);
b.begin({fleet:{size,reclaimed:recl},delayMs:delay,slowEvery:0});
b.server.listen(Number(process.argv[5]??18100),'127.0.0.1');
