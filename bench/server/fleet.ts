/** The instances that the server lists. */
export interface Fleet {
  readonly size: number;
  /** How many of them were reclaimed and are to be migrated. */
  readonly reclaimed: number;
}

/** What every row weighs, in bytes of JSON. */
export const rowBytes = 2_000;

const startedAt = 1_767_000_000;
const reclaimedAt = 1_767_100_000;
const reclaimAnnouncedFor = 4_070_000_000;

type Fields = Readonly<Record<string, unknown>>;

const running: Fields = { status: 'running', spotStatus: 'running', spotReclaimTime: '0' };

/** Instances that look reclaimed at first sight, among many that do not. */
const leftAlone: readonly Fields[] = [
  { status: 'exited', spotStatus: '', spotReclaimTime: '0' },
  running,
  running,
  { status: 'exited', spotStatus: 'terminated', spotReclaimTime: '' },
  running,
  running,
  running,
  stoppedByItsOwner(),
  running,
  { status: 'exited', spotStatus: 'notified', spotReclaimTime: String(reclaimAnnouncedFor) },
  running,
  { status: 'running', spotStatus: 'notified', spotReclaimTime: String(reclaimedAt) },
  ...Array.from({ length: 8 }, () => running),
];

/** It has run since the provider took it back. */
function stoppedByItsOwner(): Fields {
  const lastStartedAt = String(reclaimedAt + 3_600);
  return { status: 'exited', spotStatus: 'terminated', spotReclaimTime: String(reclaimedAt), lastStartedAt };
}

const reclaimed: Fields = {
  status: 'exited',
  spotStatus: 'terminated',
  spotReclaimTime: String(reclaimedAt),
};

/** True for the positions, spread evenly over the fleet, at which there is a reclaimed instance. */
function isReclaimed(position: number, fleet: Fleet): boolean {
  const upTo = (end: number): number => Math.floor((end * fleet.reclaimed) / fleet.size);
  return upTo(position + 1) > upTo(position);
}

/** The ids of the instances to be migrated, in the order of the list. */
export function reclaimedIds(fleet: Fleet): readonly string[] {
  return positions(0, fleet.size)
    .filter((position) => isReclaimed(position, fleet))
    .map(idAt);
}

/** One page of the list, as the API sends it. */
export function instancesPage(fleet: Fleet, number: number, pageSize: number): string {
  const first = (number - 1) * pageSize;
  const rows = positions(first, Math.min(first + pageSize, fleet.size)).map((position) =>
    rowAt(position, fleet),
  );
  return `{"instances":[${rows.join(',')}],"total":${fleet.size}}`;
}

function positions(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function idAt(position: number): string {
  return `instance-${String(position + 1).padStart(6, '0')}`;
}

function rowAt(position: number, fleet: Fleet): string {
  const kind = isReclaimed(position, fleet) ? reclaimed : (leftAlone[position % leftAlone.length] ?? running);
  const row = {
    id: idAt(position),
    name: `training-${position + 1}`,
    clusterId: `cluster-${position % 4}`,
    clusterName: `Cluster ${position % 4}`,
    productId: `product-${position % 3}`,
    productName: 'RTX 4090 24GB',
    billingMode: 'spot',
    gpuNum: '1',
    cpuNum: '16',
    memory: '64',
    rootfsSize: 60,
    volumeMounts: [{ type: 'network', size: '100', id: `volume-${position}`, mountPath: '/data' }],
    createdAt: String(startedAt - 3_600),
    lastStartedAt: String(startedAt),
    lastStoppedAt: String(reclaimedAt),
    imageUrl: 'registry.example.com/training/image:latest',
    portMappings: [22, 80, 8888].map((port) => ({ port, endpoint: `node.example.com:${port}`, type: 'tcp' })),
    ...kind,
  };
  const unpadded = JSON.stringify({ ...row, command: '' }).length;
  return JSON.stringify({ ...row, command: 'x'.repeat(Math.max(0, rowBytes - unpadded)) });
}
