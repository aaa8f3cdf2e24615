import { addInstance } from './fleet.js';
import { applyMigration } from './migrations.js';
import { changeInstance, stateNow } from './records.js';
import { providerSeconds, type World } from './world.js';

const deeds = ['start', 'stop', 'migrate', 'remove', 'reclaim', 'create'] as const;

/** Lets owners, the console and the provider do something to the account while a run looks at it or acts. */
export function letOthersAct(world: World, count: number, withinMs: number): void {
  const { clock, random } = world;
  for (let left = count; left > 0; left -= 1) {
    clock.schedule(random.integer(0, withinMs), () => act(world, random.pick(deeds)));
  }
}

function act(world: World, deed: (typeof deeds)[number]): void {
  const { clock, random, note } = world;
  if (deed === 'create') {
    addInstance(world, `i-${world.instances.length + 1}`, random.pick(['running', 'reclaimed', 'stopped']));
    return;
  }
  const status = deed === 'stop' || deed === 'reclaim' ? 'running' : 'exited';
  const candidates = world.instances.filter((instance) => {
    const state = stateNow(instance);
    return state.exists && state.status === status;
  });
  if (candidates.length === 0) return;
  const instance = random.pick(candidates);
  const now = providerSeconds(world, clock.now());
  note(`others: ${deed} ${instance.id}`);
  switch (deed) {
    case 'start':
      changeInstance(instance, clock.now(), { status: 'running', spotStatus: 'running', lastStartedAt: now });
      return;
    case 'stop':
      changeInstance(instance, clock.now(), { status: 'exited' });
      return;
    case 'reclaim':
      changeInstance(instance, clock.now(), {
        status: 'exited',
        spotStatus: 'terminated',
        // It lies after the last start, as it does where an hour of protection comes first.
        spotReclaimTime: String(Math.max(now, stateNow(instance).lastStartedAt + 1)),
      });
      return;
    case 'remove':
      changeInstance(instance, clock.now(), { exists: false });
      return;
    case 'migrate':
      applyMigration(world, instance, null);
  }
}
