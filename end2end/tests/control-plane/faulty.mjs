// The fixture of the fault tests: a control plane without controllers, in which only the tests write, and a page that shows a whole
// namespace.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { down, up } from '../../control-plane/control-plane.mjs';
import { Follower } from '../lib/follower.mjs';
import { Proxy } from '../lib/proxy.mjs';
import { Churn } from './churn.mjs';
import { Figures } from './figures.mjs';
import { expect, test as base } from './fixture.mjs';

export { expect };

export const test = base.extend({
  // The window is high enough that the whole picture is in view, hence in the document.
  viewport: { width: 1600, height: 4000 },

  cluster: [async ({}, use) => {
    const cluster = await up({
      without: ['kube-controller-manager', 'kube-scheduler', 'kwok'],
      // No controller creates the service accounts that Pods need.
      extraArgs: { 'kube-apiserver': ['--disable-admission-plugins=ServiceAccount'] },
      log: console.log,
    });
    await use(cluster);
    await down(cluster);
  }, { scope: 'worker', timeout: 15 * 60_000 }],

  /** The name of a namespace, which the churn creates. */
  ns: async ({}, use) => use(`test-${randomBytes(4).toString('hex')}`),

  /** A writer in that namespace, not started yet. */
  churn: async ({ cluster, ns }, use) => {
    const churn = await new Churn(cluster, ns).fill();
    await use(churn);
    await churn.stop();
  },

  figures: async ({}, use, testInfo) => {
    const figures = new Figures(testInfo);
    await use(figures);
    await figures.report();
  },

  /** Opens a client that stays connected all the time, like a page. */
  follow: async ({}, use) => {
    const all = [];
    await use(async (...args) => all[all.push(await Follower.open(...args)) - 1]);
    await Promise.all(all.map((follower) => follower.close()));
  },

  /** Starts a proxy before the API server; resolves to the proxy and to the kubeconfig that leads through it. */
  proxied: async ({ cluster }, use, testInfo) => {
    const all = [];
    await use(async (name) => {
      const proxy = await Proxy.start(cluster);
      all.push(proxy);
      return { proxy, kubeconfig: proxy.kubeconfig(testInfo.outputPath(`kubeconfig-${name}`)) };
    });
    for (const proxy of all) await proxy.close();
  },

  /** Starts a process with many clients: `tests/lib/slow-clients.mjs` or `bench/crowd.mjs`. */
  clients: async ({}, use) => {
    const children = [];
    await use((path) => children[children.push(fork(join(import.meta.dirname, '../..', path))) - 1]);
    for (const child of children) child.kill('SIGKILL');
  },
});
