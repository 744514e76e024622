// One real kube-proxy per Node, in the Node's namespace.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../control-plane/wait.mjs';
import { SERVICE_CIDR } from '../control-plane/components.mjs';
import { FAMILIES, NODES, ROOT, familyName } from './addresses.mjs';
import { inNetns } from './network.mjs';

const METRICS_PORT = 10_249;
const SYNCED = 'kubeproxy_sync_proxy_rules_last_timestamp_seconds';
const START_LIMIT_MS = 60_000;

/** The KubeProxyConfiguration for these settings; the ConfigMap that kubehop reads says the same. */
export function configuration(settings, backend, kubeconfig = '/var/lib/kube-proxy/kubeconfig.conf') {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: backend,
    bindAddress: '0.0.0.0',
    clientConnection: { kubeconfig },
    clusterCIDR: settings.clusterCIDR,
    detectLocalMode: settings.detectLocalMode,
    detectLocal: { bridgeInterface: settings.bridgeInterface ?? '', interfaceNamePrefix: settings.interfaceNamePrefix ?? '' },
    nodePortAddresses: settings.nodePortAddresses,
    featureGates: settings.featureGates,
    iptables: { masqueradeAll: settings.masqueradeAll, localhostNodePorts: settings.localhostNodePorts },
    nftables: { masqueradeAll: settings.masqueradeAll },
    // The limits of a network namespace cannot be set from inside it.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
}

/** Starts kube-proxy on every Node and resolves when all have programmed every rule. Returns how to end them. */
export async function startKubeProxies({ handle, program, settings, backend, dir }) {
  const children = NODES.map((node) => {
    const { netns, name, ips } = node;
    const file = join(dir, `kube-proxy-${name}.json`);
    const own = { metricsBindAddress: `${ips[0]}:${METRICS_PORT}`, healthzBindAddress: '', hostnameOverride: name };
    writeFileSync(file, JSON.stringify({ ...configuration(settings, backend, handle.kubeconfig), ...own }));
    const logFile = join(dir, `kube-proxy-${name}.log`);
    const log = openSync(logFile, 'w');
    const child = spawn('ip', ['netns', 'exec', netns, program, `--config=${file}`, '-v=2'], { stdio: ['ignore', log, log] });
    closeSync(log);
    return { child, node, logFile };
  });
  const stop = () => Promise.all(children.map(({ child }) => end(child)));
  try {
    const ready = (each) => waitFor(() => hasSynced(each, backend), `kube-proxy on ${each.node.name}`, START_LIMIT_MS, { everyMs: 100 });
    await Promise.all(children.map(ready));
  } catch (error) {
    await stop();
    const tails = children.map(({ logFile }) => readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n'));
    throw new Error([error.message, ...tails].join('\n--- \n'), { cause: error });
  }
  return { stop, logs: () => children.map(({ node, logFile }) => [node.name, readFileSync(logFile, 'utf8')]) };
}

/**
 * Whether it has written its rules for both families. It lists everything before it writes anything, so the first time is complete, but
 * for nftables' rule about Cluster IPs of nobody: ServiceCIDRs are a watch of their own.
 */
async function hasSynced({ child, node }, backend) {
  if (child.exitCode !== null) throw Object.assign(new Error(`kube-proxy ended with ${child.exitCode}`), { fatal: true });
  const answer = await fetch(`http://${node.ips[0]}:${METRICS_PORT}/metrics`, { signal: AbortSignal.timeout(2_000) });
  const text = await answer.text();
  const written = (family) => new RegExp(`^${SYNCED}\\{ip_family="${familyName(family)}"\\} [1-9]`, 'm').test(text);
  if (!FAMILIES.every(written)) return false;
  if (backend === 'iptables') return true;
  const rules = await inNetns(node.netns, 'nft', ['list', 'ruleset']);
  return SERVICE_CIDR.split(',').every((cidr) => rules.includes(cidr));
}

function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((done) => {
    child.once('exit', done);
    child.kill('SIGKILL');
  });
}

/** Where kube-proxy and this process find the API server. */
export const API_SERVER = ROOT[0];
