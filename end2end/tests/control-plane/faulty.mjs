// What the fault tests stand on: a control plane without controllers, in which only the tests write, and a page that sees all of a namespace.
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
  // All that is drawn is in view then, hence in the document.
  viewport: { width: 1600, height: 4000 },

  cluster: [async ({}, use) => {
    const cluster = await up({
      without: ['kube-controller-manager', 'kube-scheduler', 'kwok'],
      // Nobody makes the accounts that Pods would need.
      extraArgs: { 'kube-apiserver': ['--disable-admission-plugins=ServiceAccount'] },
      log: console.log,
    });
    await use(cluster);
    await down(cluster);
  }, { scope: 'worker', timeout: 15 * 60_000 }],

  /** A name for a namespace, which the churn makes. */
  ns: async ({}, use) => use(`test-${randomBytes(4).toString('hex')}`),

  /** A writer in that namespace, which has not begun. */
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

  /** Opens a client that is there all the time, as a page is. */
  follow: async ({}, use) => {
    const all = [];
    await use(async (...args) => all[all.push(await Follower.open(...args)) - 1]);
    await Promise.all(all.map((follower) => follower.close()));
  },

  /** Starts a proxy before the API server; resolves to it and to the kubeconfig that leads through it. */
  proxied: async ({ cluster }, use, testInfo) => {
    const all = [];
    await use(async (name) => {
      const proxy = await Proxy.start(cluster);
      all.push(proxy);
      return { proxy, kubeconfig: proxy.kubeconfig(testInfo.outputPath(`kubeconfig-${name}`)) };
    });
    for (const proxy of all) await proxy.close();
  },

  /** Starts one of the processes that are many clients: `tests/lib/slow-clients.mjs`, `bench/crowd.mjs`. */
  clients: async ({}, use) => {
    const children = [];
    await use((path) => children[children.push(fork(join(import.meta.dirname, '../..', path))) - 1]);
    for (const child of children) child.kill('SIGKILL');
  },
});
