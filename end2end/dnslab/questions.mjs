// Random questions about a cluster: names that exist, names that nearly do, and addresses.
import { Random } from '../netlab/random.mjs';
import { DOMAIN, KNOWN } from './topology.mjs';

const TYPES = [[24, undefined], [16, 'A'], [10, 'AAAA'], [22, 'SRV'], [6, 'CNAME'], [5, 'PTR'], [5, 'TXT'], [4, 'MX']];

/** `[{ from, to, name, types, search }]`: the question as kubehop takes it, and as a resolver asks it. */
export function questions({ seed, namespaces, clients }, objects, count) {
  const random = new Random(seed + 1);
  const facts = known(objects);
  const seen = new Set();
  const list = [];
  while (list.length < count) {
    const client = random.chance(0.8) ? random.pick(clients) : undefined;
    const from = client ? `pod:${client.namespace}/${client.name}` : 'external:203.0.113.2';
    const search = client ? [`${client.namespace}.svc.${DOMAIN}`, `svc.${DOMAIN}`, DOMAIN] : [];
    const { name, type, asked = name } = random.chance(0.16) ? address(random, facts) : named(random, facts, namespaces);
    const to = `dns:${asked}${type ? `?${type}` : ''}`;
    if (seen.has(`${from} ${to}`)) continue;
    seen.add(`${from} ${to}`);
    list.push({ from, to, name, types: type ? [type] : ['A', 'AAAA'], search });
  }
  return list;
}

function known({ services, slices }) {
  const names = new Map();
  const add = (namespace, name) => names.set(`${namespace}/${name}`, { namespace, name, labels: new Set(), ports: [] }).get(`${namespace}/${name}`);
  for (const { metadata, spec } of services) add(metadata.namespace, metadata.name).ports.push(...(spec.ports ?? []));
  const addresses = new Set(services.flatMap(({ spec }) => spec.clusterIPs ?? []).filter((ip) => ip !== 'None' && ip !== ''));
  for (const { metadata, addressType, endpoints, ports: numbers } of slices) {
    const service = metadata.labels['kubernetes.io/service-name'];
    const { labels, ports } = names.get(`${metadata.namespace}/${service}`) ?? add(metadata.namespace, service);
    ports.push(...(numbers ?? []));
    for (const endpoint of endpoints ?? []) {
      if (addressType !== 'FQDN' || /^[\d.]+$/.test(endpoint.addresses[0])) addresses.add(endpoint.addresses[0]);
      labels.add(endpoint.hostname ?? dashed(endpoint.addresses[0])).add(dashed(endpoint.addresses[0]));
    }
  }
  // Sorted, because the controller's slices have random names: a seed makes the same questions each time.
  const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => ({
    ...name,
    labels: [...name.labels].sort(),
    ports: name.ports.map(({ name: port = '', protocol }) => ({ name: port, protocol })).sort((a, b) => (`${a.name}/${a.protocol}` < `${b.name}/${b.protocol}` ? -1 : 1)),
  }));
  return { names: sorted, addresses: [...addresses].sort() };
}

const dashed = (address) => address.replace(/[.:]/g, '-').replace(/-$/, '-0'); // kubehop takes no label that ends with a dash.

/** An address, or its name in the reverse zone. */
function address(random, { addresses }) {
  const ip = random.chance(0.9) ? random.pick(addresses) : random.pick(['10.9.0.200', 'fd00:9::200', '10.96.9.250']);
  const reverse = reversed(ip);
  const [first, ...rest] = reverse.split('.');
  const name = random.weighted([[8, reverse], [1, rest.join('.')], [1, `x.${reverse}`], [1, `${first}.${reverse}`]]);
  if (name !== reverse) return { name: `${name}.`, type: 'PTR' };
  if (random.chance(0.5)) return { name: `${reverse}.`, type: 'PTR', asked: ip };
  return { name: reverse, type: random.weighted([[8, 'PTR'], ...TYPES.map(([, type]) => [0.3, type])]) };
}

function reversed(ip) {
  if (!ip.includes(':')) return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const [left, right = ''] = ip.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return `${[...groups.map((group) => group.padStart(4, '0')).join('')].reverse().join('.')}.ip6.arpa`;
}

function named(random, facts, namespaces) {
  const type = random.weighted(TYPES);
  const namespace = random.weighted([[8, random.pick(namespaces)], [1, 'default'], [1, 'nowhere']]);
  const service = random.chance(0.9) ? random.pick(facts.names) : { namespace, name: random.pick([...KNOWN.NAMES, 'nowhere', 'kubernetes']), labels: [], ports: [] };
  const whole = `${before(random, service)}${service.name}.${random.chance(0.95) ? service.namespace : namespace}.svc.${DOMAIN}`;
  const name = random.weighted([
    [14, whole],
    [2, shortened(random, whole)],
    [1, podName(random, namespace)],
    [1, special(random, namespace)],
  ]);
  // A name with a dot at its end is not looked up with the search list. DNS does not tell capitals from other letters.
  const complete = random.chance(0.15) ? `${name}.` : name;
  return { name: random.chance(0.05) ? complete.toUpperCase() : complete, type };
}

/** Labels before a Service's name: of an endpoint, or of a port and a protocol. */
function before(random, { labels, ports }) {
  const label = () => random.pick(random.chance(0.8) && labels.length > 0 ? labels : [...KNOWN.HOSTNAMES, 'any', '10-9-0-2', 'fd00-9--2']);
  const part = (name) => random.weighted([[8, `_${name}`], [2, name || '_'], [1, '_']]);
  const port = () => {
    const known = random.chance(0.8) && ports.length > 0 ? random.pick(ports) : { name: random.pick([...KNOWN.PORT_NAMES, 'nowhere']) };
    const protocol = known.protocol ?? random.pick(KNOWN.PROTOCOLS);
    return `${part(known.name)}.${part(protocol.toLowerCase())}.`;
  };
  return random.weighted([
    [10, ''],
    [5, `${label()}.`],
    [5, port()],
    [0.5, `a.${port()}`],
    [0.5, 'a.b.c.d.'],
  ]);
}

/** Without the end of the name: what the search list is for. */
function shortened(random, whole) {
  const labels = whole.split('.');
  return labels.slice(0, Math.max(1, labels.length - random.between(1, 4))).join('.');
}

function podName(random, namespace) {
  const ip = random.pick(['10-8-0-1', '192-0-2-9', 'fd00-8--1', '1-2-3-4-5-6-7-8', '10-8-0-999', 'p-0', 'a--b', '0--ffff-a08-1']);
  return `${random.weighted([[6, ''], [1, 'a.'], [1, 'a.b.'], [1, 'a.b.c.']])}${ip}.${namespace}.pod.${DOMAIN}`;
}

function special(random, namespace) {
  return random.pick([
    DOMAIN,
    `svc.${DOMAIN}`,
    `pod.${DOMAIN}`,
    `other.${DOMAIN}`,
    `${namespace}.svc.${DOMAIN}`,
    `${namespace}.pod.${DOMAIN}`,
    `dns-version.${DOMAIN}`,
    `ns.dns.${DOMAIN}`,
    `x.ns.dns.${DOMAIN}`,
    'svc',
    namespace,
    'in-addr.arpa',
    'ip6.arpa',
    'svc.in-addr.arpa',
    'ns.svc.in-addr.arpa',
    '9.10.in-addr.arpa',
    'dns-version.ip6.arpa',
    'db.example.com',
    'kubernetes',
    'kubernetes.default',
  ]);
}
