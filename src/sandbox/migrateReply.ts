import { errorReply, jsonReply, type Reply } from './reply.js';
import type { MigrateBehaviour } from './sandboxInstance.js';
import { refusal, type SandboxWorld } from './world.js';

/** Answers requests to migrate or start, with the fault that the instance is made for. */
export interface MigrateReplies {
  /** @param body - that of version 1 of the API */
  migrate(body: unknown): Reply;
  /** @param body - that of version 2, whose path names the instance */
  migrateOfVersion2(id: string, body: unknown): Reply;
  start(body: unknown): Reply;
}

export function createMigrateReplies(world: SandboxWorld): MigrateReplies {
  const refusals = new Map<string, number>();

  const reply = (id: string, keepData: boolean): Reply => {
    const instance = world.find(id);
    const refusedBefore = refusals.get(id) ?? 0;
    const behaviour = instance?.migrateBehaviour;
    if (behaviour?.kind === 'refused_at_first' && refusedBefore < behaviour.times) {
      refusals.set(id, refusedBefore + 1);
      return refuse(behaviour);
    }
    return replyWithBehaviour(instance?.migrateBehaviour, () => apply(id, keepData, world));
  };

  return {
    migrate: (body) => {
      const id = instanceIdOf(body);
      return id === null ? errorReply(withoutId) : reply(id, false);
    },
    migrateOfVersion2: (id, body) => {
      const keepData = saveDataOf(body);
      if (keepData === null) return errorReply(refusal(400, 'VALIDATOR_PARAM', 'save_data is no boolean'));
      const behaviour = world.find(id)?.saveDataBehaviour;
      if (behaviour === 'no_such_request') return errorReply(refusal(404, 'NOT_FOUND', 'no such path'));
      // How the platform words this is not known.
      return keepData && behaviour === 'refused'
        ? errorReply(refusal(400, 'VALIDATOR_PARAM', 'save_data is not supported for this instance'))
        : reply(id, keepData);
    },
    start: (body) => {
      const id = instanceIdOf(body);
      return id === null ? errorReply(withoutId) : startReply(id, world);
    },
  };
}

const withoutId = refusal(400, 'VALIDATOR_PARAM', 'instanceId is required');

/** The answer to a start that is taken on is not documented. */
function startReply(id: string, world: SandboxWorld): Reply {
  const behaviour = world.find(id)?.startBehaviour;
  if (behaviour?.kind === 'refused') return refuse(behaviour);
  const refused = world.start(id);
  if (refused !== null) return errorReply(refused);
  return behaviour?.kind === 'applied_without_answer'
    ? { ...jsonReply({}), breakOff: 'before_answer' }
    : jsonReply({});
}

function replyWithBehaviour(behaviour: MigrateBehaviour | undefined, apply: () => Reply): Reply {
  switch (behaviour?.kind) {
    case 'refused':
      return refuse(behaviour);
    case 'answer_breaks_off':
      return { ...jsonReply({ jobId: 'never-applied' }), breakOff: 'within_answer' };
    case 'applied_without_answer':
      return withoutAnswer(apply(), behaviour.answer);
    case 'slow':
      return { ...apply(), delayMs: behaviour.delayMs };
    default:
      return apply();
  }
}

function refuse({ status, reason }: { readonly status: number; readonly reason: string }): Reply {
  const reply = errorReply(refusal(status, reason, 'refused by the sandbox'));
  return status === 429 ? { ...reply, retryAfterSeconds: 1 } : reply;
}

function apply(id: string, keepData: boolean, world: SandboxWorld): Reply {
  const answer = world.migrate(id, keepData);
  return 'jobId' in answer ? jsonReply(answer) : errorReply(answer);
}

function withoutAnswer(applied: Reply, answer: 'error' | 'reset' | 'html'): Reply {
  if (answer === 'reset') return { ...applied, breakOff: 'before_answer' };
  if (answer === 'error') return errorReply(refusal(500, 'UNKNOWN', 'internal error'));
  return { status: 200, body: '<html><body>Welcome</body></html>', contentType: 'text/html' };
}

function instanceIdOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('instanceId' in body)) return null;
  const { instanceId } = body;
  return typeof instanceId === 'string' && instanceId !== '' ? instanceId : null;
}

/** False when it does not say; null when it says something that is none. */
function saveDataOf(body: unknown): boolean | null {
  if (typeof body !== 'object' || body === null) return null;
  const saveData = 'save_data' in body ? body.save_data : false;
  return typeof saveData === 'boolean' ? saveData : null;
}
