/* On got, in the form in which it is part of the program: bundled, less what is never used, and with its code kept. */
const { Agent: HttpAgent } = require('node:http');
const { Agent: HttpsAgent } = require('node:https');
const { requireWithKeptCode } = require('./keptCode.cjs');
const { api, headers, work } = require('./work.cjs');

const { got } = requireWithKeptCode(require.resolve('../../dist/got.js'));

const agent = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
const client = got.extend({ headers, agent, retry: { limit: 0 } });

const ask = (method, path, body) => client(api + path, { method, ...(body ? { body } : {}) }).text();

work(ask).finally(() => {
  agent.http.destroy();
  agent.https.destroy();
});
