// The rows of the truth tables about DNS (`crates/topology/src/path/dns/tests.rs`): `[id, change, questions]`.
import { NOT_READY, READY, TERMINATING, endpoint, pod, port, service } from './fixture.mjs';

const WHOLE = 'svc1.ns1.svc.cluster.local';
const ask = (...names) => names.map((name) => `c1 → dns:${name}`);
const named = (c) => c.headless().slice((s) => (s.endpoints[0].hostname = 'h'));
const unnamed = (c) => c.service((s) => delete s.ports[0].name);

/** A Pod of another namespace. */
const client = (c, options) => c.pods.push(pod('client', 'n1', options?.hostNetwork ? '192.168.0.2' : '10.0.1.7', { namespace: 'ns2', ...options }));
const FROM_CLIENT = ['svc1', 'svc1.ns1', 'svc1.ns1.svc', 'svc1.ns1.', 'svc1.ns1?AAAA', WHOLE, 'example.com', '10-0-1-1.ns1.pod.cluster.local', 'fd00--1.ns1.pod.cluster.local', '10-0-1-1.ns9.pod.cluster.local'];
const fromClient = FROM_CLIENT.map((name) => `pod:ns2/client → dns:${name}`);

export const names = [
  ['DN01', () => {}, [
    ...ask(`${WHOLE}?A`, 'SVC1.ns1.svc.Cluster.Local.?A', `_http._tcp.${WHOLE}?SRV`, `_http._udp.${WHOLE}?SRV`, `${WHOLE}?AAAA`, 'svc9.ns1.svc.cluster.local', 'ns1.svc.cluster.local'),
    ...ask('172.30.0.41?PTR', '41.0.30.172.in-addr.arpa?PTR', '172.30.0.99?PTR'),
    `X → dns:${WHOLE}`, 'X → dns:svc1.ns1', 'pod:ns1/a1 → dns:svc1', '10.0.1.1 → dns:svc1',
  ]],
  ['DN02', (c) => c.withoutSlices(), ask(`${WHOLE}?A`, `${WHOLE}:80`)],
  ['DN04', unnamed, ask(`_http._tcp.${WHOLE}?SRV`, `${WHOLE}?SRV`)],
  ['DN05', (c) => c.dualStack(), ask(WHOLE, `${WHOLE}?AAAA`, `${WHOLE}:80`)],
  ['DN06', (c) => c.headless().conditions(READY, NOT_READY), ask(`${WHOLE}?A`, `${WHOLE}:8080`)],
  ['DN07', (c) => c.headless().conditions(READY, [true, false, false]), ask(`${WHOLE}?A`)],
  ['DN08', (c) => c.headless().conditions(TERMINATING, TERMINATING), ask(`${WHOLE}?A`)],
  ['DN10', named, ask(`h.${WHOLE}?A`, `10-0-1-1.${WHOLE}`, `10-0-2-1.${WHOLE}`, '10.0.1.1?PTR', '10.0.2.1?PTR', `_http._tcp.${WHOLE}?SRV`, `${WHOLE}?AAAA`, `h.${WHOLE}:8080`)],
  ['DN12', (c) => c.externalName('foo.example.com'), ask(`${WHOLE}?CNAME`, 'svc1.ns1', `_http._tcp.${WHOLE}?SRV`, `${WHOLE}:80`)],
  ['DN12b', (c) => c.externalName('foo.example.com.'), ask('svc1.ns1')],
  ['DN13', (c) => c.externalName('1.2.3.4'), ask(`${WHOLE}?A`, `${WHOLE}:80`)],
  ['6a', (c) => (c.externalName('svc2.ns1.svc.cluster.local'), c.services.push(service('svc2', 'ns1', '172.30.0.42'))), ask('svc1.ns1', 'svc1.ns1:80')],
  ['6b', (c) => c.externalName('svc9.ns1.svc.cluster.local.'), ask('svc1.ns1')],
  ['6c', (c) => c.externalName(WHOLE), ask('svc1.ns1')],
  ['DN14', (c) => client(c), fromClient],
  ['DN15', (c) => client(c, { hostNetwork: true, dnsPolicy: 'ClusterFirst' }), fromClient],
  ['DN15b', (c) => client(c, { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }), fromClient],
  ['6d', (c) => client(c, { dnsPolicy: 'Default' }), fromClient],
  ['6e', (c) => client(c, { dnsPolicy: 'None' }), fromClient],
  ['DN16', (c) => {
    c.headless().service((s) => (delete s.selector, s.ports.push({ ...port('https', 443), targetPort: 443 }))).withoutSlices();
    c.addSlice('one', [port('http', 80)], [endpoint('', 'n1', '1.2.3.4')]).addSlice('two', [port('https', 443)], [endpoint('', 'n1', '5.6.7.8')]);
  }, ask(`${WHOLE}?A`, `_https._tcp.${WHOLE}?SRV`, `${WHOLE}:443`)],
];
