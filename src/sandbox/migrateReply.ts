import { errorReply, jsonReply, type Reply } from './reply.js';
import type { SandboxInstance } from './sandboxInstance.js';
import { refusal, type SandboxWorld } from './world.js';

/** Answers migrate requests, with the fault that the instance is made for. */
export type MigrateReplies = (body: unknown) => Reply;

export function createMigrateReplies(world: SandboxWorld): MigrateReplies {
  const refusals = new Map<string, number>();

  return (body) => {
    const id = instanceIdOf(body);
    if (id === null) return errorReply(refusal(400, 'VALIDATOR_PARAM', 'instanceId is required'));
    const instance = world.find(id);
    const refusedBefore = refusals.get(id) ?? 0;
    const behaviour = instance?.migrateBehaviour;
    if (behaviour?.kind === 'refused_at_first' && refusedBefore < behaviour.times) {
      refusals.set(id, refusedBefore + 1);
      return refuse(behaviour);
    }
    return replyWithBehaviour(id, instance, world);
  };
}

function replyWithBehaviour(id: string, instance: SandboxInstance | undefined, world: SandboxWorld): Reply {
  const behaviour = instance?.migrateBehaviour;
  switch (behaviour?.kind) {
    case 'refused':
      return refuse(behaviour);
    case 'answer_breaks_off':
      return { ...jsonReply({ jobId: 'never-applied' }), breakOff: 'within_answer' };
    case 'applied_without_answer':
      return withoutAnswer(apply(id, world), behaviour.answer);
    case 'slow':
      return { ...apply(id, world), delayMs: behaviour.delayMs };
    default:
      return apply(id, world);
  }
}

function refuse({ status, reason }: { readonly status: number; readonly reason: string }): Reply {
  const reply = errorReply(refusal(status, reason, 'refused by the sandbox'));
  return status === 429 ? { ...reply, retryAfterSeconds: 1 } : reply;
}

function apply(id: string, world: SandboxWorld): Reply {
  const answer = world.migrate(id);
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
