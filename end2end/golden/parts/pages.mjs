// The page's first response, which is complete without JavaScript, and `/graph.svg` of the same query.

/** Asks for the page and the picture of each query. */
export async function askViews(servers, name, queries) {
  for (const query of queries) {
    await servers.ask('page', `/?${query}`, 'markup', { name: `${name} /?${query}` });
    await servers.ask('picture', `/graph.svg?${query}`, 'markup', { name: `${name} /graph.svg?${query}` });
  }
}

/** The sockets of a page, each in the form of `select=`: `SOCKET:ADDRESS@OBJECT`. */
export function socketsOf(html) {
  const value = (tag, name) => tag.match(new RegExp(`data-${name}="([^"]*)"`))?.[1];
  const tags = html.match(/<[a-z]+ [^>]*data-socket="[^>]*>/g) ?? [];
  return [...new Set(tags.map((tag) => `${value(tag, 'socket')}:${value(tag, 'address')}@${value(tag, 'object')}`))];
}

const select = (socket) => `select=${encodeURIComponent(socket)}`;
const ask = (from, to) => new URLSearchParams({ ...(from && { from }), to }).toString();

/** Queries of the sandbox's overview: every state that a URL can have. */
export const QUERIES = [
  'context=sandbox', 'namespaces=default', 'namespaces=kube-system', 'namespaces=default,kube-system', 'namespaces=nope', 'namespaces=kube-system&by=node',
  'by=node', 'by=node&zoom=75', 'by=node&zoom=50', 'by=nothing', 'zoom=50', 'zoom=62', 'zoom=63', 'zoom=75', 'zoom=87', 'zoom=88', 'zoom=100', 'zoom=125', 'zoom=300', 'zoom=9999', 'zoom=x',
  'find=nginx', 'find=type%3ANodePort', 'find=port%3A30001', 'find=not+ready', 'find=ip%3A10.244.0.0%2F16+or+type%3ANodePort', 'find=label%3Aapp%3Dweb', 'find=name%3Ateapot',
  'hide=ns%3Adefault', 'hide=is%3Aempty', 'hide=is%3Aterminating', 'find=ns%3Adefault&hide=is%3Aempty&zoom=75', 'find=-name%3Anginx*', 'find=kind%3Apod&by=node',
  'find=kind%3Ateapot', 'hide=colour%3Ared', 'find=port%3Aabc-', 'find=%22open', 'find=or', 'find=ns%3A', 'find=ip%3A10.0.0.300', 'find=type%3AX', 'find=is%3AX', 'find=label%3A%3D',
  'problems=1', 'problems=1&namespaces=default', 'problems=1&by=node',
  'view=table', 'view=graph', 'view=table&by=node', 'view=table&problems=1', 'view=table&find=nginx', 'view=table&zoom=50', 'view=nothing',
  'lang=zh', 'lang=en', 'lang=tlh', 'lang=zh&view=table', 'lang=zh&problems=1', 'lang=zh&by=node', 'lang=zh&find=kind%3Ateapot', 'lang=zh&namespaces=nope',
  'theme=dark', 'theme=light', 'theme=blue', 'theme=dark&zoom=50',
  select('nodePort:192.168.56.12:30001'), select('nodePort:192.168.56.12:30002'), select('podIP:10.9.9.9'), 'select=teapot%3A1.2.3.4', 'select=', 'select=%3Cscript%3E',
  `${select('nodePort:192.168.56.12:30001')}&lang=zh`, `${select('nodePort:192.168.56.12:30002')}&lang=zh`, `${select('nodePort:192.168.56.12:30001')}&view=table`,
  `${select('nodePort:192.168.56.12:30001')}&find=kube-dns`, `${select('podIP:10.244.2.7')}&zoom=50`, `${select('endpoint:10.244.1.5:80')}&by=node`, `${select('podIP:10.244.2.7')}&from=pod:default/web-0`,
  ...[
    ['pod:default/web-0', '10.96.114.20:30080'], ['pod:default/web-0', '10.96.61.7:8080'], ['pod:default/web-0', 'dns:web-sts.default.svc:80'], ['pod:default/web-0', 'dns:reports:80'],
    ['pod:default/web-0', 'dns:nope'], ['pod:default/web-0', 'dns:web-sts'], ['external:203.0.113.2', '192.168.56.13:8086'], ['external:203.0.113.2', '192.168.56.12:30001'],
    ['external:203.0.113.2', '192.168.56.12:22'], ['external:203.0.113.2', '10.96.114.20:30080'], ['localhost:node1', '127.0.0.1:30001'], ['node:node2', '10.96.0.10:53/udp'],
    ['pod:default/web-0', '10.96.0.10/icmp'], ['pod:default/web-0', '10.96.0.10'], ['pod:default/web-0', '10.96.83.14:3306'], ['pod:default/web-2', '10.244.3.7:80'],
    ['', '10.96.114.20:30080'], ['', 'nginx-service'], ['', 'default/nginx-service'], ['', 'curl http://web-sts.default:80/'], ['', 'http://nginx-service.default:30080/x'],
    ['web-0', 'nginx-service:30080'], ['10.244.1.6', '10.96.0.10:53'], ['node1', '192.168.56.12:30001'], ['nobody', '10.96.0.10:53'], ['pod:default/none', '10.96.0.10:53'], ['pod:default/web-0', 'nonsense::'],
    ['pod:default/web-0', '10.96.0.10:99999'], ['pod:default/web-0', 'https://shop.example.com/'], ['external:nowhere', '10.96.0.10:53'],
  ].flatMap(([from, to]) => [ask(from, to), `${ask(from, to)}&lang=zh`, `${ask(from, to)}&view=table`]),
  'from=pod:default/web-0', 'to=', 'colour=red', 'context=nowhere', 'context=', 'find=%F0%9F%90%99', 'select=nodePort:%zz',
];
