// The rows of the truth tables about kube-proxy, hostPorts and Pods: `[id, change, questions]`. The expected answers are in
// `crates/topology/src/path/truth_table.rs`. A row is asked under iptables and under nftables.
import { NOTHING_SET, NOT_SERVING, READY, TERMINATING, endpoint, node, pod, port, service } from './fixture.mjs';

const sameNode = (c) => c.hints(['10.0.1.1', [1], ['n1']], ['10.0.2.1', [2], ['n2']], ['10.0.1.4', [1], ['n4']]);
const ranged = (c) => c.loadBalancer().ranges('192.168.0.0/24', ' 203.0.113.0/25');
const localhost = (c, addresses) => c.set('--feature-gates=KubeProxyNFTablesLocalhostNodePorts=true', `--node-port-addresses=${addresses}`);
const hostPort = (c, options) => (c.pods[1] = pod('a2', 'n2', '10.0.2.1', { hostPort: 8088, ...options }));
const sixSlice = (c) => c.addSlice('svc1-6', [port('http', 8080)], [endpoint('a1', 'n1', 'fd00:10::1')], { addressType: 'IPv6' });

export const kubeProxy = [
  ['KP01', () => {}, ['c1 → 172.30.0.41:80']],
  ['KP02', (c) => c.conditions(READY), ['10.0.1.1 → 172.30.0.41:80 on n1', 'pod:ns1/a1 → 172.30.0.41:80']],
  ['KP04', (c) => c.service((s) => (s.ports[0].targetPort = 9999)), ['c1 → 172.30.0.41:80']],
  ['KP05', (c) => {
    c.service((s) => (s.ports = ['UDP', 'TCP', 'SCTP'].map((protocol) => ({ ...port(`dns-${protocol.toLowerCase()}`, 53, protocol), targetPort: 53 }))));
    c.slice((s) => (s.ports = [port('dns-udp', 53, 'UDP'), port('dns-tcp', 5353), port('dns-sctp', 53, 'SCTP')]));
  }, ['c1 → 172.30.0.41:53/udp', 'c1 → 172.30.0.41:53', 'c1 → 172.30.0.41:53/sctp']],
  ['KP06', () => {}, ['c1 → 172.30.0.41:80/udp', 'c1 → 172.30.0.41:443', 'c1 → 172.30.0.50:80']],
  ['KP09', (c) => c.loadBalancer().externalIp().withoutSlices(), [
    'c1 → 172.30.0.41:80', 'c1 → 192.168.99.11:80', 'X → 192.168.99.11:80', 'c1 → 1.2.3.4:80', 'X → 1.2.3.4:80', 'c1 → 192.168.0.2:30080', 'X → 192.168.0.2:30080',
  ]],
  ['KP10', (c) => c.internalLocal(), ['c1 → 172.30.0.41:80', 'c3 → 172.30.0.41:80']],
  ['KP13', (c) => c.nodePort().internalLocal(), ['c3 → 172.30.0.41:80', 'X → 192.168.0.4:30080']],
  ['KP14', (c) => c.nodePort().local(), ['X → 192.168.0.2:30080', 'c1 → 192.168.0.2:30080', 'h1 → 192.168.0.2:30080', 'lo1 → 127.0.0.1:30080']],
  ['KP21', (c) => c.loadBalancer().local(), ['c1 → 1.2.3.4:80', 'X → 1.2.3.4:80 on n1', 'X → 1.2.3.4:80 on n3']],
  ['KP23', (c) => c.loadBalancer(), ['c1 → 1.2.3.4:80', 'X → 1.2.3.4:80']],
  ['KP24', (c) => c.nodePort(), ['X → 192.168.0.2:30080', 'X → 192.168.1.2:30080', 'lo1 → 127.0.0.1:30080', 'c1 → 172.30.0.41:30080']],
  ['KP25', (c) => c.nodePort().local().slice((s) => s.endpoints.forEach((one) => delete one.nodeName)), [
    'X → 192.168.0.2:30080', 'X → 192.168.0.3:30080', 'X → 192.168.0.4:30080', 'c1 → 192.168.0.2:30080',
  ]],
  ['KP26', ranged, ['X → 1.2.3.4:80', 'XB → 1.2.3.4:80', 'XB → 192.168.0.2:30080', 'c1 → 1.2.3.4:80', 'c1 → 172.30.0.41:80', 'h1 → 1.2.3.4:80', '1.2.3.4 → 1.2.3.4:80 on n1']],
  ['KP29', (c) => c.loadBalancer().ranges('203.0.113.0/25'), ['1.2.3.4 → 1.2.3.4:80 on n1', 'h1 → 1.2.3.4:80']],
  ['KP30', (c) => c.loadBalancer().ranges('10.9.0.0/16', '0.0.0.0/0'), ['XB → 1.2.3.4:80']],
  ['KP33', (c) => c.loadBalancer({ ip: '1.2.3.4', ipMode: 'Proxy' }), ['c1 → 1.2.3.4:80']],
  ['KP34', (c) => c.loadBalancer({ hostname: 'lb.example.com' }), ['c1 → 198.51.100.7:80', 'X → 192.168.0.2:30080']],
  ['KP35', (c) => c.externalIp(), ['X → 192.168.99.11:80', 'c1 → 192.168.99.11:80']],
  ['KP36', (c) => c.externalIp().set('--feature-gates=AllowServiceExternalIPs=false'), ['X → 192.168.99.11:80']],
  ['KP37', (c) => {
    c.externalIp().services.push(service('svc2', 'ns2', '172.30.0.42'));
    c.services[1].spec.externalIPs = ['192.168.99.11'];
    c.addSlice('svc2-x', [port('http', 8080)], [{ addresses: ['10.0.3.1'] }], { metadata: { name: 'svc2-x', namespace: 'ns2', labels: { 'kubernetes.io/service-name': 'svc2' } } });
  }, ['X → 192.168.99.11:80']],
  ['KP38', (c) => c.headless(), ['c1 → dns:svc1.ns1:8080', 'pod:ns1/a1 → dns:svc1:80']],
  ['KP39', (c) => c.service((s) => (s.type = 'ExternalName')), ['c1 → 172.30.0.41:80']],
  ['KP41', (c) => c.slice((s) => (s.metadata.labels['service.kubernetes.io/headless'] = '')), ['c1 → 172.30.0.41:80']],
  ['KP42', (c) => c.slice((s) => delete s.metadata.labels['kubernetes.io/service-name']), ['c1 → 172.30.0.41:80']],
  ['KP43', (c) => c.slice((s) => (s.metadata.namespace = 'ns2')), ['c1 → 172.30.0.41:80']],
  ['KP44', (c) => c.slice((s) => (s.addressType = 'FQDN')), ['c1 → 172.30.0.41:80']],
  ['KP45', (c) => c.endpoints(endpoint('a1', 'n1', 'fd00::1')).slice((s) => (s.addressType = 'IPv6')), ['c1 → 172.30.0.41:80']],
  ['KP46', (c) => c.dualStack(), ['c1 → 172.30.0.41:80', 'X → [fd00:172::41]:80 on n1']],
  ['KP48', (c) => c.slice((s) => delete s.ports[0].port), ['c1 → 172.30.0.41:80']],
  ['KP49', (c) => c.slice((s) => (s.ports[0].name = 'web')), ['c1 → 172.30.0.41:80']],
  ['KP50', (c) => c.service((s) => delete s.ports[0].name).slice((s) => (s.ports[0].name = '')), ['c1 → 172.30.0.41:80']],
  ['KP50b', (c) => c.service((s) => delete s.ports[0].name), ['c1 → 172.30.0.41:80']],
  ['KP51', (c) => c.slice((s) => (s.ports[0].protocol = 'UDP')), ['c1 → 172.30.0.41:80']],
  ['KP54', (c) => c.endpoints(...[TERMINATING, READY, NOT_SERVING].map((conditions) => endpoint('a1', 'n1', '10.0.1.1', conditions))), ['c1 → 172.30.0.41:80']],
  ['KP55', (c) => c.conditions(NOTHING_SET), ['c1 → 172.30.0.41:80']],
  ['KP56', (c) => c.conditions([false]), ['c1 → 172.30.0.41:80']],
  ['KP58', (c) => c.conditions(TERMINATING, TERMINATING), ['c1 → 172.30.0.41:80']],
  ['KP59', (c) => c.conditions(NOT_SERVING, NOT_SERVING), ['c1 → 172.30.0.41:80']],
  ['KP62', (c) => c.loadBalancer().local().conditions(NOT_SERVING, NOT_SERVING), ['c1 → 172.30.0.41:80', 'X → 1.2.3.4:80']],
  ['KP63', (c) => c.hints(['10.0.1.1', [1]], ['10.0.2.1', [2]], ['10.0.3.1', [3]]), ['c1 → 172.30.0.41:80']],
  ['KP64', (c) => c.hints(['10.0.1.1', [1]], ['10.0.2.1', []]), ['c1 → 172.30.0.41:80']],
  ['KP65', (c) => c.hints(['10.0.1.1', [2]], ['10.0.2.1', [2]]), ['c1 → 172.30.0.41:80']],
  ['KP66', (c) => {
    c.hints(['10.0.1.1', [1]], ['10.0.2.1', [2]]);
    c.nodes[0].metadata.labels = {};
  }, ['c1 → 172.30.0.41:80']],
  ['KP68', (c) => c.hints(['10.0.1.1', [1, 2, 3]], ['10.0.2.1', [2]]), ['c3 → 172.30.0.41:80']],
  ['KP69', sameNode, ['c1 → 172.30.0.41:80', 'c2 → 172.30.0.41:80']],
  ['KP70', (c) => {
    sameNode(c);
    c.nodes.push(node(5));
    c.nodes[3].metadata.labels = node(1).metadata.labels;
  }, ['10.0.5.9 → 172.30.0.41:80 on n5']],
  ['KP71', (c) => c.hints(['10.0.1.1', [1], ['n1']], ['10.0.2.1', [2], ['n2']], ['10.0.1.4', [1], ['n4']], ['10.0.3.1', []]), ['c1 → 172.30.0.41:80']],
  ['KP73', (c) => c.hints(['10.0.1.1', [1]], ['10.0.2.1', [2]]).slice((s) => s.endpoints.forEach((one) => (one.conditions = { ready: false, serving: true, terminating: true }))), ['c1 → 172.30.0.41:80']],
  ['KP76', (c) => sixSlice(c.nodePort().dualStack()), ['lo1 → [::1]:30080']],
  ['KP77', (c) => c.nodePort().set('--localhost-node-ports=false'), ['lo1 → 127.0.0.1:30080', 'X → 192.168.0.2:30080']],
  ['KP80', (c) => localhost(c.nodePort(), 'primary,localhost'), ['lo1 → 127.0.0.1:30080']],
  ['KP80b', (c) => {
    localhost(c.nodePort(), 'primary,localhost').slice((s) => (s.ports[0].protocol = 'UDP'));
    c.service((s) => Object.assign(s.ports[0], { protocol: 'UDP', nodePort: 30053 }));
  }, ['lo1 → 127.0.0.1:30053/udp']],
  ['KP81', (c) => localhost(c.nodePort(), 'primary'), ['lo1 → 127.0.0.1:30080']],
  ['KP82', (c) => localhost(c.nodePort().local(), 'primary,localhost'), ['lo3 → 127.0.0.1:30080']],
  ['KP87', () => {}, ['h1 → 172.30.0.41:80', 'X → 172.30.0.41:80 on n1', 'c1 → 172.30.0.41/icmp', 'c1 → 172.30.0.41']],
  ['KP89', (c) => c.set('--masquerade-all'), ['c1 → 172.30.0.41:80']],
  ['KP90', (c) => c.set('--cluster-cidr='), ['h1 → 172.30.0.41:80', 'X → 172.30.0.41:80 on n1']],
  ['KP94', (c) => c.nodePort().service((s) => Object.assign(s, { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } } })), ['c1 → 172.30.0.41:80', 'c1 → 192.168.0.2:30080']],
  ['KP97', (c) => c.loadBalancer().ranges('203.0.113.0/25').externalIp(), ['XB → 192.168.99.11:80']],
  ['KP98', (c) => c.loadBalancer().service((s) => delete s.ports[0].nodePort), ['X → 192.168.0.2:30080', 'X → 1.2.3.4:80']],
  ['KP100', (c) => c.loadBalancer().local().conditions(TERMINATING), ['X → 1.2.3.4:80 on n1']],
  ['KP101', (c) => c.local(), ['c1 → 172.30.0.41:80']],
  ['KP102', (c) => c.internalLocal().set('--hostname-override=n1=node1.example'), ['c1 → 172.30.0.41:80']],
  ['KP103', (c) => c.service((s) => Object.assign(s, { clusterIP: '172.30.0.041', clusterIPs: ['172.30.0.041'] })).endpoints(endpoint('a1', 'n1', '10.0.1.001')), ['c1 → 172.30.0.41:80']],
  ['KP105', (c) => {
    c.service((s) => Object.assign(s, { ports: [{ ...port('p80', 80), targetPort: 80 }] }));
    c.endpoints(endpoint('a1', 'n1', '10.180.0.1')).slice((s) => (s.ports = [port('p80', 80)]));
  }, ['c1 → 172.30.0.41:80']],
  ['KP107', (c) => c.endpoints(endpoint('a1', 'n1', '172.30.0.77')), ['c1 → 172.30.0.41:80']],
  ['KP108', (c) => c.externalIp('192.168.0.2').service((s) => (s.ports[0].port = 22)), ['X → 192.168.0.2:22']],
  ['2.4', (c) => c.nodePort().withoutSlices().set('--localhost-node-ports=false'), ['lo1 → 127.0.0.1:30080']],
  ['2.13', (c) => c.externalIp().withoutSlices(), ['h1 → 192.168.99.11:80']],
  ['2.13b', (c) => c.loadBalancer().ranges('203.0.113.0/25').withoutSlices(), ['XB → 1.2.3.4:80']],
  ['2.13c', (c) => c.loadBalancer().ranges('203.0.113.0/25').externalIp('1.2.3.4'), ['XB → 1.2.3.4:80']],
  ['HP01', (c) => hostPort(c), ['X → 192.168.0.3:8088', 'X → 192.168.0.2:8088', 'X → 192.168.0.3:8088/udp', 'lo1 → 127.0.0.1:8088']],
  ['HP02', (c) => hostPort(c, { ready: false }), ['X → 192.168.0.3:8088']],
  ['HP04', (c) => (c.pods[0] = pod('a1', 'n1', '10.0.1.1', { hostPort: 8088, hostIP: '192.168.1.2' })), ['X → 192.168.0.2:8088', 'X → 192.168.1.2:8088']],
  ['HP07', () => {}, ['c1 → 10.0.2.1:8080', 'c1 → 10.0.2.1:9999']],
  ['HP08', (c) => (c.pods[1] = pod('a2', 'n2', '10.0.2.1', { ready: false })), ['c1 → 10.0.2.1:8080']],
  ['HP10', (c) => c.withoutSlices(), ['pod:ns1/a1 → dns:svc1.ns1:80']],
  ['AL25', (c) => (c.nodePort(), hostPort(c, { hostPort: 30080 })), ['X → 192.168.0.3:30080', 'X → 192.168.0.2:30080']],
];
