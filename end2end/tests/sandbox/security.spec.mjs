// The page under its own Content-Security-Policy, with a hostile cluster, and under a base path.
import { serious } from '../lib/axe.mjs';
import { Cluster, endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { Complaints } from '../lib/quiet.mjs';
import { Kubehop } from '../lib/kubehop.mjs';
import { Limited } from '../lib/limited.mjs';
import { open, picture, select, selected, socket } from '../lib/picture.mjs';
import { expect, test } from '../lib/test.mjs';

const NODE_PORT = 'nodePort 192.168.56.12:30001';
const manifest = (page) => page.locator('aside .manifest');

/** Collects violations of the policy, also those that the console does not show. */
async function violations(page) {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => window.violations.push(`${effectiveDirective} ${blockedURI}`));
  });
  return () => page.evaluate(() => window.violations);
}

test('everything that a reader does keeps to the policy', async ({ page, kubehop }) => {
  const stopped = await violations(page);
  await open(page, kubehop.url);
  await select(page, NODE_PORT);
  await expect(manifest(page).locator('.run.on').first()).toBeVisible();
  await page.locator('details.take summary').click();
  for (const name of [/SVG/, /PNG/]) {
    const download = page.waitForEvent('download');
    await page.locator('details.take').getByText(name).click();
    await download;
    if (name.source === 'SVG') await page.locator('details.take summary').click();
  }
  await page.keyboard.press('Escape');
  await page.locator('input[name=to]').fill('10.96.114.20:30080');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/to=/);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/view=table/);
  await page.reload();
  await expect(page.locator('main > [data-status="live"]')).toBeVisible();
  expect(await stopped()).toEqual([]);
});

test('the policy is in force: what carries no nonce does not run, and nothing is fetched from elsewhere', async ({ live: page, complaints }) => {
  complaints.allow(/Content Security Policy|violates|Refused to|request to another host|request failed: https:\/\/elsewhere\.example|Failed to load resource|status 404: .*\/x$/);
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.harmed = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.harmed = true">');
    await new Promise((done) => document.querySelector('img[src=x]').addEventListener('error', () => setTimeout(done)));
    const fetched = await fetch('https://elsewhere.example/').then(() => true, () => false);
    return { harmed: window.harmed ?? false, fetched };
  });
  expect(ran).toEqual({ harmed: false, fetched: false });
});

const ODD = '<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"\'&amp;\u202eسلام\u0000\u200b🦀';

test('an object that means harm is shown as text', async ({ page, kubehop, cluster }) => {
  const stopped = await violations(page);
  const own = { '<b>x</b>': ODD, 'javascript:alert(1)': ODD };
  await cluster.create({ ...pod({ name: 'odd', ip: '10.244.1.66', container: '<i>web</i>', labels: own, ports: [{ name: ODD, containerPort: 80, protocol: 'TCP' }] }) });
  const odd = service({ name: 'odd', ip: '10.96.66.6', labels: own, selector: own, ports: [{ name: ODD, port: 80, targetPort: ODD, protocol: 'TCP' }] });
  await cluster.create({ ...odd, metadata: { ...odd.metadata, annotations: own } });
  await cluster.create(slice({ name: 'odd-1', service: 'odd', ports: [{ name: ODD, port: 80, protocol: 'TCP' }], endpoints: [endpoint({ ip: '10.244.1.66', pod: 'odd', node: 'node1' })] }));
  const external = service({ name: 'odd-name', ip: 'None', type: 'ExternalName' });
  await cluster.create({ ...external, spec: { type: 'ExternalName', externalName: ODD } });
  await open(page, kubehop.url, 'select=port:10.96.66.6:80');
  // The manifest shows the text literally.
  await manifest(page).getByRole('button', { name: 'Show all' }).click();
  await expect(manifest(page)).toContainText('<script>window.harmed=1</script>');
  for (const query of ['view=table', `find=${encodeURIComponent(ODD)}`, `from=${encodeURIComponent(ODD)}&to=${encodeURIComponent(ODD)}`, `select=${encodeURIComponent(`port:${ODD}`)}`]) {
    await page.goto(`${kubehop.url}/?${query}`);
    await expect(page.locator('main > [data-status="live"]')).toBeVisible();
    const made = () => [window.harmed, document.querySelectorAll('img, script:not([nonce])').length, [...document.querySelectorAll('b, i')].filter(({ textContent }) => ['x', 'web'].includes(textContent)).length];
    expect(await page.evaluate(made), query).toEqual([undefined, 0, 0]);
  }
  expect(await stopped()).toEqual([]);
  const svg = await (await fetch(`${kubehop.url}/graph.svg?select=port:10.96.66.6:80`)).text();
  expect(svg).not.toMatch(/<script|<img|onerror=window[^&]*>/);
});

test('what may not be seen is named in the panel, with the rule that grants it', async ({ browser, kubehop }, info) => {
  // Slow: it starts two servers and runs axe.
  test.slow();
  const limited = await Limited.of(kubehop, info);
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await open(page, limited.url);
  const sentence = 'pods: list is forbidden for jo at the cluster scope; grant it in a ClusterRole: {apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"]}';
  await expect(page.locator('aside pre', { hasText: 'apiGroups' })).toHaveText(sentence);
  await expect(page.getByRole('alert')).toContainText(sentence);
  expect(limited.log).toContain(sentence);
  expect(await serious(page)).toEqual([]);
  await context.close();
  await limited.stop();
});

test.describe('under a base path', () => {
  test('the page, its stream, its exports and its links work', async ({ browser }) => {
    const kubehop = await Kubehop.start(['--sandbox', '--sandbox-api', '127.0.0.1:0', '--listen', '127.0.0.1:0', '--base-path', '/team/hop']);
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, locale: 'en-GB' });
    const complaints = new Complaints().watch(context, kubehop.url);
    const asked = [];
    context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const page = await context.newPage();
    const stopped = await violations(page);
    // The URL without its trailing slash is redirected, because of relative links.
    await page.goto(`${kubehop.url}/team/hop?lang=en`);
    await expect(page).toHaveURL(`${kubehop.url}/team/hop/?lang=en`);
    await expect(page.locator('main > svg[data-status]')).toHaveAttribute('data-status', 'live');
    await select(page, NODE_PORT);
    expect(new URL(page.url()).pathname).toBe('/team/hop/');

    await new Cluster(kubehop.api).create(service({ name: 'new', ip: '10.96.4.1' }));
    await expect(socket(page, 'clusterIP 10.96.4.1')).toHaveCount(1);

    await page.locator('details.take summary').click();
    const download = page.waitForEvent('download');
    await page.locator('details.take').getByText(/SVG/).click();
    expect(new URL((await download).url()).pathname).toBe('/team/hop/graph.svg');
    await page.getByRole('button', { name: /as text/i }).click();
    await expect.poll(() => asked).toContain('/team/hop/api/v1/trace');

    await page.reload();
    await expect(picture(page).first()).toBeVisible();
    expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
    // The form of a page without scripts.
    const still = await browser.newContext({ javaScriptEnabled: false });
    const plain = await still.newPage();
    await plain.goto(`${kubehop.url}/team/hop/`);
    await plain.locator('input[name=to]').fill('10.96.114.20:30080');
    await plain.keyboard.press('Enter');
    await expect(plain).toHaveURL(/\/team\/hop\/\?.*to=10\.96\.114\.20/);

    for (const path of ['api/v1/snapshot', 'api/v1/events', 'pkg/kubehop.js', 'pkg/kubehop.wasm', 'pkg/kubehop.css', 'pkg/words.en.ftl']) expect(asked).toContain(`/team/hop/${path}`);
    expect(asked.filter((path) => !path.startsWith('/team/hop'))).toEqual([]);
    expect(await stopped()).toEqual([]);
    complaints.allow(/ERR_ABORTED/);
    expect(complaints.list).toEqual([]);
    await Promise.all([context.close(), still.close()]);
    expect((await kubehop.stop()).code).toBe(0);
  });
});
