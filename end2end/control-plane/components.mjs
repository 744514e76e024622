// The arguments and files of each component. This module starts nothing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SERVICE_CIDR = '10.96.0.0/16,fd00:10:96::/108';

/** The names in the API server's certificate, beside the address on which it listens. */
export const CERTIFICATE_NAMES = ['127.0.0.1', '::1', 'localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', '10.96.0.1'];

/** The order of the start: each inner list starts together. */
export const ORDER = [['etcd'], ['kube-apiserver'], ['kube-controller-manager', 'kube-scheduler', 'kwok']];

/** The arguments of every component of a control plane with this state. `extraArgs` are last, so that they override the others. */
export function argumentsOf(state) {
  const { dir, ports, tools, apiServerAddress, controllers, extraArgs } = state;
  const certs = join(dir, 'certs');
  const etcd = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const accountKey = join(certs, 'service-account.key');
  const args = {
    etcd: [
      `--data-dir=${join(dir, 'etcd')}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
    'kube-apiserver': [
      `--etcd-servers=${etcd}`,
      `--secure-port=${ports.api}`,
      `--bind-address=${apiServerAddress}`,
      `--advertise-address=${advertised(apiServerAddress)}`,
      `--cert-dir=${certs}`,
      `--tls-cert-file=${join(certs, 'server.crt')}`,
      `--tls-private-key-file=${join(certs, 'server.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${accountKey}`,
      `--service-account-key-file=${accountKey}`,
      '--authorization-mode=RBAC',
      `--token-auth-file=${join(dir, 'tokens.csv')}`,
      `--service-cluster-ip-range=${SERVICE_CIDR}`,
      '--allow-privileged',
      '--endpoint-reconciler-type=none',
    ],
    'kube-controller-manager': [
      `--kubeconfig=${state.kubeconfig}`,
      `--service-account-private-key-file=${accountKey}`,
      `--root-ca-file=${join(certs, 'ca.crt')}`,
      '--secure-port=0',
      '--leader-elect=false',
      `--controllers=${controllers}`,
      '--kube-api-qps=500',
      '--kube-api-burst=500',
      '--concurrent-service-endpoint-syncs=20',
    ],
    'kube-scheduler': [`--kubeconfig=${state.kubeconfig}`, '--secure-port=0', '--leader-elect=false', '--kube-api-qps=500', '--kube-api-burst=500'],
    kwok: [
      `--kubeconfig=${state.kubeconfig}`,
      `--config=${join(dir, 'kwok.yaml')}`,
      `--config=${tools['kwok-stages.yaml']}`,
      '--manage-all-nodes',
      '--node-lease-duration-seconds=40', // Without leases a Node is NotReady for a moment every 50 s.
      '--cidr=10.244.0.0/24', // For Nodes without a podCIDR of their own.
      '--node-ip=192.168.56.10', // For Nodes without an address of their own.
    ],
  };
  return Object.fromEntries(Object.entries(args).map(([name, list]) => [name, [...list, ...(extraArgs[name] ?? [])]]));
}

/** An address that clients on this machine can reach: the bound address, or loopback if all addresses are bound. */
export function advertised(address) {
  return { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address;
}

export function writeTokens(dir, users, tokens) {
  const lines = Object.entries(users).map(([name, groups]) => `${tokens[name]},${name},${name},"${groups.join(',')}"\n`);
  writeFileSync(join(dir, 'tokens.csv'), lines.join(''), { mode: 0o600 });
}

/** A kubeconfig that needs no other file. It is JSON, which is YAML, so every client can read it. */
export function writeKubeconfig(file, { server, ca, user, token }) {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user } }],
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}

/**
 * kwok applies its defaults only without any configuration, so all four numbers are set here; and port forwarding by its server, where
 * one is requested (`--server-address`).
 */
export function writeKwokConfig(dir) {
  const options = { podPlayStageParallelism: 16, nodePlayStageParallelism: 16, nodeLeaseParallelism: 4, podsOnNodeSyncParallelism: 4, enableDebuggingHandlers: true };
  writeFileSync(join(dir, 'kwok.yaml'), JSON.stringify({ apiVersion: 'config.kwok.x-k8s.io/v1alpha1', kind: 'KwokConfiguration', options }));
}
