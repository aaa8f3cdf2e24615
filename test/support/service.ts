import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Service {
  readonly url: string;
  /** Ends it and waits until it has. */
  readonly stop: () => Promise<void>;
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a program that serves HTTP on a port of 127.0.0.1 and waits until it answers.
 *
 * @param argsFor - its arguments, for the address it is to listen on, such as 127.0.0.1:4711
 * @param path - is asked for until it is answered with 200
 */
export async function startService(
  program: string,
  argsFor: (address: string) => readonly string[],
  path: string,
): Promise<Service> {
  const address = `127.0.0.1:${await closedPort()}`;
  const url = `http://${address}`;
  const child = spawn(program, argsFor(address), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = endOf(child);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(url + path).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) break;
    if (child.exitCode !== null || child.pid === undefined || attempt === 200)
      throw new Error(`${program} does not serve ${url}${path}: ${said}`);
    await sleep(50);
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}
