/* On got, in the form in which it is part of the program: bundled, and less what is never used. */
const { Agent: HttpAgent } = require('node:http');
const { Agent: HttpsAgent } = require('node:https');
const { got } = require('../../dist/got.js');
const { api, headers, work } = require('./work.cjs');

const agent = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
const client = got.extend({ headers, agent, retry: { limit: 0 } });

const ask = (method, path, body) => client(api + path, { method, ...(body ? { body } : {}) }).text();

work(ask).finally(() => {
  agent.http.destroy();
  agent.https.destroy();
});
