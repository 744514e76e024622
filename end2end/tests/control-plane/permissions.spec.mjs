// Every permission of the manifests by itself: without one, kubehop starts, serves the other kinds and names the gap. And kubehop's
// requests in the API server's audit log.
import { execFile } from 'node:child_process';
import { writeKubeconfig } from '../../control-plane/components.mjs';
import { openEvents } from '../lib/events.mjs';
import { binary } from '../lib/kubehop.mjs';
import { picture } from '../lib/picture.mjs';
import { NAMESPACE, deploy, expect, test } from './in-cluster.mjs';
import { expose } from './workload.mjs';

const KINDS = {
  nodes: 'Node', namespaces: 'Namespace', servicecidrs: 'ServiceCIDR', services: 'Service', endpointslices: 'EndpointSlice', endpoints: 'Endpoints', pods: 'Pod',
};
const NAMESPACED = ['Service', 'EndpointSlice', 'Endpoints', 'Pod'];
const VERBS = ['get', 'list', 'watch'];

/** The objects of these kinds in a rendered kustomization. */
async function objects(cluster, name, ...kinds) {
  const input = await cluster.kubectl(['kustomize', deploy(name)]);
  const { items } = JSON.parse(await cluster.kubectl(['apply', '--filename=-', '--dry-run=client', '--output=json'], { input }));
  return items.filter(({ kind }) => kinds.includes(kind));
}

/** A kubeconfig for a new service account with these rules in the whole cluster, and with these Roles and their RoleBindings. */
async function account(cluster, testInfo, name, { rules = [], roles = [] } = {}) {
  const rbac = 'rbac.authorization.k8s.io';
  const subjects = [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }];
  const metadata = { name: `kubehop-${name}` };
  const own = (object) => {
    const { name: old, namespace } = object.metadata;
    const renamed = { ...object, metadata: { name: `${old}-${name}`, namespace } };
    return object.kind === 'Role' ? renamed : { ...renamed, roleRef: { ...object.roleRef, name: `${object.roleRef.name}-${name}` }, subjects };
  };
  const items = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE } },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata, rules },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata, roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: metadata.name }, subjects },
    ...roles.map(own),
  ];
  await cluster.kubectl(['apply', '--filename=-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
  const token = (await cluster.kubectl(['create', 'token', name, `--namespace=${NAMESPACE}`])).trim();
  const file = testInfo.outputPath(`kubeconfig-${name}`);
  writeKubeconfig(file, { server: cluster.server, ca: cluster.ca, user: name, token });
  const user = `system:serviceaccount:${NAMESPACE}:${name}`;
  // The API server's authorizer learns of a role through its own watch.
  const [first] = [...rules, ...roles.flatMap((role) => role.rules ?? [])];
  const where = rules.length > 0 ? '--all-namespaces' : '--namespace=default';
  if (first) await expect.poll(() => cluster.kubectl(['auth', 'can-i', 'list', first.resources[0], where, `--as=${user}`]).catch(() => 'no')).toContain('yes');
  return { file, user };
}

/** kubehop's state of each kind: `{ Node: 'synced', ... }`, and the errors by kind. */
async function status(kubehop) {
  const events = await openEvents(kubehop.url);
  const { data } = await events.nextOf('status');
  events.close();
  const states = Object.fromEntries(data.kinds.map(({ kind, state }) => [kind, state]));
  return { states, errors: Object.fromEntries(data.kinds.map(({ kind, error }) => [kind, error])) };
}

/** Waits until exactly these kinds are forbidden, and all others are synced. */
async function expectForbidden(kubehop, forbidden) {
  const wanted = Object.fromEntries(Object.values(KINDS).map((kind) => [kind, forbidden.includes(kind) ? 'forbidden' : 'synced']));
  await expect.poll(async () => (await status(kubehop)).states).toMatchObject(wanted);
  return (await status(kubehop)).errors;
}

const rowsOf = async (kubehop) => new Set((await (await fetch(`${kubehop.url}/api/v1/snapshot`)).json()).rows.map(({ kind }) => kind));

test.beforeEach(({ applied }) => expect(applied.pod.spec.serviceAccountName).toBe('kubehop'));

for (const [resource, kind] of Object.entries(KINDS)) {
  test(`without ${resource} the rest is served, and the gap is named`, async ({ page, cluster, ns, start }, testInfo) => {
    await expose(cluster, ns, 'web', 1);
    const [{ rules }] = await objects(cluster, 'base', 'ClusterRole');
    const others = rules.filter(({ resources }) => !resources.includes(resource));
    expect(others.length, 'one rule names the kind').toBe(rules.length - 1);
    const { file, user } = await account(cluster, testInfo, `without-${resource}`, { rules: others });
    const kubehop = await start(file);
    const errors = await expectForbidden(kubehop, [kind]);
    const { apiGroups: [group] } = rules.find(({ resources }) => resources.includes(resource));
    expect(errors[kind]).toContain(`list is forbidden for ${user} at the cluster scope`);
    expect(errors[kind]).toContain(`{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["get", "list", "watch"]}`);
    const rows = await rowsOf(kubehop);
    for (const other of Object.values(KINDS)) expect(rows.has(other), other).toBe(other !== kind);

    await page.goto(`${kubehop.url}/?namespaces=${ns}`);
    await expect(picture(page).locator('[data-socket]').first()).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(/No permission to list and watch/);
  });
}

test('with the Roles of deploy/namespaces only, their namespace is served', async ({ cluster, start }, testInfo) => {
  await expose(cluster, 'default', 'tenant', 1);
  const roles = await objects(cluster, 'namespaces', 'Role', 'RoleBinding');
  expect(await objects(cluster, 'namespaces', 'ClusterRole', 'ClusterRoleBinding')).toEqual([]);
  const { file } = await account(cluster, testInfo, 'namespaces-only', { roles });
  const kubehop = await start(file, ['--namespaces', 'default']);
  await expectForbidden(kubehop, ['Node', 'Namespace', 'ServiceCIDR']);
  expect([...await rowsOf(kubehop)]).toEqual(expect.arrayContaining(NAMESPACED));
});

test('without any permission kubehop starts, is ready, and names every gap', async ({ page, cluster, start }, testInfo) => {
  const { file } = await account(cluster, testInfo, 'nothing');
  const kubehop = await start(file);
  const errors = await expectForbidden(kubehop, Object.values(KINDS));
  for (const [resource, kind] of Object.entries(KINDS)) expect(errors[kind]).toContain(`resources: ["${resource}"]`);
  expect((await fetch(`${kubehop.url}/readyz`)).status).toBe(200);
  await page.goto(kubehop.url);
  await expect(page.getByRole('alert')).toContainText(/No permission to list and watch/);
  expect(await rowsOf(kubehop)).toEqual(new Set());
});

test('the audit log of a run has get, list and watch of what the manifests grant, and no more', async ({ cluster, start }, testInfo) => {
  await expose(cluster, 'default', 'audited', 1);
  const data = { 'config.conf': 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: 10.244.0.0/16\n' };
  await cluster.kubectl(['apply', '--filename=-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-proxy', namespace: 'kube-system' }, data }) });
  const [{ rules }] = await objects(cluster, 'base', 'ClusterRole');
  const roles = await objects(cluster, 'base', 'Role', 'RoleBinding');
  const { file, user } = await account(cluster, testInfo, 'audited', { rules, roles });
  const kubehop = await start(file);
  await expectForbidden(kubehop, []);
  const { rows } = await (await fetch(`${kubehop.url}/api/v1/snapshot`)).json();
  for (const kind of ['Node', ...NAMESPACED]) {
    const { namespace, name } = rows.find((row) => row.kind === kind);
    const answer = await fetch(`${kubehop.url}/api/v1/object?${new URLSearchParams({ kind, namespace: namespace ?? '', name })}`);
    expect(answer.status, `${kind} ${namespace}/${name}`).toBe(200);
  }
  const clusterIP = rows.find((row) => row.kind === 'Service' && row.name === 'audited').clusterIPs[0];
  const { settings } = await (await fetch(`${kubehop.url}/api/v1/trace?from=pod-ip:10.244.1.1&to=${clusterIP}:30080`)).json();
  expect(JSON.stringify(settings), 'the ConfigMap is read').toMatch(/configmap/i);
  const doctor = await new Promise((done) => execFile(binary, ['doctor', '--kubeconfig', file], (error, stdout) => done({ code: error?.code ?? 0, stdout })));
  expect(doctor.code, doctor.stdout).toBe(0);

  const asked = cluster.audited().filter((event) => event.user.username === user);
  for (const { verb, requestURI } of asked) expect(VERBS, requestURI).toContain(verb);
  const line = (verb, group, resource, name = '') => [verb, group, resource, name].join(' ').trim();
  const used = new Set(asked.filter(({ objectRef }) => objectRef).map(({ verb, objectRef: { apiGroup = '', resource, name } }) =>
    line(verb, apiGroup, resource, resource === 'configmaps' || resource === 'secrets' ? name : '')));
  // These two kinds have no manifest on the page: they are listed and watched only.
  const unused = new Set([line('get', '', 'namespaces'), line('get', 'networking.k8s.io', 'servicecidrs')]);
  const granted = [...rules, ...roles.flatMap((role) => role.rules ?? [])].flatMap(({ apiGroups, resources, verbs, resourceNames = [''] }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => resourceNames.flatMap((name) => verbs.map((verb) => line(verb, group, resource, name))))));
  expect([...used].toSorted()).toEqual(granted.filter((one) => !unused.has(one)).toSorted());
  expect([...used, ...granted].join(), 'no Secret').not.toContain('secrets');
});

test('the audit log has what an account of the namespace tries to write, so its silence means something', async ({ cluster }, testInfo) => {
  const { user } = await account(cluster, testInfo, 'writer');
  await expect(cluster.kubectl(['create', 'namespace', 'forbidden', '--kubeconfig', testInfo.outputPath('kubeconfig-writer')])).rejects.toThrow(/forbidden/i);
  expect(cluster.audited().filter((event) => event.user.username === user && event.verb === 'create')).not.toEqual([]);
});
