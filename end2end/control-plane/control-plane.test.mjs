// Tests of what other tests need from the control plane. Run: node --test end2end/control-plane/control-plane.test.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attach, down, up } from './control-plane.mjs';
import { createDeployment, createService, isReady, listEndpoints, listPods, setPodReady, waitFor, waitForReadyPods } from './fixtures.mjs';
import { populate } from './populate.mjs';
import { isFree, isRunning, pidOf, started } from './processes.mjs';

const labels = { app: 'web' };
const file = fileURLToPath(new URL('./control-plane.mjs', import.meta.url));
let handle;

before(async () => {
  handle = await up();
});
after(() => handle && existsSync(handle.dir) && down(handle));

test('three Nodes are Ready with their own address, podCIDR and zone', async () => {
  const { items } = await handle.request('GET', '/api/v1/nodes');
  const seen = items.map((node) => [
    node.metadata.name,
    node.status.addresses.find(({ type }) => type === 'InternalIP').address,
    node.spec.podCIDR,
    node.metadata.labels['topology.kubernetes.io/zone'],
    isReady(node),
  ]);
  assert.deepEqual(seen, [
    ['node-1', '192.168.56.11', '10.244.1.0/24', 'zone-a', true],
    ['node-2', '192.168.56.12', '10.244.2.0/24', 'zone-b', true],
    ['node-3', '192.168.56.13', '10.244.3.0/24', 'zone-c', true],
  ]);
});

test('a Deployment of 3 becomes Running Pods with IPs of their Nodes, and ready endpoints of its Service', async () => {
  await createDeployment(handle, { name: 'web', replicas: 3, labels, containerPort: 80 });
  await createService(handle, { name: 'web', selector: labels, type: 'NodePort' });
  const pods = await listPods(handle, { labels });
  for (const pod of pods) {
    assert.equal(pod.status.phase, 'Running');
    assert.ok(pod.status.podIP.startsWith(`10.244.${pod.spec.nodeName.slice('node-'.length)}.`), `${pod.status.podIP} on ${pod.spec.nodeName}`);
  }
  await waitForEndpoints(pods.map((pod) => pod.status.podIP));
});

test('kubectl verifies the certificate and scales', async () => {
  await handle.kubectl(['scale', 'deployment/web', '--replicas=5']);
  const pods = await waitForReadyPods(handle, { labels, count: 5 });
  await waitForEndpoints(pods.map((pod) => pod.status.podIP));
  const applied = await handle.kubectl(['apply', '-f', '-'], { input: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-stdin}\n' });
  assert.match(applied, /created/);
  await assert.rejects(handle.kubectl(['get', 'pod', 'absent']), /NotFound/);
});

test('a limited user reads nothing until it gets a role', async () => {
  const args = ['--kubeconfig', handle.kubeconfigOf('limited'), 'get', 'pods'];
  await assert.rejects(handle.kubectl(args), /Forbidden/);
  await handle.kubectl(['create', 'clusterrolebinding', 'limited', '--clusterrole=view', '--user=limited']);
  await waitFor(() => handle.kubectl(args), 'the role to count');
});

test('a Pod made not ready stays so, shows in the EndpointSlice, and can become ready again', async () => {
  const [{ metadata, status }] = await listPods(handle, { labels });
  await setPodReady(handle, 'default', metadata.name, false);
  const endpoint = async () => (await listEndpoints(handle, { name: 'web' })).find(({ addresses }) => addresses[0] === status.podIP);
  await waitFor(async () => (await endpoint()).conditions.ready === false, 'the endpoint to be not ready');
  // kwok sees later changes of the same Pod, and still does not change its readiness.
  await handle.kubectl(['label', 'pod', metadata.name, 'touched=yes']);
  await handle.kubectl(['scale', 'deployment/web', '--replicas=6']);
  await waitFor(async () => (await listPods(handle, { labels })).filter(isReady).length === 5, 'the sixth Pod');
  assert.equal((await endpoint()).conditions.ready, false);
  assert.match(await handle.kubectl(['get', 'pod', metadata.name]), /0\/1 +Running/);
  await setPodReady(handle, 'default', metadata.name, true);
  await waitFor(async () => (await endpoint()).conditions.ready === true, 'the endpoint to be ready');
});

test('the API server can be killed and started again; the rest survives and goes on', async () => {
  const others = started(handle.dir).filter((name) => name !== 'kube-apiserver');
  const pids = others.map((name) => pidOf(handle.dir, name));
  await handle.killApiServer();
  await assert.rejects(handle.request('GET', '/readyz'), /ECONNREFUSED/);
  // Another process than the starter may start it again, as a Playwright worker does.
  await attach(handle.dir).startApiServer();
  assert.deepEqual(others.map((name) => isRunning(handle.dir, name) && pidOf(handle.dir, name)), pids);
  const [{ metadata }] = await listPods(handle, { labels });
  await handle.kubectl(['delete', 'pod', metadata.name]);
  const pods = await waitForReadyPods(handle, { labels, count: 6 }, 90_000);
  assert.ok(!pods.some((pod) => pod.metadata.name === metadata.name));
  await waitForEndpoints(pods.map((pod) => pod.status.podIP));
});

test('1,000 Pods of 100 Services become ready', async (t) => {
  const { ms } = await populate(handle, { nodes: 10, services: 100, pods: 1000, namespaces: 4 });
  t.diagnostic(`objects after ${ms.objects} ms, all endpoints ready after ${ms.ready} ms`);
});

test('a killed owner takes its control plane with it', async () => {
  const owner = spawn(process.execPath, [file, 'up', '--nodes', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(owner.stdout, 'data');
  const orphan = attach(dirname(String(line).trim()));
  assert.equal(await orphan.request('GET', '/readyz'), 'ok');
  owner.kill('SIGKILL');
  await waitFor(() => started(orphan.dir).every((name) => !isRunning(orphan.dir, name)), 'its processes to end');
  await down(orphan);
});

test('down leaves no process, no listening port and no folder', async () => {
  const pids = started(handle.dir).map((name) => pidOf(handle.dir, name));
  assert.equal(pids.length, 5);
  await down(handle);
  for (const pid of pids) await waitFor(() => !exists(pid), `process ${pid} to be gone`, 1_000);
  for (const port of Object.values(handle.ports)) assert.ok(await isFree(port, '127.0.0.1'), `port ${port} is taken`);
  assert.ok(!existsSync(handle.dir));
});

function exists(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function waitForEndpoints(addresses) {
  const wanted = addresses.toSorted().join(' ');
  return waitFor(async () => {
    const ready = (await listEndpoints(handle, { name: 'web' })).filter(({ conditions }) => conditions.ready);
    return ready.map((endpoint) => endpoint.addresses[0]).toSorted().join(' ') === wanted;
  }, `the endpoints ${wanted}`);
}
