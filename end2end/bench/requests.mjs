// A separate process that sends many requests at once and reads their answers. Started by `loads.mjs`, with the load as its argument:
//
//   { url, requests: [[path, count]], headers, rounds }   → { answers: { STATUS: count }, slowest, bytes }
import { Agent, get } from 'node:http';

const { url, requests, headers, rounds } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const result = { answers: {}, slowest: 0, bytes: 0 };

const one = (path) => new Promise((resolve) => {
  const began = performance.now();
  const ended = (status) => {
    result.answers[status] = (result.answers[status] ?? 0) + 1;
    result.slowest = Math.max(result.slowest, performance.now() - began);
    resolve();
  };
  const sent = get(new URL(path, url), { headers, agent }, (response) => {
    response.on('data', (chunk) => (result.bytes += chunk.length));
    response.on('end', () => ended(response.statusCode)).on('error', (error) => ended(error.code));
  });
  sent.on('error', (error) => ended(error.code));
});

for (let round = 0; round < rounds; round += 1) {
  await Promise.all(requests.flatMap(([path, count]) => Array.from({ length: count }, () => one(path))));
}
agent.destroy();
process.send(result);
process.disconnect();
