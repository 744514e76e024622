// Hostile objects that the API server accepts: it checks names and addresses, but neither annotations nor the targets of endpoints.
import { open, select, socket } from '../lib/picture.mjs';
import { expect, test } from './fixture.mjs';
import { expose } from './workload.mjs';

const ODD = '<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"\'&amp;\u202e\u0633\u0644\u0627\u0645\u200b\u0301🦀';
/** Maximum size of all annotations of an object together, keys included, in bytes. */
const MAX_ANNOTATION_BYTES = 256 * 1024;

test('script, odd Unicode and as much text as is admitted are text, and a Service is found beside them', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 1);
  const [odd, large] = ['metallb.io/odd', 'metallb.io/large'];
  const rest = MAX_ANNOTATION_BYTES - odd.length - large.length - Buffer.byteLength(ODD);
  const annotations = { [odd]: ODD, [large]: '<b>'.repeat(rest / 3) };
  await cluster.request('PATCH', `/api/v1/namespaces/${ns}/services/web`, { metadata: { annotations } });
  await kubectl.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'by-hand', namespace: ns }, spec: { ports: [{ port: 80 }] } });
  await kubectl.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'by-hand', namespace: ns, labels: { 'kubernetes.io/service-name': 'by-hand' } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 80, protocol: 'TCP' }],
    endpoints: [{ addresses: ['192.0.2.7'], zone: ODD, targetRef: { kind: '<canary>', namespace: ns, name: ODD } }],
  });
  const stopped = [];
  page.on('dialog', (dialog) => dialog.dismiss().then(() => stopped.push(dialog.message())));
  await page.exposeFunction('stopped', (text) => stopped.push(text));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => window.stopped(effectiveDirective)));

  await open(page, (await start()).url, `namespaces=${ns}`);
  await select(page, `nodePort 192.168.56.12:${nodePort}`);
  const manifest = page.locator('aside .manifest');
  await manifest.getByRole('button', { name: 'Show all' }).click();
  await expect(manifest).toContainText('<script>window.harmed=1</script><img src=x onerror=window.harmed=1>');
  await select(page, 'endpoint 192.0.2.7:80');
  await expect(socket(page, 'endpoint 192.0.2.7:80')).toHaveCount(1);
  const made = () => [window.harmed ?? 'not harmed', document.querySelectorAll('canary, img, script:not([nonce])').length];
  expect(await page.evaluate(made)).toEqual(['not harmed', 0]);
  expect(stopped).toEqual([]);
});
