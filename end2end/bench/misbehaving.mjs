// make faults: API servers that misbehave, and what that costs kubehop under the limits of its Deployment. The fake server is a process of its
// own; the same modes are unit tests of the server crate, which also hold what the state says and that it recovers.
//
//   KUBEHOP_BIN=RELEASE node misbehaving.mjs [MODE]...
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { waitFor } from '../control-plane/wait.mjs';
import { directEnvironment } from '../control-plane/processes.mjs';
import { Kubehop } from '../tests/lib/kubehop.mjs';
import { limited } from './limits.mjs';
import { markdown } from './report.mjs';
import { LIMITS } from './loads.mjs';

/** Most memory above that of the normal server, in MB. */
const MOST_MEMORY_MB = 64;
const WATCHED_MS = 20_000;
const KINDS = { pods: 'Pod', services: 'Service', nodes: 'Node', namespaces: 'Namespace', endpoints: 'Endpoints', endpointslices: 'EndpointSlice', servicecidrs: 'ServiceCIDR' };
const MEGABYTE = 'y'.repeat(1_000_000);

const object = (kind, n) => ({
  metadata: { name: `${kind.toLowerCase()}-${n}`, uid: `${kind}-${n}`, resourceVersion: '10', ...(!['Node', 'Namespace', 'ServiceCIDR'].includes(kind) && { namespace: 'default' }) },
  ...(kind === 'Pod' && { spec: { nodeName: 'node-1', containers: [{ name: 'c' }] }, status: { phase: 'Running', podIP: `10.0.0.${n + 1}` } }),
  ...(kind === 'Service' && { spec: { clusterIP: `10.96.0.${n + 1}`, ports: [{ port: 80 }] } }),
});
const list = (kind, items, more) => ({ kind: `${kind}List`, apiVersion: 'v1', metadata: { resourceVersion: '10', ...(more && { continue: more }) }, items });
const objects = (kind, count) => Array.from({ length: count }, (_, n) => object(kind, n));
const event = (type, changed) => `${JSON.stringify({ type, object: changed })}\n`;
const refusal = (code, message = 'x') => ({ kind: 'Status', status: 'Failure', code, reason: 'X', message });

/**
 * The modes: `list(kind, n)` answers a list, `watch(kind, response)` a watch; without one the answer is normal. An answer is a document, or a
 * function of the response. `n` counts the lists.
 */
const MODES = {
  normal: {},
  'a repeated continue token': { list: (kind) => list(kind, objects(kind, 100), 'same') },
  'ever new continue tokens': { list: (kind, n) => list(kind, objects(kind, 100).map((one) => ({ ...one, metadata: { ...one.metadata, name: `${one.metadata.name}-${n}`, uid: `${one.metadata.uid}-${n}` } })), `c${n}`) },
  'items without metadata': { list: (kind) => list(kind, [{}, { spec: 5 }, { metadata: null }, object(kind, 1)]) },
  'a list of another kind': { list: () => ({ kind: 'SecretList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [{ kind: 'Secret', metadata: { name: 'a', namespace: 'b' }, data: { p: 'c2VjcmV0' } }] }) },
  'a list of 600 MB': { list: (kind) => (kind === 'Pod' ? endless('{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a","annotations":{"x":"', 600) : list(kind, objects(kind, 3))) },
  'a gzip bomb of 900 MB': { list: (kind) => (kind === 'Pod' ? bomb : list(kind, objects(kind, 3))) },
  'every watch ends with 410': { watch: (_, response) => response.end(event('ERROR', refusal(410, 'too old'))) },
  'every watch ends at once': { watch: (_, response) => response.end() },
  'one endless line of a watch': { watch: (kind, response) => kind === 'Pod' && pour(response, '{"type":"MODIFIED","object":{"metadata":{"name":"', 700) },
  'a flood of changes': { watch: (kind, response) => kind === 'Pod' && flood(response) },
  'refusals of 5 MB': { list: () => refused(403, {}, 'A'.repeat(5_000_000)) },
  'Retry-After: 0': { list: () => refused(503, { 'retry-after': '0' }) },
  'Retry-After: 0 with 429': { list: () => refused(429, { 'retry-after': '0' }) },
  'answers that are no JSON': { list: () => (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>login</html>') },
  'answers that never come': { list: () => () => {} },
};

const refused = (code, headers, message) => (response) => response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(refusal(code, message)));
const bomb = (response) => response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb.bytes);
const endless = (head, megabytes) => (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  pour(response, head, megabytes);
};

/** Sends this many megabytes of one text, no faster than they are read. */
function pour(response, head, megabytes) {
  response.write(head);
  let left = megabytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(MEGABYTE)) return response.once('drain', more);
    }
  };
  more();
}

function flood(response) {
  let n = 0;
  const more = () => {
    while (!response.destroyed) {
      n += 1;
      const changed = Array.from({ length: 50 }, (_, at) => event('MODIFIED', { ...object('Pod', (n * 50 + at) % 250), spec: { nodeName: `node-${n}`, containers: [] } }));
      if (!response.write(changed.join(''))) return response.once('drain', () => setImmediate(more));
    }
  };
  more();
}

/** The fake server: its mode comes with the first message, and each `count` is answered with the number of requests. */
function serve() {
  let [mode, lists, requests] = [{}, 0, 0];
  const server = createServer((request, response) => {
    requests += 1;
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const kind = KINDS[pathname.split('/').at(-1)];
    const send = (answer) => (typeof answer === 'function' ? answer(response) : response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)));
    response.on('error', () => {});
    if (!kind) return response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify(refusal(404)));
    if (searchParams.get('watch') !== 'true' && searchParams.get('watch') !== '1') return send((mode.list ?? ((own) => list(own, objects(own, 3))))(kind, (lists += 1)));
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    mode.watch?.(kind, response);
  });
  process.on('message', ({ name }) => {
    if (!name) return process.send({ requests });
    mode = MODES[name];
    if (name.includes('bomb')) bomb.bytes = gzipSync(Buffer.concat([Buffer.from('{"metadata":{},"items":[{"metadata":{"name":"'), Buffer.alloc(900_000_000, 'a'), Buffer.from('"}}]}')]), { level: 1 });
    server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  });
  process.on('disconnect', () => process.exit(0));
}

/** Measures the modes; resolves to a section of FAULTS.md. */
export async function misbehaving(names = Object.keys(MODES)) {
  const rows = [['the API server', 'memory, greatest', 'above normal', 'requests a minute', 'what the state says']];
  // The program's own pages count for the first group that reads them.
  await measured('normal');
  const normal = await measured('normal');
  for (const name of ['normal', ...names.filter((name) => name !== 'normal')]) {
    const { memory, requests, state } = name === 'normal' ? normal : await measured(name);
    const above = memory - normal.memory;
    const missed = above > MOST_MEMORY_MB;
    if (missed) process.exitCode = 1;
    const mb = (value) => (memory === undefined ? 'not measured' : `${value.toFixed(1)} MB`);
    const row = [name, mb(memory), `${mb(above)}${missed ? ' **missed**' : ''}`, String(Math.round(requests)), state];
    console.log(row.join(' | '));
    rows.push(row);
  }
  return `## API servers that misbehave\n\nGoal: at most ${MOST_MEMORY_MB} MB above normal. Each mode was followed for ${WATCHED_MS / 1000} s after the first status, under the same limits; the requests are those of that time, extrapolated to a minute, while the retries are still quick.\n\n${markdown(rows)}`;
}

async function measured(name) {
  const api = fork(import.meta.filename, ['--serve']);
  const said = () => new Promise((resolve) => api.once('message', resolve));
  api.send({ name });
  const { port } = await said();
  const dir = mkdtempSync(join(tmpdir(), 'kubehop-misbehaving-'));
  const kubeconfig = join(dir, 'kubeconfig');
  const named = (key, value) => [{ name: 'fake', [key]: value }];
  writeFileSync(kubeconfig, JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'fake', clusters: named('cluster', { server: `http://127.0.0.1:${port}` }), users: named('user', {}), contexts: named('context', { cluster: 'fake', user: 'fake' }) }));
  const group = limited(LIMITS);
  const kubehop = await Kubehop.start(['--kubeconfig', kubeconfig, '--listen', '127.0.0.1:0'], { through: group?.through, env: directEnvironment() });
  try {
    // The page's stream opens the context, and tells its state.
    const stream = await fetch(`${kubehop.url}/api/v1/events?alive=true`);
    const reader = statuses(stream.body);
    await waitFor(() => name === 'normal' ? reader.last?.state === 'live' : reader.last, `a status of ${name}`, 60_000);
    const requests = async () => (api.send({}), (await said()).requests);
    const before = await requests();
    await sleep(WATCHED_MS);
    const asked = ((await requests()) - before) * (60_000 / WATCHED_MS);
    const { state, kinds = [] } = reader.last;
    const problem = kinds.find(({ problem }) => problem)?.problem?.code;
    return { memory: group?.peak(), requests: asked, state: [state, problem].filter(Boolean).join(', ') };
  } finally {
    await kubehop.kill();
    group?.remove();
    api.disconnect();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The last status of a stream, as `last`. */
function statuses(body) {
  const seen = { last: undefined };
  (async () => {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop();
      for (const block of blocks) if (/^event: status$/m.test(block)) seen.last = JSON.parse(/^data: (.*)$/m.exec(block)[1]);
    }
  })().catch(() => {}); // It is cut at the end.
  return seen;
}

if (process.argv[2] === '--serve') serve();
else if (process.argv[1] === import.meta.filename) console.log(await misbehaving(process.argv.length > 2 ? process.argv.slice(2) : undefined));
