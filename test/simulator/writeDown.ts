import type { Answer } from '../../src/novita/classify.js';
import { poolOf } from './records.js';
import type { Post, RunRecord } from './runRecord.js';
import type { World } from './world.js';

/** A request whose intent is being written when the run has to stop is as good as sent. */
export const journalMs = 40;

/** Writes down a request to migrate or start as it is sent, and what must not have happened before it. */
export function writeDownPost(
  { instanceId, isStart }: Pick<Post, 'instanceId' | 'isStart'>,
  run: RunRecord,
  atMs: number,
): Post {
  const earlier = run.posts.filter((each) => each.instanceId === instanceId);
  if ((run.intents.get(instanceId) ?? 0) <= earlier.length) {
    run.violations.push(`${instanceId} was requested before the journal had the intent`);
  }
  if (earlier.some(({ mayStillArrive }) => mayStillArrive)) {
    run.violations.push(`${instanceId} was requested again although nobody had answered the first request`);
  }
  if (run.wasRefusedLists) {
    run.violations.push(`${instanceId} was requested although the API had refused the account`);
  }
  if (run.stoppedAtMs !== null && atMs > run.stoppedAtMs + journalMs) {
    run.violations.push(`${instanceId} was requested ${atMs - run.stoppedAtMs} ms after the run had to stop`);
  }
  const post: Post = {
    instanceId,
    isStart,
    atMs,
    isAmbiguous: false,
    mayStillArrive: false,
    isRefusedAsItIs: false,
  };
  run.posts.push(post);
  return post;
}

/** Writes down what an answer told the program. */
export function writeDownAnswer(
  { status, body }: Answer,
  isWhole: boolean,
  post: Post | null,
  { world, run, isList }: { readonly world: World; readonly run: RunRecord; readonly isList: boolean },
): void {
  if (status === 401 || status === 403 || body.includes('BALANCE')) {
    run.wasRefusedAccess = true;
    // Once requests are under way, the others that are may still be sent.
    if (run.posts.length === 0 && isList) run.wasRefusedLists = true;
  }
  if (!post) return;
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  if (!isRefusal && !(isWhole && status < 300)) post.isAmbiguous = true;
  if (post.isAmbiguous && status < 500) post.mayStillArrive = true;
  post.isRefusedAsItIs = !post.isStart && body.includes('CUDA_VERSION_INCOMPATIBLE');
  if (/sav(e|ing)[ _]data/i.test(body)) run.dataRefused.add(post.instanceId);
  const instance = world.instances.find(({ id }) => id === post.instanceId);
  if (instance && /INSUFFICIENT|NODE_STATUS/.test(body)) run.poolsRefused.add(poolOf(instance));
}
