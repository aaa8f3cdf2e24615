/*
 * Lists, selects and migrates as the rivals do, on whatever asks the API: what is left of the work when there is neither
 * a configuration nor a lock, a journal, a log, a retry, a report or any doubt.
 *
 * Usage of what calls it: list|migrate, with NOVITA_API_BASE_URL, NOVITA_API_KEY, PAGES_AT_ONCE and MIGRATIONS_AT_ONCE.
 */
const { argv, env, stdout } = require('node:process');

const pageSize = 100;

exports.api = `${env.NOVITA_API_BASE_URL}/gpu-instance/openapi/v1`;
exports.headers = {
  authorization: `Bearer ${env.NOVITA_API_KEY}`,
  'content-type': 'application/json',
};

/** @param ask - sends a request: method, path and body; resolves to the text of the answer */
exports.work = async (ask) => {
  const readPage = async (number) => {
    const path = `/gpu/instances?pageSize=${pageSize}&pageNum=${number}`;
    const { instances, total } = JSON.parse(await ask('GET', path));
    return { total, ids: instances.filter(isReclaimed).map(({ id }) => id) };
  };
  const { total, ids } = await readPage(1);
  const others = Array.from({ length: Math.ceil(total / pageSize) - 1 }, (_, index) => index + 2);
  const pages = await forEach(others, Number(env.PAGES_AT_ONCE), readPage);
  ids.push(...pages.flatMap((page) => page.ids));
  if (argv[2] === 'migrate') {
    const migrate = (instanceId) => ask('POST', '/gpu/instance/migrate', JSON.stringify({ instanceId }));
    await forEach(ids, Number(env.MIGRATIONS_AT_ONCE), migrate);
  }
  stdout.write(ids.map((id) => `${id}\n`).join(''));
};

async function forEach(items, atOnce, action) {
  const results = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await action(items[index]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}

/** Exited, reclaimed in the past, and not started since. */
function isReclaimed({ status, spotReclaimTime, lastStartedAt }) {
  const reclaimed = seconds(spotReclaimTime);
  const isPast = reclaimed > 0 && reclaimed <= Date.now() / 1000 + 60;
  return status === 'exited' && isPast && seconds(lastStartedAt) <= reclaimed;
}

function seconds(value) {
  return /^\d+$/.test(value) ? Number(value) : 0;
}
