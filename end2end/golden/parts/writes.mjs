// The writes to the sandbox, in their order: `[name, write]`. Each changes at least one row, so that each makes one frame.
import { endpoint, pod, service, slice } from '../../tests/lib/cluster.mjs';
import { NGINX } from '../../tests/lib/scenario.mjs';

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node4', labels: { 'topology.kubernetes.io/zone': 'zone-a' } },
  spec: { podCIDR: '10.244.4.0/24', podCIDRs: ['10.244.4.0/24'] },
  status: { addresses: [{ type: 'InternalIP', address: '192.168.56.14' }, { type: 'ExternalIP', address: '203.0.113.14' }], conditions: [{ type: 'Ready', status: 'True' }] },
};
const pods = [0, 1, 2].map((n) => ({ pod: `golden-${n}`, ip: `10.244.4.${n + 10}`, node: 'node4' }));
const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }, { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP', nodePort: 30053 }];
const slicePorts = [{ name: 'http', port: 8080, protocol: 'TCP' }, { name: 'dns', port: 53, protocol: 'UDP' }];
const golden = service({ name: 'golden', ip: '10.96.7.7', type: 'NodePort', ports, selector: { app: 'golden' }, labels: { app: 'golden', tier: 'test' } });
const many = Array.from({ length: 120 }, (_, n) => endpoint({ ip: `10.244.9.${n + 1}` }));
const endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'golden', namespace: 'default' }, subsets: [{ addresses: [{ ip: '10.244.4.10' }], ports: [{ name: 'http', port: 8080, protocol: 'TCP' }] }] };
const ready = (flags) => pods.map((one, n) => endpoint({ ...one, ready: flags[n] }));
const podReady = (status) => ({ status: { conditions: [{ type: 'Ready', status }] } });

export const WRITES = [
  ['create Namespace', (c) => c.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'golden', labels: { team: 'a' } } })],
  ['create Node', (c) => c.create(node)],
  ['Node not Ready', (c) => c.patch('Node', 'node4', { status: { conditions: [{ type: 'Ready', status: 'False' }] } })],
  ['Node loses an address', (c) => c.patch('Node', 'node4', { status: { addresses: [{ type: 'InternalIP', address: '192.168.56.14' }] } })],
  ...pods.map((one) => [`create Pod ${one.pod}`, (c) => c.create(pod({ name: one.pod, ip: one.ip, node: one.node, labels: { app: 'golden' }, ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }, { containerPort: 53, protocol: 'UDP', hostPort: 5353 }] }))]),
  ['create Service', (c) => c.create(golden)],
  ['create EndpointSlice', (c) => c.create(slice({ name: 'golden-1', service: 'golden', endpoints: ready([true, true, false]), ports: slicePorts }))],
  ['an endpoint becomes ready', (c) => c.fill('golden-1', ready([true, true, true]))],
  ['two endpoints fail', (c) => c.fill('golden-1', ready([false, false, true]))],
  ['an endpoint ends', (c) => c.fill('golden-1', [endpoint({ ...pods[0], ready: false, terminating: true }), ...ready([true, true, true]).slice(1)])],
  ['an endpoint goes', (c) => c.fill('golden-1', ready([true, true, true]).slice(1))],
  ['the ports of a slice change', (c) => c.patch('EndpointSlice', 'golden-1', { ports: [{ name: 'http', port: 8081, protocol: 'TCP' }] })],
  ['Pod not Ready', (c) => c.patch('Pod', 'golden-1', podReady('False'))],
  ['Pod of kube-system gets a label', (c) => c.patch('Pod', 'coredns-7c65d6cfc9-b4xq2', { metadata: { labels: { golden: 'yes' } } }, 'kube-system')],
  ['Service of kube-system loses a port', (c) => c.patch('Service', 'kube-dns', { spec: { ports: [{ name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' }] } }, 'kube-system')],
  ['a Service\'s policies', (c) => c.patch('Service', 'golden', { spec: { externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Local', sessionAffinity: 'ClientIP' } })],
  ['a Service becomes LoadBalancer', (c) => c.patch('Service', 'golden', { spec: { type: 'LoadBalancer', externalIPs: ['192.168.99.11'], loadBalancerSourceRanges: ['203.0.113.0/24'] }, status: { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } } })],
  ['a nodePort moves', (c) => c.patch('Service', 'nginx-service', { spec: { ports: [{ port: 30080, targetPort: 80, nodePort: 30999, protocol: 'TCP' }] } })],
  ['create Endpoints', (c) => c.create(endpoints)],
  ['Endpoints change', (c) => c.patch('Endpoints', 'golden', { subsets: [] })],
  ['remove Endpoints', (c) => c.remove('Endpoints', 'golden')],
  ['create dual-stack Service', (c) => c.create({ ...service({ name: 'golden-six', ip: '10.96.7.8' }), spec: { ...service({ name: 'golden-six', ip: '10.96.7.8' }).spec, clusterIPs: ['10.96.7.8', 'fd00:96::8'], ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'PreferDualStack' } })],
  ['create IPv6 EndpointSlice', (c) => c.create({ ...slice({ name: 'golden-six-1', service: 'golden-six', endpoints: [endpoint({ ip: 'fd00:244::10' })] }), addressType: 'IPv6' })],
  ['a slice of 120 endpoints', (c) => c.create(slice({ name: 'golden-many', service: 'golden', endpoints: many, ports: slicePorts, manager: null }))],
  ['remove that slice', (c) => c.remove('EndpointSlice', 'golden-many')],
  ['hostile labels', (c) => c.patch('Pod', 'golden-0', { metadata: { labels: { evil: '<script>"\'&\u202e' } } })],
  ['an ExternalName moves', (c) => c.patch('Service', 'reports', { spec: { externalName: 'other.example.com' } })],
  ['nginx fails', (c) => c.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: false })))],
  ['remove Pod', (c) => c.remove('Pod', 'golden-2')],
  ['remove Service', (c) => c.remove('Service', 'mysql-production')],
  ['remove EndpointSlice', (c) => c.remove('EndpointSlice', 'mysql-production')],
  ['remove Node', (c) => c.remove('Node', 'node3')],
  ['remove Namespace', (c) => c.remove('Namespace', 'golden')],
];
