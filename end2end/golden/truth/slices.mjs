// The rows of the truth tables about slices, made by the controllers or by hand: `[id, change, questions]`.
import { NOT_READY, NOT_SERVING, READY, TERMINATING, endpoint, pod, port } from './fixture.mjs';

const TO = 'c1 → 172.30.0.41:80';
const ONLY_READY = [true];

/** svc1-x with these endpoints `[node, ip, conditions]`, without targetRef. */
const only = (c, ...list) => c.endpoints(...list.map(([node, ip, conditions]) => endpoint('', node, ip, conditions)));
const alone = (node, ip, conditions = READY) => endpoint('', node, ip, conditions);

/** `count` endpoints in slices of a hundred. */
function many(c, count) {
  const all = Array.from({ length: count }, (_, n) => alone('n1', `10.0.${10 + Math.floor(n / 250)}.${1 + (n % 250)}`));
  c.withoutSlices();
  for (let n = 0; n * 100 < count; n += 1) c.addSlice(`svc1-${n}`, [port('http', 8080)], all.slice(n * 100, n * 100 + 100));
}

export const slices = [
  ['ES01', (c) => c.withoutSlices(), [TO]],
  ['ES02', (c) => c.endpoints().slice((s) => (s.ports = null)), [TO]],
  ['ES03', (c) => c.endpoints(), [TO]],
  ['ES04', (c) => c.endpoints().service((s) => (s.publishNotReadyAddresses = true)), [TO]],
  ['ES05', (c) => only(c, ['n1', '10.0.1.1', READY]), [TO]],
  ['ES06', (c) => only(c, ['n1', '10.0.1.1', NOT_READY]), [TO]],
  ['ES07', (c) => only(c, ['n1', '10.0.1.1', [true, false, false]]), [TO]],
  ['ES08', (c) => only(c, ['n1', '10.0.1.1', TERMINATING]), [TO]],
  ['ES10', (c) => only(c, ['n1', '10.0.1.1', NOT_SERVING]), [TO]],
  ['ES11', (c) => only(c, ['n1', '10.0.1.1', READY]).addSlice('svc1-y', [port('http', 9090)], [alone('n2', '10.0.2.1')]).service((s) => (s.ports[0].targetPort = 'http')), [TO]],
  ['ES13', (c) => {
    c.service((s) => (s.ports = [{ ...port('web', 80), targetPort: 8080 }, { ...port('adm', 81), targetPort: 8081 }])).withoutSlices();
    c.addSlice('svc1-x', [port('web', 8080), port('adm', 8081)], [alone('n1', '10.0.1.1')]).addSlice('svc1-y', [port('web', 8080)], [alone('n2', '10.0.2.1')]);
  }, [TO, 'c1 → 172.30.0.41:81']],
  ['ES14', (c) => only(c, ['n1', '10.0.1.1', READY]).service((s) => (s.ports[0].protocol = 'UDP')).slice((s) => (s.ports = [])), ['c1 → 172.30.0.41:80/udp']],
  ['ES18', (c) => only(c, ['n1', '10.0.1.1', READY]).slice((s) => (s.ports = [])), [TO]],
  ['ES19', (c) => only(c, ['n1', '10.0.1.1', READY]).slice((s) => (s.ports = [port('http', 1234)])), [TO]],
  ['ES20', (c) => only(c, ['n2', '192.168.0.3', READY]), [TO]],
  ['ES22', (c) => c.dualStack().addSlice('svc1-6', [port('http', 8080)], [], { addressType: 'IPv6' }), [TO, 'h1 → [fd00:172::41]:80']],
  ['ES23', (c) => many(c, 250), [TO]],
  ['ES26', (c) => c.headless().slice((s) => Object.assign(s, { ports: null }).metadata.labels['service.kubernetes.io/headless'] = ''), ['c1 → dns:svc1.ns1.svc.cluster.local', 'c1 → dns:svc1.ns1:80']],
  ['ES27', (c) => c.externalName('foo.example.com'), [TO]],
  ['ES30', (c) => many(c, 1200), [TO]],
  ['ES32', (c) => c.hints(['10.0.1.1', [1]], ['10.0.2.1', []]), [TO]],
  ['ES33', (c) => c.hints(['10.0.1.1', [1], ['n1']], ['10.0.2.1', [2], ['n2']]), [TO, 'c2 → 172.30.0.41:80']],
  ['EM01', (c) => only(c, ['', '10.9.0.1', ONLY_READY]).service((s) => delete s.selector), [TO]],
  ['EM03', (c) => only(c, ['n1', '10.9.0.1', ONLY_READY]).slice((s) => (s.metadata.namespace = 'ns2')), [TO]],
  ['EM07', (c) => only(c, ['', '10.9.0.1', [false]]), [TO]],
  ['EM08', (c) => many(c, 1000), [TO]],
  ['EM11', (c) => only(c.dualStack(), ['', '10.9.0.1', ONLY_READY]).addSlice('svc1-6', [port('http', 8080)], [alone('n1', 'fd00:10::1')], { addressType: 'IPv6' }),
    [TO, '2001:db8::1 → [fd00:172::41]:80 on n1']],
  ['EM12', (c) => only(c.nodePort().local(), ['', '10.9.0.1', ONLY_READY]), ['X → 192.168.0.2:30080', 'X → 192.168.0.3:30080', 'X → 192.168.0.4:30080']],
  ['EM15', (c) => (only(c, ['', '10.0.3.9', ONLY_READY]), c.pods.push(pod('b1', 'n3', '10.0.3.9', { namespace: 'ns2' }))), [TO]],
];
