// A server on the sandbox's overview: its API, its pages, its refusals, and the sandbox's own Kubernetes API.
import { drawQuestions, randomFor, shuffled } from '../questions/draw.mjs';
import { facts, readObjects } from '../questions/objects.mjs';
import { drawSettings } from '../questions/settings.mjs';
import { QUERIES, askViews, socketsOf } from './pages.mjs';
import { REFUSED } from './refused.mjs';
import { Servers } from './server.mjs';
import { askBatch } from './traces.mjs';

const WORDS = [
  'nginx', 'NGINX', 'web', 'web-0', 'web-sts', 'kube', 'dns', 'coredns', 'influx', 'reports', 'mysql', 'production', 'admin', 'node', 'node1', 'node2', 'default', 'kube-system', 'x', 'nothing-like-this',
  '10.', '10.96', '10.96.0.10', '10.96.0.10:53', '10.96.0.10:53/udp', '10.244.1.5', '10.244.1.5:80', '10.244', '192.168.56.12', '192.168.56.12:30001', '192.168.1.25', '192.168.1.25:3306',
  '30001', ':30001', '30080', '80', '8', '53/udp', '53/tcp', '3306', '8086', '65535', 'app=nginx', 'app=web', 'k8s-app=kube-dns', 'app', 'nginx-service.default.svc', 'reports.example.com', 'reports.default', 'default/web-0',
  'default/nginx', 'service', 'Pod', ' web ', '中', '<script>', '"', '%', 'fd00::1', '[fd00::1]:80',
];

export async function sandbox(pair) {
  const servers = await Servers.start(pair, ['--sandbox', '--sandbox-api', '127.0.0.1:0']);
  const objects = await readObjects(servers.list[0].api);
  const questions = drawQuestions(facts(objects), randomFor('sandbox'), 250);
  for (const flags of drawSettings(randomFor('sandbox settings'), 6)) await askBatch(pair, 'trace', `sandbox ${flags.join(' ')}`, ['--sandbox', ...flags], questions);
  await documents(servers, objects);
  for (const question of shuffled(questions, randomFor('sandbox api')).slice(0, 60)) await trace(servers, question);
  const html = await servers.ask('page', '/', 'markup', { name: 'sandbox /' });
  await askViews(servers, 'sandbox', [...QUERIES, ...socketsOf(html).map((socket) => `select=${encodeURIComponent(socket)}`)]);
  for (const [name, path, options] of REFUSED) await servers.ask('refused', path, 'text', { name: name || path, ...options });
  await kubernetes(servers);
  await servers.stop('sandbox');
}

/** All documents of the API about the present cluster. */
async function documents(servers, { nodes, pods, services, slices }) {
  const json = (path) => servers.ask('api', `/api/v1/${path}`, 'json');
  for (const path of ['openapi.json', 'contexts', 'snapshot', 'snapshot?context=sandbox', 'snapshot?namespaces=default', 'snapshot?namespaces=kube-system', 'snapshot?namespaces=default,kube-system', 'snapshot?namespaces=none', 'snapshot?overview=true', 'snapshot?overview=true&namespaces=default']) await json(path);
  const named = [['Node', nodes], ['Pod', pods], ['Service', services], ['EndpointSlice', slices]].flatMap(([kind, list]) => list.map(({ metadata }) => [kind, metadata]));
  for (const [kind, { namespace, name }] of named) {
    const query = new URLSearchParams({ kind, ...(namespace && { namespace }), name });
    await json(`object?${query}`);
    await json(`history?${query}`);
  }
  const sockets = [
    ['Service', 'default', 'nginx-service', ['nodePort:192.168.56.12:30001', 'clusterIP:10.96.114.20', 'port:10.96.114.20:30080', 'dns:nginx-service.default.svc', 'endpoint:10.244.1.5:80']],
    ['Service', 'default', 'nginx-admin', ['nodePort:192.168.56.12:30002', 'port:10.96.61.7:8080']],
    ['Service', 'default', 'reports', ['dns:reports.default.svc', 'external:reports.example.com']],
    ['Service', 'default', 'web-sts', ['dns:web-sts.default.svc', 'port:web-sts.default.svc:80']],
    ['EndpointSlice', 'default', 'nginx-service-7xk2f', ['endpoint:10.244.1.5:80', 'endpoint:10.244.3.9:80', 'endpoint:10.9.9.9:80']],
    ['EndpointSlice', 'default', 'mysql-production', ['endpoint:192.168.1.25:3306', 'external:192.168.1.25:3306']],
    ['Pod', 'default', 'influxdb', ['hostPort:192.168.56.13:8086', 'podIP:10.244.3.14', 'containerPort:default/influxdb/influxdb:8086']],
    ['Pod', 'default', 'web-0', ['podIP:10.244.1.6', 'containerPort:default/web-0/nginx:80']],
  ];
  for (const [kind, namespace, name, all] of sockets) for (const socket of all) await json(`object?${new URLSearchParams({ kind, namespace, name, socket })}`);
  await json('object?kind=Node&name=node2&socket=nodeIP%3A192.168.56.12');
  for (const q of WORDS) await json(`search?${new URLSearchParams({ q })}`);
  await servers.ask('api', '/metrics', 'text', { plain: series });
  for (const path of ['/livez', '/readyz', '/pkg/nothing.js']) await servers.ask('api', path, 'text', { name: path });
  for (const path of ['/', '/api/v1/snapshot', '/graph.svg']) await servers.ask('api', path, 'text', { name: `${path} (HEAD)`, method: 'HEAD' });
}

/** The names, labels and help texts of metrics, sorted: the values depend on the clock. */
const series = (text) => text.split('\n').map((line) => (line.startsWith('#') ? line : line.replace(/ \S+$/, ' N'))).sort().join('\n');

/** One question as JSON and as text. */
async function trace(servers, { from, to, node }) {
  const query = new URLSearchParams({ from, to, ...(node && { node }) });
  await servers.ask('api', `/api/v1/trace?${query}`, 'json');
  await servers.ask('api', `/api/v1/trace?${query}&output=text`, 'text');
}

/** The Kubernetes API of the sandbox, as kubectl reads it. */
async function kubernetes(servers) {
  const core = ['nodes', 'namespaces', 'pods', 'services', 'endpoints', 'configmaps', 'events'].map((name) => `/api/v1/${name}`);
  const others = ['/apis/discovery.k8s.io/v1/endpointslices', '/apis/networking.k8s.io/v1/servicecidrs', '/apis/networking.k8s.io/v1/networkpolicies', '/apis/apps/v1/deployments'];
  const paths = [
    '/api', '/apis', '/api/v1', '/apis/discovery.k8s.io/v1', '/version', ...core, ...others, '/api/v1/namespaces/default/services', '/api/v1/namespaces/default/services/nginx-service', '/api/v1/pods?labelSelector=app%3Dnginx',
    '/api/v1/pods?fieldSelector=spec.nodeName%3Dnode1', '/api/v1/pods?limit=2', '/api/v1/namespaces/default/services/none', '/api/v1/secrets', '/nonsense', '/api/v1/pods?labelSelector=%3D%3D', '/api/v1/pods?limit=-1',
  ];
  for (const path of paths) await servers.ask('kubernetes', path, 'json', { root: 'api' });
}
