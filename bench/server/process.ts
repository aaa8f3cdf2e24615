import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Counts, Message, Scenario } from './scenario.js';

/** The server of the benchmark, in its own process. */
export interface ServerProcess {
  readonly baseUrl: string;
  begin(scenario: Scenario): Promise<void>;
  counts(): Promise<Counts>;
  close(): Promise<void>;
}

/** Starts the server. It ends with its parent, too. */
export async function startServerProcess(): Promise<ServerProcess> {
  const path = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = fork(path, { execArgv: ['--import', 'tsx/esm'], stdio: 'inherit' });
  const first = await answerOf(child);
  if (!('baseUrl' in first)) throw new Error('The server did not say where it is.');
  return {
    baseUrl: first.baseUrl,
    begin: async (scenario) => {
      await ask(child, { begin: scenario });
    },
    counts: async () => {
      const answer = await ask(child, 'counts');
      if (!('counts' in answer)) throw new Error('The server did not say what it counted.');
      return answer.counts;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function ask(child: ChildProcess, message: Message): Promise<Answer> {
  const answer = answerOf(child);
  child.send(message);
  return answer;
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const givenUp = new AbortController();
  const { signal } = givenUp;
  try {
    const ended = once(child, 'exit', { signal }).then(() => {
      throw new Error('The server has ended.');
    });
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [Answer];
    return answer;
  } finally {
    givenUp.abort();
  }
}
