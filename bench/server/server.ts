import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Fleet, instancesPage } from './fleet.js';
import { apiKey, type Counts, type Scenario } from './scenario.js';

export interface BenchServer {
  readonly server: Server;
  /** Answers from now on as the scenario says, and counts from zero. */
  begin(scenario: Scenario): void;
  counts(): Counts;
}

const pageSize = 100;
const apiPath = '/gpu-instance/openapi/v1';
const slowness = 4;

/** A server of the API that takes its time for each answer and has all pages ready before it is asked. */
export function createBenchServer(): BenchServer {
  const pagesOf = rememberPages();
  let run = newRun({ fleet: { size: 0, reclaimed: 0 }, delayMs: 0, slowEvery: 0 });

  const reply = (path: string, query: URLSearchParams, body: string) => {
    const { counts, scenario } = run;
    switch (path) {
      case `GET ${apiPath}/gpu/instances`: {
        counts.instancePages += 1;
        const pages = pagesOf(scenario.fleet);
        return { status: 200, body: pages[Number(query.get('pageNum')) - 1] ?? pages.at(-1), factor: 1 };
      }
      case `GET ${apiPath}/jobs`:
        counts.jobPages += 1;
        return { status: 200, body: noJobs, factor: 1 };
      case `POST ${apiPath}/gpu/instance/migrate`: {
        const count = counts.migrated.push(idIn(body));
        const isSlow = scenario.slowEvery > 0 && count % scenario.slowEvery === 0;
        return { status: 200, body: accepted, factor: isSlow ? slowness : 1 };
      }
      default:
        counts.refused += 1;
        return { status: 404, body: accepted, factor: 1 };
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { counts, scenario } = run;
    counts.open += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, counts.open);
    const body = request.method === 'POST' ? await text(request) : '';
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isKnown = request.headers.authorization === `Bearer ${apiKey}`;
    const path = isKnown ? `${request.method ?? ''} ${url.pathname}` : 'unauthorized';
    const { status, body: answered = noJobs, factor } = reply(path, url.searchParams, body);
    const send = (): void => {
      counts.open -= 1;
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': answered.length });
      response.end(answered);
    };
    if (scenario.delayMs === 0) send();
    else setTimeout(send, scenario.delayMs * factor);
  };

  return {
    server: createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    }),
    begin: (scenario) => {
      run = newRun(scenario);
      pagesOf(scenario.fleet);
    },
    counts: () => {
      const { instancePages, jobPages, migrated, refused, mostAtOnce } = run.counts;
      return { instancePages, jobPages, migrated: [...migrated], refused, mostAtOnce };
    },
  };
}

const noJobs = Buffer.from('{"jobs":[],"total":0}');
const accepted = Buffer.from('{}');

function newRun(scenario: Scenario) {
  const migrated: string[] = [];
  return {
    scenario,
    counts: { instancePages: 0, jobPages: 0, migrated, refused: 0, open: 0, mostAtOnce: 0 },
  };
}

/** Of the fleet that was asked for last, and an empty page at the end. */
function rememberPages(): (fleet: Fleet) => readonly Buffer[] {
  let known: { readonly fleet: Fleet; readonly pages: readonly Buffer[] } | null = null;
  return (fleet) => {
    if (known?.fleet.size !== fleet.size || known.fleet.reclaimed !== fleet.reclaimed) {
      const count = Math.ceil(fleet.size / pageSize) + 1;
      const page = (_: unknown, index: number) => Buffer.from(instancesPage(fleet, index + 1, pageSize));
      known = { fleet, pages: Array.from({ length: count }, page) };
    }
    return known.pages;
  };
}

function idIn(body: string): string {
  try {
    const { instanceId } = JSON.parse(body) as { readonly instanceId?: unknown };
    return typeof instanceId === 'string' ? instanceId : 'no id';
  } catch {
    return 'no JSON';
  }
}
