// Tests of the laboratory that need no control plane: they check that it would notice a wrong answer. Run: node --test end2end/dnslab/*.test.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contradiction } from './judge.mjs';
import { questions } from './questions.mjs';
import { topology } from './topology.mjs';

const answer = (rcode, records = [], failed = []) => ({ rcode, records, failed });
const trace = (rcode, records = []) => ({ dns: { rcode, records: records.map(([type, value]) => ({ type, value })) }, evaluations: [] });
const unknown = (code) => ({ dns: null, evaluations: [{ because: { code } }] });
const WEB = 'web.red.svc.cluster.local';

for (const [name, asked, said, wrong] of [
  ['the same records in another order', answer('NOERROR', ['A 10.0.0.2', 'A 10.0.0.1']), trace('NOERROR', [['A', '10.0.0.1'], ['A', '10.0.0.2']]), undefined],
  ['the dot at the end of a name', answer('NOERROR', [`CNAME ${WEB}`]), trace('NOERROR', [['CNAME', `${WEB}.`]]), undefined],
  ['a record is missing', answer('NOERROR', ['A 10.0.0.2', 'A 10.0.0.1']), trace('NOERROR', [['A', '10.0.0.1']]), /says NOERROR, A 10\.0\.0\.1, CoreDNS NOERROR, A 10\.0\.0\.1, A 10\.0\.0\.2/],
  ['a record too many', answer('NOERROR', [`SRV 80 ${WEB}`]), trace('NOERROR', [['SRV', `80 ${WEB}`], ['SRV', `81 ${WEB}`]]), /SRV 81/],
  ['another port', answer('NOERROR', [`SRV 80 ${WEB}`]), trace('NOERROR', [['SRV', `8080 ${WEB}`]]), /SRV 8080/],
  ['no such record, but no such name', answer('NODATA'), trace('NXDOMAIN'), /NXDOMAIN, CoreDNS NODATA/],
  ['a name outside', answer('NXDOMAIN', [], ['db.example.com.']), unknown('name-outside-domain'), undefined],
  ['a name outside, for another reason', answer('NXDOMAIN', [], ['db.example.com.']), unknown('service-not-known'), /service-not-known/],
  ['a name inside that is not known', answer('NODATA'), unknown('name-outside-domain'), /says nothing/],
  ['a name inside for which CoreDNS fails', answer('NXDOMAIN', [], [`${WEB}.`]), trace('NXDOMAIN'), /CoreDNS failed/],
]) {
  test(name, () => {
    const found = contradiction(asked, said);
    if (wrong) assert.match(found ?? '', wrong);
    else assert.equal(found, undefined);
  });
}

test('a seed makes the same cluster and the same questions, with every kind of Service and type of record', () => {
  const [one, again] = [topology(7), topology(7)];
  assert.deepEqual(one, again);
  const asked = questions(one, one, 250);
  const otherOrder = { services: [...again.services].reverse(), slices: [...again.slices].reverse() };
  assert.deepEqual(asked, questions(again, otherOrder, 250));
  const types = new Set(asked.flatMap((question) => question.types));
  assert.deepEqual([...types].sort(), ['A', 'AAAA', 'CNAME', 'MX', 'PTR', 'SRV', 'TXT']);
  const many = Array.from({ length: 8 }, (_, seed) => topology(seed));
  const services = many.flatMap((cluster) => cluster.services);
  assert(services.some(({ spec }) => spec.clusterIP === 'None') && services.some(({ spec }) => spec.externalName) && services.some(({ spec }) => spec.clusterIPs?.length === 2));
  const slices = many.flatMap((cluster) => cluster.slices);
  assert.deepEqual([...new Set(slices.map(({ addressType }) => addressType))].sort(), ['FQDN', 'IPv4', 'IPv6']);
});
