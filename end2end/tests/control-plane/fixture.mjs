// The fixture of the tests on the real control plane: one control plane per worker; a namespace and a kubehop per test.
import { test as base, expect } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { down, up } from '../../control-plane/control-plane.mjs';
import { createNamespace } from '../../control-plane/fixtures.mjs';
import { directEnvironment } from '../../control-plane/processes.mjs';
import { Kubehop } from '../lib/kubehop.mjs';

export { expect };

export const test = base.extend({
  cluster: [
    async ({}, use) => {
      const cluster = await up({ nodes: 3, log: console.log });
      await use(cluster);
      await down(cluster);
    },
    { scope: 'worker', timeout: 15 * 60_000 }, // Cold, it builds Kubernetes.
  ],

  /** The name of an empty namespace. */
  ns: async ({ cluster }, use) => {
    const name = `test-${randomBytes(4).toString('hex')}`;
    await createNamespace(cluster, name);
    await use(name);
  },

  /** The real kubectl, in the test's namespace. */
  kubectl: async ({ cluster, ns }, use) => {
    const kubectl = (args, options) => cluster.kubectl(['--namespace', ns, ...args], options);
    kubectl.get = async (what) => JSON.parse(await kubectl(['get', what, '--output=json'])).items;
    kubectl.apply = (object) => kubectl(['apply', '--filename=-'], { input: JSON.stringify(object) });
    await use(kubectl);
  },

  /** Starts kubehop with a kubeconfig, by default the administrator's. It ends with the test, unless the test has killed it. */
  start: async ({ cluster }, use) => {
    const running = [];
    await use(async (kubeconfig = cluster.kubeconfig, more = [], listen = '127.0.0.1:0') => {
      const kubehop = await Kubehop.start(['--listen', listen, '--kubeconfig', kubeconfig, ...more], { env: directEnvironment() });
      running.push(kubehop);
      return kubehop;
    });
    for (const kubehop of running.filter(({ killed }) => !killed)) expect((await kubehop.stop()).code, `kubehop's exit code; it said:\n${kubehop.log}`).toBe(0);
  },

  /**
   * An error in the page's console fails the test; a panic of the WASM module is such an error. It needs `start`, so that kubehop ends after
   * the check: the page reports a server that is gone as an error.
   */
  page: async ({ page, start: _ }, use) => {
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await use(page);
    expect(errors, 'errors in the console').toEqual([]);
  },
});
