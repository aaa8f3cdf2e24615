import { expect } from 'chai';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { errorOfAnswer } from '../../src/novita/classify.js';
import { createClientOn } from '../../src/novita/client.js';
import type { HttpRequest, Transport } from '../../src/novita/transport.js';
import { namedRows } from '../support/documentTables.js';
import { captureLog } from '../support/captureLog.js';
import { fakeClock } from '../support/fakeClock.js';
import { projectFiles, projectText } from '../support/projectFiles.js';
import { namesIn, schemaFields } from '../support/schemaFields.js';

const document = projectText('docs/api.md');
const classify = projectText('src/novita/classify.ts');

/** The text between a heading and the next one of any level. */
function sectionOf(heading: string): string {
  const [, after] = document.split(
    new RegExp(`^#+ ${heading.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\n`, 'm'),
  );
  if (after === undefined) throw new Error(`docs/api.md has no heading ${heading}`);
  return after.split(/^#+ /m)[0] ?? '';
}

function namesUnder(heading: string): readonly string[] {
  return namedRows(sectionOf(heading)).map(([name = '']) => name.replaceAll('`', ''));
}

/** Where the document has the fields of each schema, and what they are called there. */
const places: Readonly<Record<string, readonly (readonly [schema: string, prefix: string])[]>> = {
  'Read in the list of instances': [
    ['instancesPage', ''],
    ['instanceRow', ''],
    ['volumeMount', 'volumeMounts.'],
  ],
  'Read in the list of jobs': [
    ['jobsPage', ''],
    ['jobRow', ''],
    ['jobState', 'state.'],
  ],
  'Read of an accepted request': [['acceptedMigration', '']],
  'Read of an accepted request to keep data': [
    ['envelope', ''],
    ['wordsOfVersion2', ''],
  ],
  'Read of products': [
    ['productList', ''],
    ['productRow', ''],
  ],
  'Read of an error': [['errorBody', '']],
};

const schemas = new Map(projectFiles('src/novita/').flatMap((path) => [...schemaFields(projectText(path))]));

describe('docs/api.md tells of the fields that are read:', () => {
  for (const [heading, parts] of Object.entries(places)) {
    it(heading, () => {
      const expected = parts.flatMap(([schema, prefix]) =>
        (schemas.get(schema) ?? []).map((field) => `${prefix}${field}`),
      );
      expect(namesUnder(heading)).to.have.members(expected);
    });
  }

  it('of every schema', () => {
    const placed = Object.values(places).flatMap((parts) => parts.map(([schema]) => schema));
    expect([...schemas.keys()]).to.have.members(placed);
  });

  it('and none that must never be read', () => {
    const never = [...sectionOf('Never read').matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    expect(never).to.include.members(['envs', 'sshPassword', 'connectComponentSSH']);
    const read = [...schemas.values()].flat().flatMap((field) => field.split('.'));
    expect(read.filter((field) => never.includes(field))).to.deep.equal([]);
  });
});

describe('docs/api.md tells what an error means:', () => {
  const codeOf = (status: number, reason?: string): readonly string[] => {
    const body = reason === undefined ? '' : JSON.stringify({ reason });
    const error = errorOfAnswer({ status, retryAfter: undefined, body }, 0, (text) => text, 'api.example');
    return [error?.failure.code ?? 'none', error?.effect === 'none' ? 'no' : 'yes'];
  };

  const reasons = namedRows(sectionOf('Reasons')).map((cells) =>
    cells.map((cell) => cell.replaceAll('`', '')),
  );
  it('every reason', () => {
    const expected = [...namesIn(classify, 'codeOfReason'), 'BUDGET_*'];
    expect(reasons.map(([reason]) => reason)).to.have.members(expected);
  });
  for (const [reason = '', ...meaning] of reasons) {
    it(reason, () => {
      expect(codeOf(400, reason.replace('*', 'EXCEEDED'))).to.deep.equal(meaning);
    });
  }

  const statuses = namedRows(sectionOf('Statuses')).map(([status = '', meaning = '', effect = '']) => ({
    status: Number(status.replaceAll('`', '')),
    meaning: [/`(\w+)`/.exec(meaning)?.[1], effect],
  }));
  it('every status that has a meaning of its own', () => {
    const own = namesIn(classify, 'codeOfStatus').map(Number);
    expect(statuses.map(({ status }) => status)).to.include.members(own);
  });
  for (const { status, meaning } of statuses) {
    it(String(status), () => expect(codeOf(status)).to.deep.equal(meaning));
  }

  it('what a read is repeated for', () => {
    const [, , cell = ''] = /^\| (a GET) \| (.*?) \|/m.exec(sectionOf('What is sent again')) ?? [];
    const retryable = Object.entries(errorCatalogue).filter(([, { retryable }]) => retryable);
    expect([...cell.matchAll(/`(\w+)`/g)].map(([, code]) => code)).to.have.members(
      retryable.map(([code]) => code),
    );
  });
});

describe('docs/api.md tells of every request:', () => {
  const endpoints: Readonly<Record<string, string>> = {
    'GET /gpu-instance/openapi/v1/gpu/instances': 'Sent in the list of instances',
    'GET /gpu-instance/openapi/v1/gpu/instance': 'Sent for one instance',
    'GET /gpu-instance/openapi/v1/jobs': 'Sent in the list of jobs',
    'POST /gpu-instance/openapi/v1/gpu/instance/migrate': 'Sent to migrate',
    'PUT /gpus/v2/instances/{instanceId}/migrate': 'Sent to migrate with the data',
    'POST /gpu-instance/openapi/v1/gpu/instance/start': 'Sent to start',
    'GET /gpu-instance/openapi/v1/products': 'Sent for products',
  };
  const requests: HttpRequest[] = [];

  before(async () => {
    const all = { instances: [], jobs: [], total: 0, data: [], id: 'i-1', status: 'exited' };
    const lists = JSON.stringify(all);
    const transport: Transport = {
      send: (request) => {
        requests.push(request);
        return Promise.resolve({
          status: 200,
          retryAfter: undefined,
          body: request.method === 'GET' ? lists : '',
        });
      },
      close: () => undefined,
    };
    const client = createClientOn(transport, {
      baseUrl: 'https://api.example',
      pageConcurrency: 1,
      backoff: () => ({ baseMs: 1, randomFraction: 0 }),
      clock: fakeClock(0),
      log: captureLog().log,
      signal: new AbortController().signal,
    });
    for (const method of Object.values(client) as readonly ((id?: string) => unknown)[]) {
      // A method of one instance takes its id; the others take a signal at most, which may be left out.
      await (method.length === 0 ? method() : method('i-1'));
    }
  });

  const endpointOf = ({ method, url }: HttpRequest): string =>
    `${method} ${url.pathname.replace('/i-1/', '/{instanceId}/')}`;

  it('its method and path', () => {
    const documented = [...document.matchAll(/^## ((?:GET|POST|PUT|DELETE) .*)$/gm)].map(
      ([, heading]) => heading,
    );
    expect(documented).to.deep.equal(Object.keys(endpoints));
    expect([...new Set(requests.map(endpointOf))]).to.have.members(documented);
  });

  for (const [endpoint, heading] of Object.entries(endpoints)) {
    it(`what is sent to ${endpoint}`, () => {
      const [request] = requests.filter((each) => endpointOf(each) === endpoint);
      const sent = [
        ...[...(request?.url.searchParams.keys() ?? [])].map((name) => [name, 'query']),
        ...Object.keys(request?.body ?? {}).map((name) => [name, 'body']),
      ];
      const documented = namedRows(sectionOf(heading)).map(([name = '', place]) => [
        name.replaceAll('`', ''),
        place,
      ]);
      expect(documented).to.deep.equal(sent);
    });
  }
});
