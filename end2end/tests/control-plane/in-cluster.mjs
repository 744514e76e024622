// kubehop as the manifests of `deploy/` run it: a control plane whose kubelet can forward ports, a Pod's namespaces, the account's token.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { down, up } from '../../control-plane/control-plane.mjs';
import { nodesTakePods } from '../../control-plane/fixtures.mjs';
import { makePods } from '../../control-plane/pods.mjs';
import { directEnvironment, freePorts } from '../../control-plane/processes.mjs';
import { waitFor } from '../../control-plane/wait.mjs';
import { Kubehop } from '../lib/kubehop.mjs';
import { expect, test as base } from './fixture.mjs';
import { unpacked } from './image.mjs';

export { expect };

export const NAMESPACE = 'kubehop';
const KUBELET = 'kubelet'; // The Node whose kubelet can be called; the others have addresses that lead nowhere.
const OTHERS = ['node-1', 'node-2'];
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
export const deploy = (name) => path(`../../../deploy/${name}`);

export const test = base.extend({
  pods: [async ({}, use) => {
    const pods = await makePods();
    await use(pods);
    pods.end();
  }, { scope: 'worker' }],

  cluster: [async ({ pods }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'kubehop-in-cluster-'));
    const dir = join(folder, 'control-plane');
    const audit = { policy: join(folder, 'audit-policy.json'), log: join(folder, 'audit.log') };
    const rules = [{ level: 'Metadata', userGroups: [`system:serviceaccounts:${NAMESPACE}`] }, { level: 'None' }];
    writeFileSync(audit.policy, JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }));
    const command = ['nsenter', '-t', String(pods.pid), '--net', process.execPath, path('../../control-plane/forward.mjs'), '127.0.0.1', '3000'];
    const forward = { selector: { matchNamespaces: [NAMESPACE] }, forwards: [{ ports: [3000], command }] };
    const forwards = join(folder, 'forwards.json');
    writeFileSync(forwards, JSON.stringify({ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'ClusterPortForward', metadata: { name: 'kubehop' }, spec: forward }));
    const [port] = await freePorts(1, '127.0.0.1');
    const certificate = (name) => join(dir, 'certs', name);
    const cluster = await up({
      dir,
      nodes: OTHERS.length,
      log: console.log,
      apiServerAddress: '0.0.0.0',
      certificateNames: [pods.machine],
      extraArgs: {
        'kube-apiserver': [`--audit-policy-file=${audit.policy}`, `--audit-log-path=${audit.log}`, '--kubelet-preferred-address-types=InternalIP'],
        kwok: [
          `--config=${forwards}`, '--node-ip=127.0.0.1', `--node-port=${port}`, `--server-address=127.0.0.1:${port}`,
          `--tls-cert-file=${certificate('server.crt')}`, `--tls-private-key-file=${certificate('server.key')}`,
        ],
      },
    });
    await cluster.request('POST', '/api/v1/nodes', { metadata: { name: KUBELET, labels: { 'kubernetes.io/os': 'linux' } }, spec: { podCIDR: '10.244.9.0/24' } });
    await waitFor(() => nodesTakePods(cluster, [KUBELET]), 'the Node whose kubelet can be called');
    cluster.audited = () => readFileSync(audit.log, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
    await use(cluster);
    await down(cluster);
    rmSync(folder, { recursive: true, force: true });
  }, { scope: 'worker', timeout: 15 * 60_000 }],

  /** Applies the manifests, and resolves to the objects and the Pod, which is alone on its Node. */
  applied: [async ({ cluster }, use) => {
    const rendered = await cluster.kubectl(['kustomize', deploy('base')]);
    await cluster.kubectl(['cordon', ...OTHERS]);
    await cluster.kubectl(['apply', '--filename=-'], { input: rendered });
    await cluster.kubectl(['rollout', 'status', 'deployment/kubehop', `--namespace=${NAMESPACE}`, '--timeout=60s']);
    await cluster.kubectl(['uncordon', ...OTHERS]);
    await cluster.kubectl(['cordon', KUBELET]);
    const [pod] = JSON.parse(await cluster.kubectl(['get', 'pods', `--namespace=${NAMESPACE}`, '--output=json'])).items;
    await use({ pod, rendered });
  }, { scope: 'worker', timeout: 120_000 }],

  /** The image of `make image`: its program and its configuration. */
  image: [async ({}, use) => {
    const image = unpacked();
    await use(image);
    image.end();
  }, { scope: 'worker' }],

  /** kubehop as the Deployment's container: its image, its arguments, its user, its token, its namespaces. */
  inCluster: async ({ cluster, pods, image, applied: { pod } }, use) => {
    const token = (await cluster.kubectl(['create', 'token', 'kubehop', `--namespace=${NAMESPACE}`])).trim();
    await pods.mountToken({ token, ca: cluster.ca, namespace: NAMESPACE });
    const { securityContext, containers: [{ args }] } = pod.spec;
    const env = { PATH: process.env.PATH, KUBERNETES_SERVICE_HOST: pods.machine, KUBERNETES_SERVICE_PORT: String(cluster.ports.api) };
    const kubehop = await Kubehop.start(args, { through: pods.command(securityContext.runAsUser), file: image.program, env });
    await use(kubehop);
    expect((await kubehop.stop()).code, `kubehop's exit code; it said:\n${kubehop.log}`).toBe(0);
  },

  /** Runs `kubectl port-forward deployment/kubehop`, and resolves to the URL. */
  portForward: async ({ page, cluster, inCluster }, use) => {
    const args = ['--kubeconfig', cluster.kubeconfig, '--namespace', NAMESPACE, 'port-forward', 'deployment/kubehop', ':3000'];
    const child = spawn(cluster.tools.kubectl, args, { env: directEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    let port;
    for await (const line of createInterface({ input: child.stdout })) {
      port = line.match(/127\.0\.0\.1:(\d+) -> 3000/)?.[1];
      if (port) break;
    }
    child.stdout.resume();
    expect(port, `kubectl port-forward said: ${said}`).toBeTruthy();
    expect(inCluster.url).toContain('127.0.0.1:3000');
    await use(`http://localhost:${port}`);
    await page.goto('about:blank'); // An open page would log that its server is gone.
    child.kill();
  },
});
