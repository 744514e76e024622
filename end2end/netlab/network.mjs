// The laboratory's network: namespaces for Nodes, Pods, the client outside and the world, connected by veths and bridges, as a bridge CNI
// plugin does it. It is built inside namespaces of this process (isolate.mjs), so no cleanup is needed.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { CLIENT, FAMILIES, NODES, PODS, ROOT, WORLD } from './addresses.mjs';

const WIDTH = [24, 64];
const HOST = [32, 128];
const MARK_TABLE = 100;

/** Runs a program in a network namespace and resolves to its output. */
export async function inNetns(netns, program, args = []) {
  const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', netns, program, ...args], { maxBuffer: 256 << 20 });
  return stdout;
}

/** Makes the whole network. */
export function build() {
  const lines = ['ip link set lo up', 'ip link add underlay type bridge', ...sysctls(''), 'ip link set underlay up'];
  for (const family of FAMILIES) lines.push(address('', 'underlay', ROOT[family], WIDTH[family]));
  lines.push(...namespace(WORLD.netns), inside(WORLD.netns, 'sysctl -qw net.ipv6.ip_nonlocal_bind=1'));
  for (const node of NODES) lines.push(...nodeLines(node));
  for (const pod of PODS) lines.push(...podLines(pod));
  lines.push(...clientLines(), ...worldLines());
  const { status, stderr } = spawnSync('sh', ['-e', '-x'], { input: lines.join('\n'), encoding: 'utf8' });
  if (status !== 0) throw new Error(`making the network failed at: ${stderr.trimEnd().split('\n').slice(-3).join('\n')}`);
}

/** Deletes connections and rules of earlier rounds on every Node. */
export async function flush() {
  await Promise.all([...NODES, WORLD].map(({ netns }) => inNetns(netns, 'conntrack', ['-F']).catch(() => {})));
  await Promise.all(NODES.map(({ netns }) => inNetns(netns, 'nft', ['flush', 'ruleset'])));
}

function nodeLines(node) {
  const { netns, number } = node;
  const lines = [...namespace(netns, true), ...onUnderlay(netns)];
  lines.push(`ip -n ${netns} link add cni0 type bridge`, `ip -n ${netns} link set cni0 up`);
  for (const family of FAMILIES) {
    lines.push(address(netns, 'eth0', node.ips[family], WIDTH[family]));
    // Deprecated, so that the system never chooses it as a source address by itself. IPv4 takes the first address of a subnet anyway.
    lines.push(address(netns, 'eth0', node.secondary[family], WIDTH[family], family === 1 ? 'preferred_lft 0' : ''));
    lines.push(address(netns, 'cni0', node.bridge[family], WIDTH[family]));
    for (const other of NODES.filter((each) => each !== node)) {
      lines.push(route(netns, family, `${other.podCIDRs[family]} via ${other.ips[family]}`));
    }
  }
  lines.push(`ip -n ${netns} link add up0 type veth peer name w${number} netns ${WORLD.netns}`);
  lines.push(`ip -n ${netns} link set up0 up`, `ip -n ${WORLD.netns} link set w${number} up`);
  for (const family of FAMILIES) {
    lines.push(address(netns, 'up0', node.uplink[family], WIDTH[family]), address(WORLD.netns, `w${number}`, node.gateway[family], WIDTH[family]));
    lines.push(route(netns, family, `default via ${node.gateway[family]} src ${node.ips[family]}`));
    for (const local of [`${node.ips[family]}/${HOST[family]}`, `${node.secondary[family]}/${HOST[family]}`, node.podCIDRs[family]]) {
      lines.push(route(WORLD.netns, family, `${local} via ${node.uplink[family]}`));
    }
  }
  return lines;
}

function podLines({ netns, node, ips }) {
  const lines = [...namespace(netns), `ip -n ${node.netns} link add ${netns} type veth peer name eth0 netns ${netns}`];
  lines.push(`ip -n ${node.netns} link set ${netns} master cni0 up`, `ip -n ${netns} link set eth0 up`);
  // Lets a Pod reach itself through its Service; CNI plugins set this too.
  lines.push(`ip -n ${node.netns} link set dev ${netns} type bridge_slave hairpin on`);
  for (const family of FAMILIES) {
    lines.push(address(netns, 'eth0', ips[family], WIDTH[family]), route(netns, family, `default via ${node.bridge[family]}`));
  }
  return lines;
}

/** The client sends packets with mark N through Node N, and packets to a Node or Pod address directly. */
function clientLines() {
  const { netns } = CLIENT;
  const lines = [...namespace(netns), ...onUnderlay(netns)];
  for (const family of FAMILIES) {
    CLIENT.addresses.forEach((pair, index) => {
      lines.push(address(netns, 'eth0', pair[family], WIDTH[family], family === 1 && index > 0 ? 'preferred_lft 0' : ''));
    });
    for (const { number, ips, podCIDRs } of NODES) {
      lines.push(route(netns, family, `${podCIDRs[family]} via ${ips[family]}`));
      lines.push(route(netns, family, `default via ${ips[family]} table ${MARK_TABLE + number}`));
      lines.push(`ip -n ${netns} ${flag(family)} rule add fwmark ${number} lookup ${MARK_TABLE + number}`);
    }
  }
  return lines;
}

/** The world replies to clients through the Node that sent the packet, because that Node may have translated it. */
function worldLines() {
  const { netns } = WORLD;
  const lines = [];
  for (const family of FAMILIES) {
    for (const range of WORLD.ranges[family]) lines.push(route(netns, family, `local ${range} dev lo`));
    // Any route back is sufficient: without one the packet never reaches the chain that marks it.
    lines.push(route(netns, family, `default via ${NODES[0].uplink[family]}`));
    for (const { number, uplink } of NODES) {
      lines.push(route(netns, family, `default via ${uplink[family]} table ${MARK_TABLE + number}`));
      for (const pair of CLIENT.addresses) {
        lines.push(`ip -n ${netns} ${flag(family)} rule add fwmark ${number} to ${pair[family]} lookup ${MARK_TABLE + number}`);
      }
    }
  }
  const marks = NODES.map(({ number }) => `iifname w${number} ct mark set ${number};`).join(' ');
  const pre = `chain pre { type filter hook prerouting priority -150; ${marks} };`;
  const out = 'chain out { type route hook output priority -150; meta mark set ct mark; };';
  return [...lines, inside(netns, `nft 'table inet world { ${pre} ${out} }'`)];
}

function onUnderlay(netns) {
  const ours = `u-${netns}`;
  return [`ip link add ${ours} type veth peer name eth0 netns ${netns}`, `ip link set ${ours} master underlay up`, `ip -n ${netns} link set eth0 up`];
}

function namespace(netns, isNode = false) {
  return [`ip netns add ${netns}`, ...sysctls(netns, isNode), `ip -n ${netns} link set lo up`];
}

/** Set before any device is created, because devices inherit the settings. ICMP errors must not be rate-limited: a REJECT would look like a DROP. */
function sysctls(netns, isNode = false) {
  const values = {
    'net.ipv4.conf.all.rp_filter': 0,
    'net.ipv4.conf.default.rp_filter': 0,
    'net.ipv4.conf.all.accept_redirects': 0,
    'net.ipv4.conf.default.accept_redirects': 0,
    'net.ipv4.conf.all.send_redirects': 0,
    'net.ipv4.conf.default.send_redirects': 0,
    'net.ipv6.conf.default.accept_redirects': 0,
    'net.ipv6.conf.default.accept_dad': 0,
    'net.ipv6.conf.default.accept_ra': 0,
    'net.ipv4.icmp_ratelimit': 0,
    'net.ipv4.icmp_msgs_per_sec': 1_000_000,
    'net.ipv4.icmp_msgs_burst': 1_000_000,
    'net.ipv6.icmp.ratelimit': 0,
    'net.ipv4.ip_forward': isNode ? 1 : 0,
    'net.ipv6.conf.all.forwarding': isNode ? 1 : 0,
    // A packet from a Pod to a Service on the same Node passes the Node's rules only with this setting; on the underlay no rules may see
    // the packets.
    'net.bridge.bridge-nf-call-iptables': isNode ? 1 : 0,
    'net.bridge.bridge-nf-call-ip6tables': isNode ? 1 : 0,
  };
  const settings = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return [inside(netns, `sysctl -qw ${settings.join(' ')}`)];
}

const inside = (netns, command) => (netns ? `ip netns exec ${netns} ${command}` : command);
const flag = (family) => (family === 1 ? '-6' : '-4');
const on = (netns) => (netns ? `-n ${netns} ` : '');
const route = (netns, family, what) => `ip ${on(netns)}${flag(family)} route add ${what}`;
const address = (netns, device, ip, width, extra = '') =>
  `ip ${on(netns)}addr add ${ip}/${width} dev ${device}${ip.includes(':') ? ' nodad' : ''} ${extra}`;
