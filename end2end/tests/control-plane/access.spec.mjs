// Errors that keep kubehop from a cluster are shown on the page and in the terminal, and end without a restart as soon as they are
// corrected.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createDeployment, createService } from '../../control-plane/fixtures.mjs';
import { live, open, picture } from '../lib/picture.mjs';
import { expectAddresses, endpointsOf } from './expected.mjs';
import { expect, test } from './fixture.mjs';

/** Opens the page on a cluster that cannot be reached, expects the reason, corrects the kubeconfig, and expects the cluster. */
async function expectMended({ page, cluster, start }, kubeconfig, reason) {
  const kubehop = await start(kubeconfig);
  await page.goto(kubehop.url);
  await expect(page.locator('main > svg[data-status]')).toHaveAttribute('data-status', 'connecting');
  await expect(page.getByRole('alert')).toContainText(reason);
  expect(kubehop.log).toMatch(reason);
  for (const said of [kubehop.log, await page.content()]) expect(said, 'a credential').not.toContain(cluster.tokens.admin);

  copyFileSync(cluster.kubeconfig, kubeconfig);
  await live(page);
  await expect(page.getByRole('alert')).toBeHidden();
  await expectAddresses(page, 'nodeIP', ['192.168.56.11', '192.168.56.12', '192.168.56.13']);
}

/** A file with a changed copy of the administrator's kubeconfig. */
function kubeconfig(cluster, testInfo, change) {
  const config = JSON.parse(readFileSync(cluster.kubeconfig, 'utf8'));
  change(config);
  const file = testInfo.outputPath('kubeconfig');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

test('a kubeconfig that does not parse is named, and read again once it is mended', async ({ page, cluster, start }, testInfo) => {
  const file = testInfo.outputPath('kubeconfig');
  writeFileSync(file, `users: [{name: admin, user: {token: ${cluster.tokens.admin}\n`);
  await expectMended({ page, cluster, start }, file, /kubeconfig \S+\/kubeconfig: is not a valid kubeconfig/);
});

test('a kubeconfig that is not there yet is waited for', async ({ page, cluster, start }, testInfo) => {
  await expectMended({ page, cluster, start }, testInfo.outputPath('kubeconfig'), /kubeconfig \S+\/kubeconfig: cannot be read/);
});

test('a kubeconfig with the address of nobody says where kubehop knocked', async ({ page, cluster, start }, testInfo) => {
  const file = kubeconfig(cluster, testInfo, ({ clusters }) => (clusters[0].cluster.server = 'https://127.0.0.1:9'));
  await expectMended({ page, cluster, start }, file, /cannot reach the API server at https:\/\/127\.0\.0\.1:9: connection refused/);
});

test('a certificate authority of another cluster is a matter of trust', async ({ page, cluster, start }, testInfo) => {
  const file = kubeconfig(cluster, testInfo, ({ clusters }) => delete clusters[0].cluster['certificate-authority-data']);
  await expectMended({ page, cluster, start }, file, /no trusted connection to https:\S+/);
});

test('a token that is no longer good asks for another login', async ({ page, cluster, start }, testInfo) => {
  const file = kubeconfig(cluster, testInfo, ({ users }) => (users[0].user.token = 'expired'));
  await expectMended({ page, cluster, start }, file, /refuses the credentials \(401 .*\): the token may have expired/);
});

test('without the right to list Pods the page works, names what is missing, and has it once it is granted', async ({ page, cluster, ns, kubectl, start }) => {
  await createDeployment(cluster, { ns, name: 'web', replicas: 2 });
  await createService(cluster, { ns, name: 'web' });
  const others = 'nodes,namespaces,services,endpoints,endpointslices.discovery.k8s.io,servicecidrs.networking.k8s.io';
  await grant(kubectl, `${ns}-others`, others);
  await expect(async () => expect(await kubectl(['auth', 'can-i', 'watch', 'services', '--all-namespaces', '--as=limited'])).toContain('yes')).toPass();

  const kubehop = await start(cluster.kubeconfigOf('limited'));
  await open(page, kubehop.url, `namespaces=${ns}`);
  await expectAddresses(page, 'endpoint', await endpointsOf(kubectl, 'web'));
  await expect(picture(page).locator('[data-socket="endpoint"]')).toHaveCount(2);
  await expect(page.getByRole('alert')).toHaveText(/No permission to list and watch Pods\b/);
  await expect(page.getByRole('complementary')).toContainText(/Pods\s*no permission/);
  expect(kubehop.log).toMatch(/pods: list is forbidden for limited at the cluster scope; grant it in a ClusterRole: \{apiGroups: \[""\], resources: \["pods"\], verbs: \["get", "list", "watch"\]\}/);

  await grant(kubectl, `${ns}-pods`, 'pods');
  await expect(page.getByRole('alert')).toBeHidden();
  const pods = await kubectl.get('pods');
  await expectAddresses(page, 'podIP', pods.map(({ status }) => status.podIP));
  await kubectl(['delete', 'clusterrolebinding', `${ns}-others`, `${ns}-pods`]);
});

/** Lets the user `limited` read these kinds everywhere. */
async function grant(kubectl, name, resources) {
  await kubectl(['create', 'clusterrole', name, '--verb=get,list,watch', `--resource=${resources}`]);
  await kubectl(['create', 'clusterrolebinding', name, `--clusterrole=${name}`, '--user=limited']);
}
