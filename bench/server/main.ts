/** The server as a process of its own, which its parent speaks to: so that it takes no time from what is measured. */
import type { AddressInfo } from 'node:net';
import type { Answer, Message } from './scenario.js';
import { createBenchServer } from './server.js';

const bench = createBenchServer();

function tell(answer: Answer): void {
  process.send?.(answer);
}

process.on('message', (message: Message) => {
  if (message === 'counts') {
    tell({ counts: bench.counts() });
    return;
  }
  bench.begin(message.begin);
  tell({ begun: true });
});
process.on('disconnect', () => {
  bench.server.close();
  bench.server.closeAllConnections();
});
bench.server.listen(0, '127.0.0.1', () => {
  const { port } = bench.server.address() as AddressInfo;
  tell({ baseUrl: `http://127.0.0.1:${port}` });
});
