/** A row of the instance or the job list, as the API sends it. */
export type Row = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** What one account of the provider holds, and what it was asked to do. */
export interface Account {
  /** Ids of the instances that a migrate request was carried out for, in order. */
  readonly applied: readonly string[];
  answer(method: string, url: URL, body: string): Reply;
}

const apiPath = '/gpu-instance/openapi/v1';

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** An instance that the decision table finds eligible. Each has a pool of its own, so none waits for another. */
export function reclaimedRow(id: string): Row {
  return {
    id,
    name: `name-of-${id}`,
    status: 'exited',
    spotStatus: 'terminated',
    spotReclaimTime: String(nowSeconds() - 600),
    billingMode: 'spot',
    productId: `product-${id}`,
    productName: 'RTX 4090 24GB',
    clusterId: `cluster-${id}`,
  };
}

/** The ids `prefix-1`, `prefix-2` and so on. */
export function numberedIds(count: number, prefix = 'i'): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}

/** An account whose migrations are accepted at once and go on for ever, as they do while a run looks on. */
export function createAccount(rows: readonly Row[]): Account {
  const instances = new Map(rows.map((row) => [String(row['id']), row]));
  const jobs: Row[] = [];
  const applied: string[] = [];

  const migrate = (id: string): Reply => {
    const instance = instances.get(id);
    if (!instance)
      return reply(404, { code: 404, reason: 'RESOURCE_NOT_FOUND', message: 'no such instance' });
    applied.push(id);
    instances.set(id, { ...instance, status: 'migrating' });
    const jobId = `job-${jobs.length + 1}`;
    const job = { Id: jobId, instanceId: id, type: 'instanceMigrate', state: { state: 'running' } };
    jobs.push({ ...job, createdAt: String(nowSeconds()) });
    return reply(200, { jobId });
  };

  return {
    applied,
    answer: (method, url, body) => {
      switch (`${method} ${url.pathname}`) {
        case `GET ${apiPath}/gpu/instances`:
          return reply(200, { instances: pageOf([...instances.values()], url), total: instances.size });
        case `GET ${apiPath}/gpu/instance`:
          return reply(200, instances.get(url.searchParams.get('instanceId') ?? '') ?? null);
        case `GET ${apiPath}/jobs`:
          return reply(200, { jobs: pageOf(jobs, url), total: jobs.length });
        case `POST ${apiPath}/gpu/instance/migrate`:
          return migrate((JSON.parse(body) as { instanceId: string }).instanceId);
        default:
          return reply(404, { code: 404, reason: 'NOT_FOUND', message: `${method} ${url.pathname}` });
      }
    },
  };
}

function reply(status: number, body: unknown): Reply {
  return { status, body: JSON.stringify(body) };
}

function pageOf(rows: readonly Row[], { searchParams }: URL): readonly Row[] {
  const size = Number(searchParams.get('pageSize'));
  const start = (Number(searchParams.get('pageNum')) - 1) * size;
  return rows.slice(start, start + size);
}
