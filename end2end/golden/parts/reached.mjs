// Servers with other options, or on other clusters, than the sandbox's overview on loopback.
import { Cluster, service } from '../../tests/lib/cluster.mjs';
import { askViews } from './pages.mjs';
import { Servers, snapshotWhen } from './server.mjs';

export async function reached(pair) {
  await basePath(pair);
  const alone = await Servers.start(pair, ['--sandbox', '--namespaces', 'kube-system', '--proxy-mode=nftables', '--cluster-cidr=']);
  await alone.ask('api', '/api/v1/snapshot', 'json', { name: '--namespaces: /api/v1/snapshot' });
  await alone.ask('api', '/api/v1/object?kind=Service&namespace=default&name=web-sts', 'json', { name: '--namespaces: an object of another' });
  await alone.ask('api', '/api/v1/trace?from=external:1.2.3.4&to=192.168.56.12:30001', 'json', { name: '--namespaces: a trace' });
  await alone.ask('api', '/api/v1/trace?from=pod:default/web-0&to=dns:web-sts.default:80', 'json', { name: '--namespaces: a trace to another' });
  await askViews(alone, '--namespaces', ['', 'view=table', 'lang=zh', 'namespaces=default', 'from=external:1.2.3.4&to=192.168.56.12:30001']);
  await alone.stop('--namespaces');

  const empty = await Servers.start(pair, ['--sandbox=empty']);
  await empty.ask('api', '/api/v1/snapshot', 'json', { name: 'empty: /api/v1/snapshot' });
  await askViews(empty, 'empty', ['', 'view=table', 'lang=zh', 'by=node', 'from=external:1.2.3.4&to=192.168.56.12:30001']);
  await empty.stop('empty');

  await big(pair);
}

async function basePath(pair) {
  const args = ['--sandbox', '--base-path', '/team/hop', '--allow-host', 'kubehop.example.com', '--embed-in', 'wiki.example.com'];
  const servers = await Servers.start(pair, args, { base: '/team/hop' });
  for (const path of ['/', '/?select=clusterIP:10.96.0.10', '/api/v1/contexts', '/nothing', '/api/nothing']) await servers.ask('reached', path, 'text', { name: `base path ${path}` });
  for (const path of ['', '/', '/team', '/team/hop', '/team/hop?a=b', '/team/hopper', '/api/v1/contexts']) await servers.ask('reached', path, 'text', { name: `beside the base path ${path}`, root: 'origin' });
  const named = [
    { host: 'kubehop.example.com' },
    { host: 'kubehop.example.com', origin: 'https://kubehop.example.com' },
    { host: 'other.example.com' },
    { origin: 'https://kubehop.example.com' },
    { origin: 'https://wiki.example.com' },
  ];
  for (const headers of named) await servers.ask('reached', '/api/v1/contexts', 'text', { name: `allowed names, ${JSON.stringify(headers)}`, headers });
  const embedded = { referer: 'https://wiki.example.com/page', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
  for (const headers of [embedded, { ...embedded, referer: 'https://other.example.com/' }]) await servers.ask('reached', '/graph.svg', 'text', { name: `embedded in ${headers.referer}`, headers });
  await servers.stop('base path');
}

/** A cluster that is shown as an overview of its namespaces. */
async function big(pair) {
  const servers = await Servers.start(pair, ['--sandbox=scale:20,2500,100,0', '--sandbox-api', '127.0.0.1:0'], { settle: counted });
  const snapshot = JSON.parse(await servers.ask('api', '/api/v1/snapshot?overview=true', 'json', { name: 'big: the overview' }));
  const names = snapshot.rows.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name);
  await servers.ask('api', `/api/v1/snapshot?namespaces=${names[0]}`, 'json', { name: 'big: one namespace' });
  await servers.ask('api', '/api/v1/snapshot', 'json', { name: 'big: all' });
  for (const q of ['a', '10.', names[0], '80']) await servers.ask('api', `/api/v1/search?q=${q}`, 'json', { name: `big: search ${q}` });
  const queries = ['', 'lang=zh', 'view=table', 'problems=1', 'by=node', `namespaces=${names[0]}`, `namespaces=${names.slice(0, 2)}&zoom=50`, `namespaces=${names[0]}&problems=1`, `namespaces=${names[0]}&view=table`];
  await askViews(servers, 'big', queries);
  await servers.stop('big');
}

/**
 * Waits until a server has counted the objects of each namespace. It counts once a second, the first time perhaps before the lists are
 * complete; until then it draws the whole cluster. An object that is written after the lists is counted last.
 */
async function counted({ url, api }) {
  const cluster = new Cluster(api);
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'zz-last' } });
  await cluster.create(service({ name: 'last', namespace: 'zz-last', ip: '10.96.255.250' }));
  await snapshotWhen(url, ({ rows }) => rows.some(({ name, counts }) => name === 'zz-last' && counts?.services === 1));
}
