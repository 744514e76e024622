// The stream of changes: a fixed list of writes to the sandbox, and the frame of each write.
import { request } from 'node:http';
import { Cluster } from '../../tests/lib/cluster.mjs';
import { askViews } from './pages.mjs';
import { Servers, normal } from './server.mjs';
import { WRITES } from './writes.mjs';

/** Time limit for a frame, in ms; a missing frame is a difference if the other side has one. */
const TIMEOUT_MS = 20_000;

export async function stream(pair) {
  const { report } = pair;
  const servers = await Servers.start(pair, ['--sandbox', '--sandbox-api', '127.0.0.1:0']);
  const since = (server, seq = 0) => `since=${server.epoch}-${server.first + seq}`;
  const told = await servers.both(async (server) => {
    const all = await openStream(`${server.url}/api/v1/events?${since(server)}`);
    const cluster = new Cluster(server.api);
    const frames = [['begin', await all.next()], ['begin', await all.next()]];
    // One write at a time, because simultaneous writes may come in one frame or in two.
    for (const [name, write] of WRITES) {
      await write(cluster);
      frames.push([name, await all.next()]);
    }
    all.close();
    return frames.map(([name, frame]) => [name, normal(frame, server)]);
  });
  compareFrames(report, 'write', ...told);
  await resumed(servers, report, since);
  await after(servers);
  await servers.stop('stream');
}

/** Streams that begin later, cover fewer namespaces, or get a reset. */
async function resumed(servers, report, since) {
  const cases = [
    ['all again', (server) => [since(server), {}], WRITES.length + 2],
    ['from the middle', (server) => [since(server, 9), {}], WRITES.length - 9 + 2],
    ['one namespace', (server) => [`${since(server)}&namespaces=kube-system`, {}], WRITES.filter(([name]) => /kube-system|Node|Namespace/.test(name)).length + 2],
    ['Last-Event-ID', (server) => [since(server), { 'last-event-id': `${server.epoch}-${server.first + 12}` }], WRITES.length - 12 + 2],
    ['another epoch', (server) => [`since=${server.epoch === 'deadbeef' ? 'deadbee0' : 'deadbeef'}-1`, {}], Infinity],
    ['the future', (server) => [since(server, 100_000), {}], Infinity],
  ];
  for (const [name, query, count] of cases) {
    const told = await servers.both(async (server) => {
      const [text, headers] = query(server);
      const own = await openStream(`${server.url}/api/v1/events?${text}`, headers);
      const frames = [];
      for (let frame; frames.length < count && (frame = await own.next()) !== null; ) frames.push([name, normal(frame, server)]);
      own.close();
      return frames;
    });
    compareFrames(report, name, ...told);
  }
}

/** The server's answers after the writes. */
async function after(servers) {
  await servers.ask('api', '/api/v1/snapshot', 'json', { name: 'after the writes: /api/v1/snapshot' });
  const objects = [['Service', 'default', 'golden'], ['Service', 'default', 'nginx-service'], ['Service', 'default', 'web-sts'], ['EndpointSlice', 'default', 'golden-1'], ['Pod', 'default', 'golden-0'], ['Endpoints', 'default', 'golden'], ['Node', '', 'node4'], ['Node', '', 'node2'], ['Namespace', '', 'golden'], ['Service', 'kube-system', 'kube-dns'], ['Pod', 'default', 'web-0']];
  for (const [kind, namespace, name] of objects) {
    const query = new URLSearchParams({ kind, ...(namespace && { namespace }), name });
    await servers.ask('api', `/api/v1/history?${query}`, 'json', { name: `after the writes: history of ${kind} ${name}` });
    await servers.ask('api', `/api/v1/object?${query}`, 'json', { name: `after the writes: object ${kind} ${name}` });
  }
  await askViews(servers, 'after the writes', ['', 'view=table', 'by=node', 'problems=1', 'lang=zh&problems=1', 'zoom=75', 'zoom=50', 'select=clusterIP%3A10.96.7.7', 'from=pod:default/web-0&to=10.96.7.7:80', 'from=pod:default/web-0&to=10.96.7.8:80']);
}

/** Compares frame by frame: the lines of each as text, its data as JSON. */
function compareFrames(report, name, base, now) {
  report.compare('stream', `${name}: frames`, 'text', String(base.length), String(now.length));
  base.forEach(([step, frame], n) => {
    const [before, after] = [frame, now[n]?.[1] ?? ''].map(split);
    report.compare('stream', `${name} ${n}, ${step} (lines)`, 'text', before.lines, after.lines);
    report.compare('stream', `${name} ${n}, ${step}`, 'json', before.data, after.data);
  });
}

function split(frame) {
  const lines = (frame ?? 'none').split('\n');
  const isData = (line) => line.startsWith('data: ');
  return { lines: lines.map((line) => (isData(line) ? 'data: …' : line)).join('\n'), data: lines.filter(isData).map((line) => line.slice(6)).join('\n') };
}

/** Reads a stream block by block, as it is sent: `next` is the next block, null at the end, or `none` if none comes. Comments are skipped. */
function openStream(url, headers = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, (response) => {
      const blocks = [];
      let [text, ended, wake] = ['', false, () => {}];
      response.setEncoding('utf8').on('data', (chunk) => {
        const parts = (text + chunk).split('\n\n');
        text = parts.pop();
        blocks.push(...parts.filter((block) => !block.startsWith(':')));
        wake();
      });
      const end = () => wake((ended = true));
      response.on('end', end).on('error', end);
      const next = async () => {
        const deadline = Date.now() + TIMEOUT_MS;
        while (blocks.length === 0 && !ended && Date.now() < deadline) {
          let timer;
          await new Promise((done) => ([wake, timer] = [done, setTimeout(done, deadline - Date.now())]));
          clearTimeout(timer);
        }
        return blocks.shift() ?? (ended ? null : 'none');
      };
      resolve({ next, close: () => asked.destroy() });
    });
    asked.on('error', reject);
    asked.end();
  });
}
