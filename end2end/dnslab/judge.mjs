// Whether CoreDNS's answer contradicts kubehop's.
import { DOMAIN } from './topology.mjs';

const ZONES = [DOMAIN, 'in-addr.arpa', 'ip6.arpa'];

/**
 * What contradicts, or undefined. `answer` is `{ rcode, records, failed }` of the program `coredns ask`; `trace` is an answer of
 * `kubehop trace`. CoreDNS fails for a name outside its zones, because it has no upstream here, and kubehop may not know such a name.
 */
export function contradiction(answer, trace) {
  const said = shown(answer.rcode, answer.records);
  const broken = answer.failed.find((name) => ZONES.some((zone) => `.${name.toLowerCase()}`.endsWith(`.${zone}.`)));
  if (broken) return `CoreDNS failed for ${broken}`;
  if (!trace.dns) {
    const code = trace.evaluations[0]?.because?.code;
    return answer.failed.length > 0 && code === 'name-outside-domain' ? undefined : `kubehop says nothing (${code}), CoreDNS ${said}`;
  }
  const records = trace.dns.records.map(({ type, value }) => `${type} ${value.toLowerCase().replace(/\.$/, '')}`);
  const predicted = shown(trace.dns.rcode, records);
  return predicted === said ? undefined : `kubehop says ${predicted}, CoreDNS ${said}`;
}

/** The same text for the same records in any order. */
function shown(rcode, records) {
  return [rcode, ...[...new Set(records)].sort()].join(', ');
}
