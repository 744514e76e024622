// The truth tables' rows as clusters in files, with the questions of each.
import { Case } from './fixture.mjs';
import { kubeProxy } from './kube-proxy.mjs';
import { names } from './names.mjs';
import { slices } from './slices.mjs';

/** The names of clients in the tables. */
const CLIENTS = {
  c1: 'pod-ip:10.0.1.100',
  c2: 'pod-ip:10.0.2.100',
  c3: 'pod-ip:10.0.3.100',
  h1: 'node:n1',
  X: 'external:203.0.113.2',
  XB: 'external:203.0.113.130',
  lo1: 'localhost:n1',
  lo3: 'localhost:n3',
};

/** `[{ id, objects, flags, asked }]`. */
export const rows = [...kubeProxy, ...slices, ...names].map(([id, change, asked]) => {
  const own = new Case();
  change(own);
  return { id, objects: own.objects, flags: own.flags, asked: asked.map(question) };
});

/** `FROM → TO [on NODE]`; a FROM that is only an address is a client outside, or the Pod of the fixture with this address. */
function question(text) {
  const [, from, to, node] = /^(\S+) → (\S+)(?: on (\S+))?$/.exec(text);
  const address = from.startsWith('10.') ? 'pod-ip' : 'external';
  return { from: CLIENTS[from] ?? (from.startsWith('pod:') ? from : `${address}:${from}`), to, node };
}
