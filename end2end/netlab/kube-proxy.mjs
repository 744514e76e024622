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
const ATTEMPTS = 5;

/** The KubeProxyConfiguration for these settings; the ConfigMap that kubehop reads has the same content. */
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
    // These kernel limits cannot be set from inside a network namespace.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
}

/** Starts kube-proxy on every Node and resolves, when all have programmed every rule, to the function that ends them. */
export async function startKubeProxies(options) {
  const proxies = NODES.map((node) => ({ node, logFile: join(options.dir, `kube-proxy-${node.name}.log`) }));
  const stop = () => Promise.all(proxies.map(({ child }) => end(child)));
  try {
    await Promise.all(proxies.map((proxy) => start(proxy, options)));
  } catch (error) {
    await stop();
    const tails = proxies.map(({ logFile }) => readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n'));
    throw new Error([error.message, ...tails].join('\n--- \n'), { cause: error });
  }
  return { stop, logs: () => proxies.map(({ node, logFile }) => [node.name, readFileSync(logFile, 'utf8')]) };
}

async function start(proxy, { handle, program, settings, backend, dir }) {
  const { netns, name, ips } = proxy.node;
  const file = join(dir, `kube-proxy-${name}.json`);
  const own = { metricsBindAddress: `${ips[0]}:${METRICS_PORT}`, healthzBindAddress: '', hostnameOverride: name };
  writeFileSync(file, JSON.stringify({ ...configuration(settings, backend, handle.kubeconfig), ...own }));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const log = openSync(proxy.logFile, 'w');
    proxy.child = spawn('ip', ['netns', 'exec', netns, program, `--config=${file}`, '-v=2'], { stdio: ['ignore', log, log] });
    closeSync(log);
    await waitFor(() => hasSynced(proxy), `kube-proxy on ${name}`, START_LIMIT_MS, { everyMs: 100 });
    if ((await knowsItsZone(handle, proxy)) && (backend === 'iptables' || (await knowsServiceCidrs(netns)))) return;
    await end(proxy.child);
  }
  throw new Error(`kube-proxy on ${name} had its zone or its ServiceCIDRs too late, ${ATTEMPTS} times`);
}

/** Whether it has written its rules for both families. It lists Services and slices before it writes rules, so these are all rules. */
async function hasSynced({ child, node }) {
  if (child.exitCode !== null) throw Object.assign(new Error(`kube-proxy ended with ${child.exitCode}`), { fatal: true });
  const answer = await fetch(`http://${node.ips[0]}:${METRICS_PORT}/metrics`, { signal: AbortSignal.timeout(2_000) });
  const text = await answer.text();
  const written = (family) => new RegExp(`^${SYNCED}\\{ip_family="${familyName(family)}"\\} [1-9]`, 'm').test(text);
  return FAMILIES.every(written);
}

/**
 * The labels of its own Node come by a separate watch, maybe after the first rules: kube-proxy then ignores hints, logs that, and writes
 * its rules again a little later.
 */
async function knowsItsZone(handle, { node, logFile }) {
  if (!readFileSync(logFile, 'utf8').includes('node is missing label')) return true;
  const { metadata } = await handle.request('GET', `/api/v1/nodes/${node.name}`);
  return !metadata.labels?.['topology.kubernetes.io/zone'];
}

/**
 * nftables drops packets to an unassigned Cluster IP only if the ServiceCIDRs, which come by a separate watch, came before the first
 * rules: kube-proxy writes that rule at a full sync, and the next one is an hour later (`nftables/proxier.go:OnServiceCIDRsChanged`).
 */
async function knowsServiceCidrs(netns) {
  const rules = await inNetns(netns, 'nft', ['list', 'ruleset']);
  return SERVICE_CIDR.split(',').every((cidr) => rules.includes(cidr));
}

function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((done) => {
    child.once('exit', done);
    child.kill('SIGKILL');
  });
}

/** The address at which kube-proxy and this process reach the API server. */
export const API_SERVER = ROOT[0];
