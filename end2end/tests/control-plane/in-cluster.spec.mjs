// The manifests of `deploy/` on a real API server, and their only entrance: kubectl port-forward.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NAMESPACE, deploy, expect, test } from './in-cluster.mjs';
import { open, select } from '../lib/picture.mjs';
import { endpointsOf, expectState } from './expected.mjs';
import { expose } from './workload.mjs';

test('through kubectl port-forward a nodePort is selected and its path lights up, with the account of the manifests', async ({ page, cluster, ns, kubectl, portForward, inCluster }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 2);
  await open(page, portForward, `namespaces=${ns}`);
  await select(page, `nodePort 192.168.56.12:${nodePort}`);
  await expectState(page, 'endpoint', 'on-path', await endpointsOf(kubectl, 'web'));
  await expect(page.getByRole('alert'), 'nothing is missing').toBeHidden();
  await kubectl(['scale', 'deployment/web', '--replicas=3']);
  await expect.poll(async () => (await endpointsOf(kubectl, 'web')).length).toBe(3);
  await expectState(page, 'endpoint', 'on-path', await endpointsOf(kubectl, 'web'));
  expect(inCluster.log).not.toContain('forbidden');
});

test('a lazy part of the page that does not arrive is asked for again', async ({ page, cluster, ns, kubectl, image, portForward }) => {
  test.skip(!image.config, 'only the site of an image has lazy parts');
  const { nodePort } = await expose(cluster, ns, 'web', 1);
  // A page of its own, because the console reports the failure.
  const other = await page.context().newPage();
  let asked = 0;
  await other.route('**/pkg/resolver.*.wasm', (route) => (asked++ ? route.continue() : route.abort()));
  await open(other, portForward, `namespaces=${ns}`);
  await select(other, `nodePort 192.168.56.12:${nodePort}`);
  await expectState(other, 'endpoint', 'on-path', await endpointsOf(kubectl, 'web'));
  expect(asked).toBe(2);
  await other.close();
});

test('a neighbour Pod reaches the health port only, and learns no name and no address there', async ({ cluster, ns, pods, inCluster }) => {
  const { clusterIP } = await expose(cluster, ns, 'web', 1);
  const loopback = async () => JSON.parse(await pods.fromPod(process.execPath, ['-e', GET, 'http://127.0.0.1:3000/api/v1/snapshot']));
  await expect.poll(async () => (await loopback()).text, 'what kubehop holds').toContain(clusterIP);

  const ask = async (port, path) => JSON.parse(await pods.fromNeighbour(process.execPath, ['-e', GET, `http://${pods.podIP}:${port}${path}`]));
  expect(await ask(3000, '/'), 'the page').toEqual({ error: 'ECONNREFUSED' });
  for (const path of ['/livez', '/readyz', '/metrics']) {
    const { status, text } = await ask(8080, path);
    expect(status, path).toBe(200);
    for (const secret of [clusterIP, ns, '192.168.56.', '10.244.', 'node-1', 'web-']) expect(text, path).not.toContain(secret);
  }
  for (const path of ['/', '/api/v1/snapshot', '/graph.svg', '/api/v1/contexts']) expect((await ask(8080, path)).status, path).toBe(404);
  expect(inCluster.log).not.toContain('panicked');
});

test('the API server takes the manifests strictly, and the Pod under the restricted Pod Security Standard', async ({ cluster, applied: { pod, rendered } }) => {
  const strict = await cluster.kubectl(['apply', '--filename=-', '--dry-run=server', '--validate=strict'], { input: rendered });
  expect(strict).toContain('deployment.apps/kubehop');
  expect(pod.metadata.namespace).toBe(NAMESPACE);
  const label = `pod-security.kubernetes.io/enforce=restricted`;
  expect(await cluster.kubectl(['get', 'namespaces', `--selector=${label}`, '--output=name'])).toContain(`namespace/${NAMESPACE}`);
  const [{ securityContext, resources }] = pod.spec.containers;
  expect(securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } });
  for (const which of ['requests', 'limits']) expect(Object.keys(resources[which]).toSorted()).toEqual(['cpu', 'memory']);
  const some = await cluster.kubectl(['kustomize', deploy('namespaces')]);
  expect(some).not.toMatch(/kind: ClusterRole/);
});

test('the image is one static program, set to what the Deployment says', async ({ image, applied: { pod } }) => {
  test.skip(!image.config, 'make conformance makes the image; here is none (KUBEHOP_IMAGE)');
  const { config, program } = image;
  expect(config.Entrypoint).toEqual(['/kubehop']);
  expect(config.User.split(':')[0]).toBe(String(pod.spec.securityContext.runAsUser));
  const ports = pod.spec.containers[0].ports.map(({ containerPort }) => `${containerPort}/tcp`);
  expect(Object.keys(config.ExposedPorts)).toEqual(expect.arrayContaining(ports));
  const headers = execFileSync('readelf', ['--program-headers', program], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  expect(headers).not.toContain('INTERP');
});

test('the image and its program hold a bill of materials and the notices of what they are made of', async ({ image, portForward }) => {
  test.skip(!image.config, 'make conformance makes the image; here is none (KUBEHOP_IMAGE)');
  const bill = JSON.parse(readFileSync(join(dirname(image.program), 'sbom.cdx.json'), 'utf8'));
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'kubehop' } } });
  expect(bill.components.map(({ name }) => name)).toEqual(expect.arrayContaining(['axum', 'kube', 'leptos']));
  const notices = readFileSync(join(dirname(image.program), 'notices.txt'), 'utf8');
  expect(notices).toContain('Apache License');
  const served = async (path) => (await fetch(`${portForward}${path}`)).text();
  expect(JSON.parse(await served('/sbom.cdx.json'))).toEqual(bill);
  expect(await served('/notices.txt')).toBe(notices);
});

/** Prints the answer of a URL, as JSON. */
const GET = `fetch(process.argv[1]).then(async (a) => ({ status: a.status, text: await a.text() }), (e) => ({ error: e.cause?.code ?? e.message })).then((a) => console.log(JSON.stringify(a)))`;
