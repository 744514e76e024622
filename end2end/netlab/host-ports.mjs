// hostPorts: which Pods have them, and the CNI's real portmap plugin, which maps them on the Pod's Node.
import { spawn } from 'node:child_process';
import { HOST_PORTS, NODES, familyOf } from './addresses.mjs';

const WIDTH = [24, 64];

/** Gives some ports of some Pods a hostPort; a few have the number of a nodePort, and a few are open on one address only. */
export function giveHostPorts(random, { pods, services }) {
  const nodePorts = services.flatMap(({ object }) => object.spec.ports.flatMap(({ nodePort }) => nodePort ?? []));
  for (const node of NODES) {
    const free = random.shuffle(HOST_PORTS);
    const shared = random.shuffle(nodePorts);
    for (const { object } of pods.filter((pod) => pod.node === node && !pod.hostNetwork)) {
      for (const port of object.spec.containers[0].ports.filter(() => random.chance(0.5))) {
        port.hostPort = (random.chance(0.2) && shared.pop()) || free.pop();
        const hostIP = random.weighted([
          [8, undefined],
          [1, '0.0.0.0'],
          [1, '::'],
          [1, '127.0.0.1'],
          [2, random.pick([...node.ips, ...node.secondary])],
        ]);
        if (hostIP) port.hostIP = hostIP;
      }
    }
  }
}

/** `[{ pod, port }]`: the hostPorts of Pods that have a network of their own and have not ended. */
export function mapped(pods) {
  const running = pods.filter(({ hostNetwork, status }) => !hostNetwork && status.phase === 'Running');
  return running.flatMap((pod) => pod.object.spec.containers[0].ports.filter(({ hostPort }) => hostPort).map((port) => ({ pod, port })));
}

/** The numbers of the mapped hostPorts that are also nodePorts. */
export function sharedNumbers(pods, services) {
  const nodePorts = new Set(services.flatMap(({ spec }) => (spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? [])));
  return new Set(mapped(pods).map(({ port }) => port.hostPort).filter((number) => nodePorts.has(number)));
}

/** Runs portmap for each Pod with hostPorts, as a runtime does after the Pod's network is made. Rules end with `flush` of network.mjs. */
export async function mapHostPorts(program, pods, backend) {
  const byPod = new Map();
  for (const { pod, port } of mapped(pods)) byPod.set(pod, [...(byPod.get(pod) ?? []), port]);
  // One after the other: on a Node each of them changes the same chains.
  for (const [pod, ports] of byPod) await portmap(program, pod, ports, backend);
}

function portmap(program, { netns, node, ips }, ports, backend) {
  const configuration = {
    cniVersion: '1.0.0',
    name: 'netlab',
    type: 'portmap',
    backend,
    snat: true,
    capabilities: { portMappings: true },
    runtimeConfig: {
      portMappings: ports.map(({ hostPort, containerPort, protocol, hostIP = '' }) => ({ hostPort, containerPort, protocol: protocol.toLowerCase(), hostIP })),
    },
    prevResult: {
      cniVersion: '1.0.0',
      interfaces: [{ name: 'eth0', sandbox: `/run/netns/${netns}` }],
      ips: ips.map((ip) => ({ address: `${ip}/${WIDTH[familyOf(ip)]}`, interface: 0 })),
    },
  };
  const env = { ...process.env, CNI_COMMAND: 'ADD', CNI_CONTAINERID: netns, CNI_NETNS: `/run/netns/${netns}`, CNI_IFNAME: 'eth0', CNI_PATH: '/' };
  return new Promise((done, failed) => {
    const child = spawn('ip', ['netns', 'exec', node.netns, program], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => said.push(chunk));
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(`portmap for ${netns} ended with ${code}: ${Buffer.concat(said)}`))));
    child.stdin.end(JSON.stringify(configuration));
  });
}
