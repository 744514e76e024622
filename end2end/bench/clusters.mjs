// The clusters on which kubehop is measured: a real control plane, and the sandbox's scenario `scale` in a separate process.
//
// A cluster is what `wire.mjs` and `server.mjs` read (`server`, `ca`, `token`, `kubeconfig`, `request`), and
//
// - `name`, `about`, `pods`: for the report
// - `namespace`: the namespace that a reader opens
// - `changing`: whether the cluster changes by itself
// - `candidates(namespace?)`: the Pods that can be changed, as `namespace/name`
// - `prepare(pod, ready)` → `{ make, follow? }`: one change, as a kubelet would make it, and the writes of a controller where none runs.
// The bench's own preparation is done before `make`, because the same process reads the streams during `make`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requester } from '../control-plane/client.mjs';
import { down, up } from '../control-plane/control-plane.mjs';
import { populate } from '../control-plane/populate.mjs';
import { launch, rss } from './server.mjs';

const PODS_PER_NODE = 200;

/** A real API server with real controllers, empty. `fill()` makes its objects. */
export async function realCluster({ pods, services, namespaces }) {
  const nodes = Math.max(10, Math.ceil(pods / PODS_PER_NODE));
  const handle = await up({ nodes: 0, log: console.log });
  const of = (count, what) => `${count.toLocaleString('en-US')} ${what}`;
  return {
    ...reading(handle.request),
    name: 'real',
    about: `a real API server and controllers; ${of(pods, 'Pods')}, ${of(services, 'Services')}, ${nodes} Nodes, ${namespaces} namespaces`,
    pods,
    namespace: 'bench-1',
    changing: false,
    server: handle.server,
    ca: handle.ca,
    token: handle.tokens.admin,
    kubeconfig: handle.kubeconfig,
    fill: () => populate(handle, { nodes, services, pods, namespaces }),
    stop: () => down(handle),
  };
}

/** The sandbox with the scenario `scale:NODES,PODS,SERVICES[,CHANGES]`, behind its own API: kubehop reads it like any cluster. */
export async function scaleCluster(numbers) {
  const [nodes, pods, services] = numbers.split(',').map(Number);
  const sandbox = await launch([`--sandbox=scale:${numbers}`, '--sandbox-api', '127.0.0.1:0']);
  const dir = mkdtempSync(join(tmpdir(), 'kubehop-bench-'));
  const kubeconfig = join(dir, 'kubeconfig');
  const named = (name, value) => [{ name: 'bench', [name]: value }];
  writeFileSync(kubeconfig, JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    clusters: named('cluster', { server: sandbox.api }),
    users: named('user', {}),
    contexts: named('context', { cluster: 'bench', user: 'bench' }),
  }));
  const request = requester({ server: sandbox.api });
  const of = (count, what) => `${count.toLocaleString('en-US')} ${what}`;
  return {
    ...reading(request),
    name: `scale:${numbers}`,
    about: `the sandbox in a process of its own, in which things happen all the time; ${of(pods, 'Pods')}, ${of(services, 'Services')}, ${of(nodes, 'Nodes')}`,
    pods,
    namespace: 'team-001',
    changing: true,
    server: sandbox.api,
    kubeconfig,
    prepare: async (pod, ready) => ({ make: () => patchReady(request, pod, ready), follow: await prepareSlice(request, pod, ready) }),
    memory: () => rss(sandbox),
    stop: async () => {
      await sandbox.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function reading(request) {
  return {
    request,
    prepare: async (pod, ready) => ({ make: () => patchReady(request, pod, ready) }),
    candidates: async (namespace) => {
      const within = namespace ? `/namespaces/${namespace}` : '';
      const { items } = await request('GET', `/apis/discovery.k8s.io/v1${within}/endpointslices`);
      const ready = items.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions, targetRef }) => conditions.ready && targetRef);
      return [...new Set(ready.map(({ targetRef }) => `${targetRef.namespace}/${targetRef.name}`))];
    },
  };
}

/** One PATCH, as a kubelet would send it. */
function patchReady(request, pod, ready) {
  const [ns, name] = pod.split('/');
  const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: ready ? 'True' : 'False' }));
  return request('PATCH', `/api/v1/namespaces/${ns}/pods/${name}/status`, { status: { conditions } });
}

/** The write of the slice controller, which the sandbox does not have. Only the last request is left for later. */
async function prepareSlice(request, pod, ready) {
  const [ns, name] = pod.split('/');
  const isOf = ({ targetRef }) => targetRef?.kind === 'Pod' && targetRef.name === name;
  const path = `/apis/discovery.k8s.io/v1/namespaces/${ns}/endpointslices`;
  const slice = (await request('GET', path)).items.find(({ endpoints }) => endpoints?.some(isOf));
  if (!slice) throw new Error(`${pod} is in no EndpointSlice any more`);
  for (const endpoint of slice.endpoints.filter(isOf)) Object.assign(endpoint.conditions, { ready, serving: ready });
  // With the resourceVersion: if the slice was changed meanwhile, this change fails and the other one is kept.
  return () => request('PUT', `${path}/${slice.metadata.name}`, slice);
}
