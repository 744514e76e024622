// Questions about a cluster, drawn from its own addresses and names with a seed.
import { Random } from '../../tests/lib/random.mjs';

/** The seed of all drawn questions; each cluster adds its name, so that a new cluster does not change the questions about others. */
export const SEED = 20261130;

export const randomFor = (name) => new Random(SEED + [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7));

/** One in this many questions names a Node. */
const WITH_NODE = 7;
/** One in this many sources is invalid. */
const WITH_NONSENSE = 30;

const NO_SOURCES = ['external:nowhere', 'pod:web-0', 'pod:default/none', 'node:none', 'localhost:none', '10.0.0.1', 'pod-ip:10.0.0.256', 'internet:1.2.3.4', 'external:010.0.0.1', 'pod:default/a/b'];
const NO_DESTINATIONS = [
  '10.0.0.256:80', '10.0.0.1:0', '10.0.0.1:65536', '10.0.0.1:http', '10.0.0.1:80/quic', '10.0.0.1/udp', '10.0.0.1:80/icmp', '[fd00::1:80', 'svc1.ns1:80',
  'http://shop.example/', 'dns:', 'dns:web?HINFO', 'dns:web/udp', 'dns:10.0.0.1:80', 'dns:.', `dns:${'a'.repeat(64)}.ns.svc`,
];
const ELSEWHERE = ['198.51.100.7:443', '10.96.255.254:80', '127.0.0.1:80', '[::1]:80', '0.0.0.0:80', '224.0.0.1:80', '169.254.1.1:80', '[2001:db8::7]:443', 'dns:example.com:443', 'dns:nope.default.svc:80', 'dns:default.svc.cluster.local'];

/**
 * `count` questions `{ from, to, node, isSound }` about these facts. A question is sound if its source and destination are valid. The
 * members of each pool are taken in turn, so that all addresses are asked before one is repeated.
 */
export function drawQuestions(facts, random, count) {
  const pools = [[40, taken(facts)], [20, near(facts)], [25, names(facts)], [10, ELSEWHERE], [5, NO_DESTINATIONS]].filter(([, pool]) => pool.length > 0);
  const turns = pools.map(([weight, pool]) => ({ weight, pool: shuffled(pool, random), next: 0 }));
  const [from, nodes] = [sources(facts), [...facts.nodes.map(({ name }) => name), 'none']];
  return Array.from({ length: count }, () => {
    const turn = weighted(turns, random);
    const to = turn.pool[turn.next++ % turn.pool.length];
    const isOdd = random.below(WITH_NONSENSE) === 0;
    const source = random.pick(isOdd ? NO_SOURCES : from);
    const node = random.below(WITH_NODE) === 0 ? random.pick(nodes) : undefined;
    return { from: source, to, node, isSound: !isOdd && node !== 'none' && !NO_DESTINATIONS.includes(to) };
  });
}

function weighted(choices, random) {
  let left = random.below(choices.reduce((sum, { weight }) => sum + weight, 0));
  return choices.find(({ weight }) => (left -= weight) < 0);
}

/** Every source of the cluster, and two clients outside. */
export function sources({ nodes, pods }) {
  return [
    'external:203.0.113.2',
    'external:2001:db8::2',
    ...pods.flatMap(({ namespace, name, ips }) => [`pod:${namespace}/${name}`, ...ips.map((ip) => `pod-ip:${ip}`)]),
    ...nodes.flatMap(({ name, podCidrs }) => [`node:${name}`, `localhost:${name}`, ...podCidrs.map((cidr) => `pod-ip:${within(cidr)}`)]),
    ...nodes.flatMap(({ ips }) => ips.map((ip) => `external:${ip}`)),
  ];
}

/** An address in a Pod CIDR that no Pod of a trial has. */
const within = (cidr) => (cidr.includes(':') ? cidr.replace(/::\/.*|\/.*/, '::99') : cidr.replace(/\.\d+\/.*/, '.199'));

const socket = (ip, port, protocol = 'TCP') => `${ip.includes(':') ? `[${ip}]` : ip}:${port}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`;
const isAddress = (text) => /^[\d.]+$|:/.test(text);

/** Addresses with a port that is in use: of Services, nodePorts and hostPorts on each Node and on loopback, Pods and endpoints. */
export function taken(facts) {
  const { services, pods, endpoints } = facts;
  const here = nodeAddresses(facts);
  return [...new Set([
    ...services.flatMap(({ clusterIps, externalIps, ports }) => [...clusterIps, ...externalIps].flatMap((ip) => ports.map(({ port, protocol }) => socket(ip, port, protocol)))),
    ...nodePorts(services).flatMap(({ nodePort, protocol }) => here.map((ip) => socket(ip, nodePort, protocol))),
    ...hostPorts(pods).flatMap(({ hostPort, protocol }) => here.map((ip) => socket(ip, hostPort, protocol))),
    ...pods.flatMap(({ ips, ports }) => ips.flatMap((ip) => ports.map(({ containerPort, protocol }) => socket(ip, containerPort, protocol)))),
    ...endpoints.filter(({ address }) => isAddress(address)).flatMap(({ address, ports }) => ports.map((port) => socket(address, port))),
  ])];
}

/** The same addresses without a port, with a wrong port, with another protocol, and with a port of another kind of socket. */
export function near(facts) {
  const { services, pods } = facts;
  const ofService = ({ clusterIps, externalIps, ports }) => [...clusterIps, ...externalIps].flatMap((ip) => [
    ip,
    `${ip}/icmp`,
    ...ports.flatMap(({ port, protocol, nodePort, targetPort }) => [
      socket(ip, port, other(protocol)),
      socket(ip, port + 1, protocol),
      ...[nodePort, targetPort].filter(Number.isInteger).map((wrong) => socket(ip, wrong, protocol)),
    ]),
  ]);
  const ofNode = (ip) => [
    ip,
    `${ip}/icmp`,
    socket(ip, 22),
    ...nodePorts(services).flatMap(({ nodePort, port, protocol }) => [socket(ip, nodePort, other(protocol)), socket(ip, port, protocol)]),
    ...hostPorts(pods).flatMap(({ hostPort, containerPort, protocol }) => [socket(ip, hostPort, other(protocol)), socket(ip, containerPort, protocol)]),
  ];
  const ofPod = ({ ips, ports }) => ips.flatMap((ip) => [ip, `${ip}/icmp`, socket(ip, 9999), ...ports.map(({ containerPort, protocol }) => socket(ip, containerPort, other(protocol)))]);
  return [...new Set([...services.flatMap(ofService), ...nodeAddresses(facts).flatMap(ofNode), ...pods.flatMap(ofPod)])];
}

const other = (protocol = 'TCP') => (protocol === 'TCP' ? 'UDP' : 'TCP');
const nodeAddresses = ({ nodes }) => [...nodes.flatMap(({ ips }) => ips), '127.0.0.1', '::1'];
const nodePorts = (services) => services.flatMap(({ ports }) => ports.filter(({ nodePort }) => nodePort));
const hostPorts = (pods) => pods.flatMap(({ ports }) => ports.filter(({ hostPort }) => hostPort));

/** Names in every form of DNS: short ones for the search path, full ones, SRV, PTR, names of Pods and endpoints. */
export function names({ services, pods, endpoints }) {
  const ofService = ({ namespace, name, clusterIps, ports }) => {
    const whole = `${name}.${namespace}.svc.cluster.local`;
    const [first] = ports;
    return [
      ...[name, `${name}.${namespace}`, `${name}.${namespace}.svc`, whole, `${whole}.`, `${name}.${namespace}.`].map((own) => `dns:${own}`),
      ...ports.flatMap(({ name: port, protocol, port: number, targetPort }) => [
        `dns:${name}:${number}${protocol && protocol !== 'TCP' ? `/${protocol.toLowerCase()}` : ''}`,
        `dns:${name}.${namespace}.svc:${number}`,
        `dns:${whole}:${number + 1}`,
        ...(Number.isInteger(targetPort) ? [`dns:${whole}:${targetPort}`] : []),
        ...(port ? [`dns:_${port}._${(protocol ?? 'TCP').toLowerCase()}.${whole}?SRV`, `dns:_${port}._udp.${whole}?SRV`] : []),
      ]),
      ...['A', 'AAAA', 'SRV', 'CNAME', 'PTR'].map((type) => `dns:${whole}?${type}`),
      ...clusterIps.flatMap((ip) => [`dns:${ip}?PTR`, ...(ip.includes(':') ? [] : [`dns:${reversed(ip)}?PTR`])]),
      ...endpoints.flatMap(({ address, hostname }) => [`dns:${dashed(address)}.${whole}`, ...(hostname ? [`dns:${hostname}.${whole}:${first?.port ?? 80}`] : [])]),
    ];
  };
  const ofPod = ({ namespace, name, ips }) => ips.flatMap((ip) => [`dns:${dashed(ip)}.${namespace}.pod.cluster.local`, `dns:${ip}?PTR`, `dns:${name}.${namespace}.svc`]);
  return [...services.flatMap(ofService), ...pods.flatMap(ofPod)];
}

const dashed = (ip) => ip.replaceAll(/[.:]/g, '-');
const reversed = (ip) => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;

/** A list in a random order. */
export function shuffled(list, random) {
  const left = [...list];
  return list.map(() => left.splice(random.below(left.length), 1)[0]);
}
