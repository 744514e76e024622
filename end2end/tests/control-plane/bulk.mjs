// Many changes with few requests: a slice whose thousand endpoints all change at once.
import { create } from '../../control-plane/fixtures.mjs';
import { endpoint, slice } from '../lib/cluster.mjs';

const ENDPOINTS = 1_000; // The most that a slice may have.

export class Bulk {
  #ready = true;

  constructor(cluster, ns) {
    Object.assign(this, { cluster, ns, path: `/apis/discovery.k8s.io/v1/namespaces/${ns}/endpointslices` });
  }

  async fill() {
    await create(this.cluster, '/api/v1/namespaces', { metadata: { name: this.ns } });
    await this.cluster.request('POST', this.path, this.#slice());
    return this;
  }

  /** Makes all endpoints ready, or not ready. */
  toggle() {
    this.#ready = !this.#ready;
    return this.cluster.request('PUT', `${this.path}/bulk`, this.#slice());
  }

  remove() {
    return this.cluster.request('DELETE', `${this.path}/bulk`);
  }

  #slice() {
    const endpoints = Array.from({ length: ENDPOINTS }, (_, n) => ({
      ...endpoint({ ip: `10.200.${n >> 8}.${n & 255}` }),
      conditions: { ready: this.#ready },
    }));
    return slice({ name: 'bulk', service: 'bulk', namespace: this.ns, endpoints, manager: null });
  }
}
