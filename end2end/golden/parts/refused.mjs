// Refused requests: by HTTP, and commands with wrong sources, destinations, flags and files. A reader corrects the question by these
// messages, so every word is compared.
import { askCommand } from './traces.mjs';

const post = { method: 'POST' };
const trace = (from, to, more = '') => `/api/v1/trace?${new URLSearchParams({ from, to })}${more}`;

/** `[name, path, { method, headers }]`; without a name the path is the name. */
export const REFUSED = [
  ...['/api', '/api/v1', '/api/v1/secrets', '/api/v2/snapshot', '/nothing', '/pkg/../etc/passwd', '/%2e%2e/x'].map((path) => ['', path]),
  ...['snapshot?context=nowhere', 'snapshot?namespaces=A_b', 'snapshot?namespaces=a,,B', 'snapshot?overview=maybe', 'snapshot?context=a&context=b'].map((path) => ['', `/api/v1/${path}`]),
  ...['events?since=yesterday', 'events?since=0f3c9a21', 'events?since=-1', 'events?alive=maybe', 'events?context=nowhere', 'events?namespaces=A_b'].map((path) => ['', `/api/v1/${path}`]),
  ['Last-Event-ID: nonsense', '/api/v1/events', { headers: { 'last-event-id': 'nonsense' } }],
  ...['', '?from=external:1.2.3.4', '?to=10.0.0.1:80', '?from=&to=10.0.0.1:80'].map((query) => ['', `/api/v1/trace${query}`]),
  ...[
    ['external:nowhere', '10.0.0.1:80'], ['pod:default/none', '10.96.0.10:53'], ['node:none', '10.96.0.10:53'], ['localhost:none', '10.96.0.10:53'], ['10.0.0.1', '10.96.0.10:53'], ['pod:a', '10.96.0.10:53'],
    ['external:1.2.3.4', '10.0.0.256:80'], ['external:1.2.3.4', '10.0.0.1:0'], ['external:1.2.3.4', 'svc.ns:80'], ['external:1.2.3.4', 'http://a/'], ['external:1.2.3.4', 'dns:'], ['external:1.2.3.4', 'dns:a?HINFO'], ['<script>', '"'],
  ].map(([from, to]) => ['', trace(from, to)]),
  ['', trace('external:1.2.3.4', '10.96.0.10:53', '&node=none')],
  ['', trace('external:1.2.3.4', '10.96.0.10:53', '&output=yaml')],
  ['', trace('external:1.2.3.4', '10.96.0.10:53', '&context=nowhere')],
  ...['', '?kind=Service', '?kind=Service&namespace=default', '?kind=Service&name=web', '?kind=Teapot&name=a', '?kind=Secret&namespace=default&name=a', '?kind=Node&namespace=default&name=node1', '?kind=Service&namespace=A_b&name=web', '?kind=Service&namespace=default&name=none']
    .flatMap((query) => [['', `/api/v1/object${query}`], ['', `/api/v1/history${query}`]]),
  ...['?kind=Service&namespace=default&name=..', '?kind=Pod&namespace=default&name=a%2Fb', '?kind=Namespace&name=default', '?kind=ServiceCIDR&name=kubernetes', '?kind=Endpoint&namespace=default&name=a', '?kind=Service&namespace=default&name=nginx-service&socket=teapot%3A1'].map((query) => ['', `/api/v1/object${query}`]),
  ...['', '?q=', '?q=%20', '?q=a&context=nowhere'].map((query) => ['', `/api/v1/search${query}`]),
  ...['?context=nowhere', '?theme=blue', '?select=teapot', '?find=kind%3Ateapot', '?hide=colour%3Ared', '?namespaces=A_b', '?select=a&select=b'].map((query) => ['', `/graph.svg${query}`]),
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].flatMap((method) => ['/', '/api/v1/snapshot', '/api/v1/events', '/graph.svg', '/favicon.svg', '/nothing'].map((path) => ['', path, { method }])),
  ...['example.com', 'example.com:80', '10.0.0.1', 'user@localhost', ''].map((host) => [`Host: ${host}`, '/api/v1/contexts', { headers: { host } }]),
  ...['https://example.com', 'null', 'nonsense'].map((origin) => [`Origin: ${origin}`, '/api/v1/contexts', { headers: { origin } }]),
  ...['cross-site', 'same-site'].flatMap((site) => ['/', '/api/v1/contexts', '/graph.svg'].map((path) => [`${path}, Sec-Fetch-Site: ${site}`, path, { headers: { 'sec-fetch-site': site } }])),
  ['a link from elsewhere', '/', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } }],
  ['a long URL', `/api/v1/search?q=${'a'.repeat(9000)}`],
  ['a body', '/api/v1/contexts', { headers: { 'content-length': '3' } }],
  ['POST with a body', '/api/v1/trace', { ...post, headers: { 'content-length': '0' } }],
  ['compressed', '/api/v1/openapi.json', { method: 'HEAD', headers: { 'accept-encoding': 'gzip, br, zstd' } }],
  ['an unknown language', '/?lang=tlh', { method: 'HEAD', headers: { 'accept-language': 'zh' } }],
];

const FILE = 'trials/42-two-services-one-lb-ip/input.yaml';
const ask = (from, to, ...more) => ['trace', '-f', FILE, '--from', from, '--to', to, ...more];
const flags = (...list) => ask('external:203.0.113.7', '192.168.1.4:443', ...list);
const file = (name, ...more) => ['trace', '-f', name, '--from', 'external:1.2.3.4', '--to', '10.0.0.1:80', ...more];
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: svc1, namespace: ns1}\nspec:\n  clusterIP: 172.30.0.41\n  ports:\n  - port: 80\n';

const COMMANDS = [
  ...[['--help'], ['-h'], ['--version'], ['help'], ['help', 'trace'], ['trace', '--help'], ['trace', '-h'], ['serve', '--help'], ['doctor', '--help'], ['help', 'nothing']],
  ...[['trace'], ['nothing'], ['--nothing'], ['trace', '--nothing'], ['trace', '--from', 'external:1.2.3.4'], ['trace', '--to', '10.0.0.1:80'], ['trace', '--sandbox', 'overview'], ['trace', '--sandbox', '--batch', 'nothing.txt']],
  ...['', '10.0.0.1', 'internet:1.2.3.4', 'external:nowhere', 'external:010.0.0.1', 'external:', 'pod:a', 'pod:ns/', 'pod:ns/a/b', 'pod:default/none', 'node:', 'node:none', 'localhost:none', 'pod-ip:x', 'Pod:default/app', 'external:1.2.3.4:80', 'external:fe80::1%eth0', '\u202eexternal:1.2.3.4'].map((from) => ask(from, '192.168.1.4:443')),
  ...[
    '', 'svc1.ns1:80', '10.0.0.1:0', '10.0.0.1:http', '10.0.0.1:65536', '10.0.0.1:80/quic', '10.0.0.1/udp', '10.0.0.1:80/icmp', '10.0.0.256:80', '[fd00::1:80', 'fd00::1:80', 'HTTPS://shop.example/', 'http://shop.example/', 'dns:', 'dns:a b', 'dns:svc1?HINFO', 'dns:svc1/udp',
    'dns:10.0.0.1:80', 'web', '443', ':443', '10.0.0.1:', '10.0.0.1:+80', '10.0.0.1:080', 'svc/web', '\u0007', '192.168.1.4:443 ',
  ].map((to) => ask('external:203.0.113.7', to)),
  ...['none', '', 'N1'].map((node) => flags('--node', node)),
  ...[
    '--proxy-mode=userspace', '--proxy-mode=', '--cluster-cidr=10.0.0.0/33', '--cluster-cidr=x', '--service-cidr=10.0.0.1/99', '--node-port-addresses=eth0', '--masquerade-all=maybe', '--detect-local-mode=Magic', '--localhost-node-ports=x', '--feature-gates=A', '--feature-gates=A=maybe', '--feature-gates=Unknown=true',
    '--hostname-override=n1', '--service-node-port-range=1', '--service-node-port-range=9-1', '--cluster-domain=', '--cluster-domain=a b', '--output=yaml', '-o', '--sandbox', '--context=a', '--namespaces=a', '--kubeconfig=x', '--batch=x', '--detect-local-mode=BridgeInterface',
  ].map((flag) => flags(flag)),
  ...['nothing.yaml', 'trials', 'trials/files/ansi.json', 'trials/files/dupfield.json', 'trials/files/endslice_bad.yaml', 'trials/files/ipbig.yaml', 'trials/files/ipempty.yaml', 'trials/files/portbig.yaml', 'trials/files/portmiss.yaml', 'trials/files/portneg.yaml', 'trials/files/utf16.yaml', 'playwright.config.mjs'].map((name) => file(name)),
  ...[['-o', 'json'], ['-o', 'text']].map((output) => file('trials/files/ansi.json', ...output)),
  ...[['--sandbox=nothing'], ['--sandbox=nothing.yaml'], ['--sandbox=scale:x'], ['--sandbox=scale:1,2'], ['--sandbox=playwright.config.mjs'], ['--sandbox=trials/files/utf16.yaml'], ['--sandbox=trials/files/dupfield.json']].map(([sandbox]) => ['trace', sandbox, '--from', 'external:1.2.3.4', '--to', '10.0.0.1:80']),
  ...[[], ['--context', 'c'], ['--kubeconfig', 'nothing'], ['--namespaces', 'A_b']].flatMap((more) => [['trace', '--from', 'external:1.2.3.4', '--to', '10.0.0.1:80', ...more], ['doctor', ...more]]),
  ...[['--listen', 'nowhere'], ['--listen', '1.2.3.4:80:90'], ['--base-path', 'x'], ['--base-path', '/a b'], ['--allow-host', 'http://a'], ['--embed-in', 'a:b'], ['--max-connections', '0'], ['--log-format', 'xml'], ['--health-listen', 'x'], ['--listen', '127.0.0.1:0', '--sandbox-api', '0.0.0.0:0']].map((more) => ['--sandbox', ...more]),
  ['--sandbox-api', '127.0.0.1:0'],
  ['doctor', '--sandbox'],
  ['doctor', '--sandbox', '-o', 'json'],
  ['doctor', '--sandbox', '--proxy-mode', 'userspace'],
];

/** Files on stdin. */
const TEXTS = [
  '', 'just a text\n', 'kind: Pod\n', 'apiVersion: v1\nkind: Pod\nspec: {}\n', 'a: [\n', '[]', '[{}]', 'null', '"', '\u0000', '---\n---\n', '{{ .Values.x }}\n', 'NAME   READY   STATUS\nweb    1/1     Running\n',
  `${SERVICE}---\n${SERVICE}`, `${SERVICE}---\n${SERVICE.replace('80', '81')}`, SERVICE.replace('port: 80', 'port: abc'), SERVICE.replace('\n  - port: 80', ' {port: 80}'), SERVICE.replace('172.30.0.41', '[]'), SERVICE.replace('port: 80', 'port: 80.5'),
  SERVICE.replace('port: 80', 'port: 70000'), SERVICE.replace('172.30.0.41', 'nonsense'), SERVICE.replace('- port: 80', '- {port: 80, targetPort: true}'), SERVICE.replace('- port: 80', '- {port: 80, port: 81}'), SERVICE.replaceAll('\n', '\r\n'), `\ufeff${SERVICE}`,
  '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"type": 7}}', '{"apiVersion": "v1", "kind": "List", "items": {}}', 'apiVersion: v1\nkind: SecretList\nitems: [{metadata: {name: a}}]\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy, namespace: kube-system}\ndata:\n  config.conf: |\n    mode: nftables\n    clusterCIDR: x\n', 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: 1}, name: p}\n',
];

export async function refused(pair) {
  for (const args of COMMANDS) await askCommand(pair, 'refused', args);
  for (const input of TEXTS) await askCommand(pair, 'refused', file('-'), { input });
  await askCommand(pair, 'refused', ['trace', '--batch', '-', '-f', '-'], { input: '' });
  await askCommand(pair, 'refused', ['trace', '--batch', '-', '-f', FILE], { input: '# a remark\n\na b c d\nexternal:1.2.3.4\nexternal:1.2.3.4 192.168.1.4:443\n' });
  await askCommand(pair, 'refused', ['trace', '-f', FILE, '-f', 'trials/43-clusterip-from-laptop/input.yaml', '--from', 'external:203.0.113.7', '--to', '192.168.1.4:443']);
}
