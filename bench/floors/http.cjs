/* On node's own HTTP client, with connections that are kept. */
const { text } = require('node:stream/consumers');
const { api, headers, work } = require('./work.cjs');
const client = api.startsWith('https:') ? require('node:https') : require('node:http');

const agent = new client.Agent({ keepAlive: true });

const ask = (method, path, body) =>
  new Promise((resolve, reject) => {
    const request = client.request(api + path, { method, headers, agent });
    request.once('error', reject);
    request.once('response', (response) => {
      if (response.statusCode === 200) resolve(text(response));
      else reject(new Error(`${method} ${path} answered ${response.statusCode}`));
    });
    request.end(body);
  });

work(ask).finally(() => agent.destroy());
