import type { Product, SandboxInstance } from './sandboxInstance.js';
import type { SandboxJob } from './sandboxJob.js';
import { sandboxSecret } from './secrets.js';

/** A row of the instance list. The documentation has many of the numbers as strings. */
export function listRow(instance: SandboxInstance): Record<string, unknown> {
  const { spotStatus, spotReclaimTime } = instance;
  return { ...singleRow(instance), spotStatus, spotReclaimTime: String(spotReclaimTime) };
}

/** The answer for one instance: its documentation does not have the spot fields. */
export function singleRow(instance: SandboxInstance): Record<string, unknown> {
  return {
    id: instance.id,
    name: instance.name,
    status: instance.status,
    clusterId: instance.cluster.id,
    clusterName: instance.cluster.name,
    productId: instance.product.id,
    productName: instance.product.name,
    billingMode: instance.billingMode,
    kind: 'gpu',
    gpuNum: '1',
    cpuNum: '16',
    memory: '64',
    rootfsSize: 60,
    volumeMounts: instance.volumes.map(({ type, mountPath }, index) => ({
      type,
      size: '100',
      id: `volume-${index}`,
      mountPath,
    })),
    statusError: { state: '', message: '' },
    createdAt: String(instance.createdAt),
    lastStartedAt: String(instance.lastStartedAt),
    lastStoppedAt: String(instance.lastStoppedAt),
    keepDataDay: 7,
    autoMigrateOpen: false,
    ...secretFields(),
  };
}

/** Every place where the real API's answers hold a secret. */
function secretFields(): Record<string, unknown> {
  return {
    ownerId: sandboxSecret('owner'),
    userId: sandboxSecret('user'),
    imageUrl: 'docker.io/library/pytorch:2.9',
    imageAuthId: sandboxSecret('image-auth'),
    imageAuth: sandboxSecret('image-password'),
    command: `serve --token ${sandboxSecret('command')}`,
    entrypoint: sandboxSecret('entrypoint'),
    envs: [{ key: 'HF_TOKEN', value: sandboxSecret('environment') }],
    sshPassword: sandboxSecret('ssh-password'),
    sshCommand: `ssh root@${sandboxSecret('ssh-host')}`,
    portMappings: [{ port: 8188, type: 'http', endpoint: `https://${sandboxSecret('endpoint')}` }],
    connectComponentSSH: { user: 'root', password: sandboxSecret('ssh') },
    connectComponentWebTerminal: { address: sandboxSecret('web-terminal') },
    connectComponentJupyter: { token: sandboxSecret('jupyter') },
    connectComponentLog: { address: sandboxSecret('log') },
  };
}

/** A row of the job list. The documentation spells its id with a capital letter. */
export function jobRow({
  id,
  instanceId,
  type,
  state,
  error,
  errorMessage,
  createdAt,
}: SandboxJob): Record<string, unknown> {
  return {
    Id: id,
    user: sandboxSecret('job-user'),
    type,
    instanceId,
    state: { state, error, errorMessage },
    createdAt: String(createdAt),
    logAddress: `https://${sandboxSecret('job-log')}`,
    envs: [{ key: 'HF_TOKEN', value: sandboxSecret('job-environment') }],
  };
}

/** A row of the product list. The documentation has the one price as a number and the other as a string. */
export function productRow({ id, name, price, spotPrice, regions }: Product): Record<string, unknown> {
  return {
    id,
    name,
    cpuPerGpu: 16,
    memoryPerGpu: 64,
    diskPerGpu: 1000,
    availableDeploy: regions.length > 0,
    inventoryState: regions.length > 0 ? 'normal' : 'none',
    regions,
    price,
    monthlyPrice: [{ price: price * 600, month: 1 }],
    billingMethods: ['onDemand', 'monthly', 'spot'],
    spotPrice: String(spotPrice),
  };
}
