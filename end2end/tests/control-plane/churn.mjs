// A steady writer: it creates, changes and deletes Services, their EndpointSlices and their Pods. No controller runs, so only this writer
// decides which objects exist. It survives a killed API server: requests without an answer are repeated.
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../control-plane/wait.mjs';
import { endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { Random } from '../lib/random.mjs';

const AGAIN_MS = 50;
const MOST_PODS = 6;
const PORTS = [8080, 8081, 9090];
const APPLY = 'application/apply-patch+yaml';
const MERGE = 'application/merge-patch+json';

export class Churn {
  /** The number of completed steps, and of requests that the API server did not answer. */
  steps = 0;
  unanswered = 0;
  #services = [];
  #made = 0;
  #ending = false;

  constructor(cluster, ns, { services = 5, everyMs = 20, seed = 1 } = {}) {
    Object.assign(this, { cluster, ns, everyMs, random: new Random(seed) });
    Object.assign(this, { core: `/api/v1/namespaces/${ns}`, discovery: `/apis/discovery.k8s.io/v1/namespaces/${ns}` });
    this.#services = Array.from({ length: services }, (_, index) => ({ name: `web-${index + 1}`, port: PORTS[0], pods: [] }));
  }

  /** Creates the namespace, and its Services with three Pods each. */
  async fill() {
    await this.#write('POST', '/api/v1/namespaces', { metadata: { name: this.ns } });
    for (const one of this.#services) {
      await this.#expose(one);
      for (let n = 0; n < 3; n += 1) await this.#add(one);
      await this.#slice(one);
    }
    return this;
  }

  start() {
    this.#ending = false;
    this.running = this.#run();
    return this;
  }

  /** Resolves when the present step is complete. */
  async stop() {
    this.#ending = true;
    await this.running;
  }

  /** Resolves when it has made this many further changes. */
  more(steps) {
    const enough = this.steps + steps;
    return waitFor(() => this.steps >= enough, `${steps} changes`, 60_000, { everyMs: 20 });
  }

  async #run() {
    while (!this.#ending) {
      await this.step();
      await sleep(this.everyMs);
    }
  }

  /** One change, as it may happen in a cluster. */
  async step() {
    const one = this.random.pick(this.#services);
    const dice = this.random.below(10);
    if (dice < 5 && one.pods.length > 0) await this.#flip(this.random.pick(one.pods));
    else if (dice < 7 && one.pods.length < MOST_PODS) await this.#add(one);
    else if (dice < 8 && one.pods.length > 0) await this.#remove(one);
    else if (dice < 9) await this.#retarget(one);
    else await this.#replace(one);
    await this.#slice(one);
    this.steps += 1;
  }

  async #add(one) {
    const number = (this.#made += 1);
    const ip = `10.244.${1 + (number >> 8)}.${number & 255}`;
    const created = { name: `${one.name}-${number}`, ip, node: `node-${1 + (number % 3)}`, ready: true };
    one.pods.push(created);
    const { status, ...object } = pod({ ...created, namespace: this.ns, labels: { app: one.name }, ports: PORTS });
    await this.#write('POST', `${this.core}/pods`, object);
    await this.#write('PATCH', `${this.core}/pods/${created.name}/status`, { status }, MERGE);
  }

  async #flip(one) {
    one.ready = !one.ready;
    const conditions = [{ type: 'Ready', status: one.ready ? 'True' : 'False' }];
    await this.#write('PATCH', `${this.core}/pods/${one.name}/status`, { status: { conditions } }, MERGE);
  }

  async #remove(one) {
    const [{ name }] = one.pods.splice(this.random.below(one.pods.length), 1);
    await this.#write('DELETE', `${this.core}/pods/${name}?gracePeriodSeconds=0`);
  }

  async #retarget(one) {
    one.port = this.random.pick(PORTS);
    await this.#write('PATCH', `${this.core}/services/${one.name}`, { spec: { ports: ports(one) } }, MERGE);
  }

  /** Deletes the Service and its slice, and creates them with another Cluster IP and another nodePort. */
  async #replace(one) {
    await this.#write('DELETE', `${this.core}/services/${one.name}`);
    await this.#write('DELETE', `${this.discovery}/endpointslices/${one.name}`);
    await this.#expose(one);
  }

  #expose(one) {
    const { metadata, spec } = service({ name: one.name, namespace: this.ns, type: 'NodePort', selector: { app: one.name }, ports: ports(one) });
    const { clusterIP: _, clusterIPs: __, ...chosen } = spec;
    return this.#write('POST', `${this.core}/services`, { metadata, spec: chosen });
  }

  #slice(one) {
    const endpoints = one.pods.map(({ name, ip, node, ready }) => endpoint({ ip, pod: name, node, namespace: this.ns, ready }));
    const object = slice({ name: one.name, service: one.name, namespace: this.ns, endpoints, ports: [{ name: '', port: one.port, protocol: 'TCP' }] });
    return this.#write('PATCH', `${this.discovery}/endpointslices/${one.name}?fieldManager=churn&force=true`, object, APPLY);
  }

  /** Repeats the request until it is answered. A request that took effect without an answer counts as done. */
  async #write(method, path, body, type) {
    for (;;) {
      try {
        return await this.cluster.request(method, path, body, type);
      } catch (error) {
        const done = { POST: 409, DELETE: 404 }[method];
        if (error.status === done) return undefined;
        if (error.status && error.status !== 429 && error.status < 500) throw error;
        this.unanswered += 1;
        await sleep(AGAIN_MS);
      }
    }
  }
}

const ports = ({ port }) => [{ port: 80, targetPort: port, protocol: 'TCP' }];
