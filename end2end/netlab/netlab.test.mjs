// Tests of the laboratory that need no root: they check that it would notice a wrong answer. Run: node --test end2end/netlab/*.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NODES, socket } from './addresses.mjs';
import { differences } from './differences.mjs';
import { contradiction } from './judge.mjs';
import { fromIptables, fromNftables } from './rules.mjs';
import { topology } from './topology.mjs';

const CLIENT = '172.18.0.100';
const [POD_1, POD_2] = ['10.244.1.11', '10.244.2.11'];
const probe = { from: `external:${CLIENT}`, sourceIp: CLIENT, netns: 'client', dst: '172.18.0.11:30000', protocol: 'tcp' };
const context = { affine: new Set(['shop/sticky']) };
const endpoint = (ip, masquerade, asymmetricReturn = false) => ({ ip, port: 8080, masquerade, asymmetricReturn });
const evaluation = (outcome, endpoints = [], service = 'shop/web') => {
  const entry = { service, portName: 'http', kind: 'nodePort' };
  return { node: 'node-1', nodes: ['node-1'], outcome, endpoints, entry, rules: [], alternatives: [] };
};
const both = evaluation('EP', [endpoint(POD_1, true), endpoint(POD_2, true)]);
const answered = (...lines) => ({ answers: Object.fromEntries(lines.map((line) => [line, 1])), failed: {} });
const failed = (...kinds) => ({ answers: {}, failed: Object.fromEntries(kinds.map((kind) => [kind, 2])) });
const onlyOne = evaluation('EP', [endpoint(POD_1, true)]);
const hostPort = evaluation('HOSTPORT', [endpoint(POD_1, null)]);
const [FROM_1, FROM_2] = [`pod-11 ${POD_1}:8080 10.244.1.1`, `pod-21 ${POD_2}:8080 172.18.0.11`];

for (const [name, predicted, seen, wrong] of [
  ['both endpoints answer, masqueraded', both, answered(FROM_1, FROM_2), undefined],
  ['an endpoint never answers', both, answered(FROM_1), /never answered: 10\.244\.2\.11/],
  ['an endpoint too many answers', onlyOne, answered(FROM_1, FROM_2), /not among/],
  ['the port is another', onlyOne, answered(`pod-11 ${POD_1}:9090 10.244.1.1`), /not among/],
  ['the client is seen in spite of masquerade', onlyOne, answered(`pod-11 ${POD_1}:8080 ${CLIENT}`), /to be masqueraded/],
  ['another Node masquerades', evaluation('EP', [endpoint(POD_2, true)]), answered(`pod-21 ${POD_2}:8080 172.18.0.12`), /to be masqueraded/],
  ['the client is hidden', evaluation('EP', [endpoint(POD_1, false)]), answered(FROM_1), /not to be masqueraded/],
  ['a connection fails at times', both, { ...answered(FROM_1, FROM_2), failed: { timeout: 1 } }, /an answer each time/],
  ['a reply that misses the Node', evaluation('EP', [endpoint(POD_2, false, true)]), failed('timeout'), undefined],
  ['a reply that should miss the Node', evaluation('EP', [endpoint(POD_2, false, true)]), answered(`pod-21 ${POD_2}:8080 ${CLIENT}`), /was to miss/],
  ['affinity holds', evaluation('EP', both.endpoints, 'shop/sticky'), answered(FROM_1), undefined],
  ['affinity does not hold', evaluation('EP', both.endpoints, 'shop/sticky'), answered(FROM_1, FROM_2), /affinity/],
  ['refused', evaluation('REJECT'), failed('refused'), undefined],
  ['refused, though it was to be dropped', evaluation('DROP'), failed('refused'), /wanted only "timeout"/],
  ['silence, though it was to be refused', evaluation('REJECT'), failed('timeout'), /wanted only "refused"/],
  ['answered, though it was to be refused', evaluation('REJECT'), answered(FROM_1), /wanted only "refused"/],
  ['untouched: the host answers', evaluation('UNHANDLED'), answered(`node-1 172.18.0.11:30000 ${CLIENT}`), undefined],
  ['translated, though it was to be left alone', evaluation('UNHANDLED'), answered(FROM_1), /wanted node-1/],
  ['UNKNOWN is no answer', evaluation('UNKNOWN'), failed('timeout'), /UNKNOWN/],
  ['a hostPort, masqueraded by the CNI or not', hostPort, answered(FROM_1, `pod-11 ${POD_1}:8080 ${CLIENT}`), undefined],
  ['a hostPort with a source that nobody has', hostPort, answered(`pod-11 ${POD_1}:8080 192.0.2.9`), /the backend saw/],
  ['a hostPort that is not mapped', hostPort, answered(`node-1 172.18.0.11:30000 ${CLIENT}`), /not among/],
  ['one of two alternatives', { ...evaluation('AMBIGUOUS'), alternatives: [evaluation('REJECT'), both] }, answered(FROM_1), undefined],
  ['none of two alternatives', { ...evaluation('AMBIGUOUS'), alternatives: [evaluation('REJECT'), both] }, failed('timeout'), /none of/],
]) {
  test(`judge: ${name}`, () => {
    const reason = contradiction(probe, { evaluations: [predicted] }, seen, context);
    if (wrong) assert.match(reason ?? 'no contradiction', wrong);
    else assert.equal(reason, undefined);
  });
}

const IPTABLES = `*nat
:KUBE-SVC-AAAA - [0:0]
:KUBE-SEP-BBBB - [0:0]
:KUBE-SEP-CCCC - [0:0]
-A KUBE-SVC-AAAA -m recent --rcheck --name KUBE-SEP-BBBB -j KUBE-SEP-BBBB
-A KUBE-SVC-AAAA -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-BBBB
-A KUBE-SVC-AAAA -j KUBE-SEP-CCCC
-A KUBE-SEP-BBBB -p tcp -j DNAT --to-destination 10.244.1.11:8080
-A KUBE-SEP-CCCC -p tcp -j DNAT --to-destination 10.244.2.11:8080
COMMIT
`;

test('rules: iptables chains, their endpoints and shares', () => {
  const { chains, choices } = fromIptables(IPTABLES);
  assert.deepEqual([...chains], ['KUBE-SVC-AAAA', 'KUBE-SEP-BBBB', 'KUBE-SEP-CCCC']);
  assert.deepEqual(choices.get('KUBE-SVC-AAAA'), [
    { address: '10.244.1.11:8080', rule: 'KUBE-SEP-BBBB', probability: 0.5 },
    { address: '10.244.2.11:8080', rule: 'KUBE-SEP-CCCC', probability: 0.5 },
  ]);
});

test('rules: nftables chains with affinity, and the elements of maps and sets', () => {
  const at = { family: 'ip', table: 'kube-proxy' };
  const [service, one] = ['service-ULMVA6XW-ns/s/tcp/p', 'endpoint-5OJB2KTY-ns/s/tcp/p__10.244.1.11/8080'];
  const { chains, choices, maps } = fromNftables(
    [
      ...[service, one, 'service-endpoints-check'].map((name) => ({ chain: { ...at, name } })),
      { rule: { ...at, chain: service, expr: [{ vmap: { data: { set: [[0, { goto: { target: one } }]] } } }] } },
      { rule: { ...at, chain: one, expr: [{ dnat: { addr: '10.244.1.11', port: 8080 } }] } },
      { map: { ...at, name: 'service-ips', elem: [[{ concat: ['10.96.0.9', 'tcp', 80] }, { goto: { target: service } }]] } },
      { set: { ...at, name: 'cluster-ips', elem: ['10.96.0.9'] } },
    ],
    'ip',
  );
  assert.deepEqual([...chains], [service, one]);
  assert.deepEqual(choices.get(service), [{ address: '10.244.1.11:8080', rule: one, probability: 1 }]);
  assert.equal(maps['service-ips'].get('10.96.0.9 tcp 80'), service);
  assert.ok(maps['cluster-ips'].has('10.96.0.9'));
});

test('claims: a missing chain, one too many, and another share are noticed', () => {
  const rule = ['KUBE-SEP-BBBB', 'KUBE-SEP-CCCC'];
  const endpoints = both.endpoints.map((each, index) => ({ ...each, probability: 0.5, rule: rule[index] }));
  const predicted = { ...both, endpoints, rules: ['KUBE-SVC-AAAA'] };
  const claim = { ip: '172.18.0.11', port: 30_000, protocol: 'tcp', to: socket('172.18.0.11', 30_000), service: 'shop/web' };
  const hidden = { all: false, services: new Set() };
  const compare = (text, evaluations) => differences(NODES[0], [text, ''].map(fromIptables), [{ claim, trace: { evaluations } }], hidden).wrong;
  assert.deepEqual(compare(IPTABLES, [predicted]), []);
  assert.match(compare(IPTABLES.replace('0.50000000000', '0.25000000000'), [predicted]).join(), /KUBE-SVC-AAAA .* has/);
  assert.match(compare(IPTABLES.replace('*nat', '*nat\n:KUBE-SVL-DDDD - [0:0]'), [predicted]).join(), /KUBE-SVL-DDDD exists/);
  const ambiguous = (...alternatives) => [{ ...evaluation('AMBIGUOUS'), alternatives }];
  const lesser = { ...predicted, endpoints: [{ ...endpoints[0], probability: 1 }] };
  assert.deepEqual(compare(IPTABLES, ambiguous(lesser, predicted)), []);
  assert.match(compare(IPTABLES, ambiguous(lesser)).join(), /none of the alternatives/);
  assert.match(compare(IPTABLES, [{ ...predicted, rules: ['KUBE-EXT-EEEE', 'KUBE-SVC-AAAA'] }]).join(), /KUBE-EXT-EEEE, which does not exist/);
});

test('a seed gives one topology, and another seed another', () => {
  assert.deepEqual(topology(7), topology(7));
  assert.notDeepEqual(topology(7), topology(8));
});
