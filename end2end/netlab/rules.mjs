// The rules that kube-proxy programmed on a Node, in one form for both backends: `{ chains: Set, choices: Map(chain → [{ address, rule,
// probability }]), maps: { name: Map(key → verdict) } | null }`.
import { FAMILIES } from './addresses.mjs';
import { inNetns } from './network.mjs';

const IPTABLES_CHAIN = /^KUBE-(SVC|SVL|EXT|FW|SEP)-/;
const NFTABLES_CHAIN = /^(service|local|external|firewall|endpoint)-[A-Z2-7]{8}-/;

/** The rules of both families: `[IPv4, IPv6]`, and their text. */
export async function readRules(backend, node) {
  if (backend === 'iptables') {
    const texts = await Promise.all(['iptables-save', 'ip6tables-save'].map((program) => inNetns(node.netns, program)));
    return { text: texts.join('\n'), families: texts.map(fromIptables) };
  }
  const [text, json] = await Promise.all([inNetns(node.netns, 'nft', ['list', 'ruleset']), inNetns(node.netns, 'nft', ['-j', 'list', 'ruleset'])]);
  const objects = JSON.parse(json).nftables;
  return { text, families: FAMILIES.map((family) => fromNftables(objects, ['ip', 'ip6'][family])) };
}

/** A chain's endpoints with their shares; iptables evaluates one rule after the other. The rules for affinity come first and do not count. */
export function fromIptables(text) {
  const nat = /^\*nat$([\s\S]*?)^COMMIT$/m.exec(text)?.[1] ?? '';
  const chains = new Set([...nat.matchAll(/^:(\S+) /gm)].map(([, name]) => name).filter((name) => IPTABLES_CHAIN.test(name)));
  const targets = new Map([...nat.matchAll(/^-A (KUBE-SEP-\S+) .*--to-destination (\S+)/gm)].map(([, chain, address]) => [chain, address]));
  const choices = new Map();
  const left = new Map();
  for (const [line, chain, rule] of nat.matchAll(/^-A (KUBE-SV[CL]-\S+) .*-j (KUBE-SEP-\S+)$/gm)) {
    if (line.includes(' -m recent ')) continue;
    const chance = Number(/--probability (\S+)/.exec(line)?.[1] ?? 1);
    const rest = left.get(chain) ?? 1;
    choices.set(chain, [...(choices.get(chain) ?? []), { address: targets.get(rule), rule, probability: rest * chance }]);
    left.set(chain, rest * (1 - chance));
  }
  return { chains, choices, maps: null };
}

export function fromNftables(objects, family) {
  const mine = (kind) => objects.flatMap(({ [kind]: one }) => (one?.table === 'kube-proxy' && one.family === family ? [one] : []));
  const chains = new Set(mine('chain').map(({ name }) => name).filter((name) => NFTABLES_CHAIN.test(name)));
  const rules = mine('rule').map(({ chain, expr }) => ({ chain, expr, text: JSON.stringify(expr) }));
  const dnat = (chain) => rules.filter((rule) => rule.chain === chain).flatMap(({ expr }) => expr.flatMap((each) => targetsOf(each.dnat)));
  const choices = new Map();
  for (const chain of chains) {
    if (!/^(service|local)-/.test(chain)) continue;
    let list = dnat(chain).map((address) => ({ address, rule: null }));
    if (list.length === 0) {
      // With affinity each endpoint has a chain, and only the last rule here, without its set, is the random one.
      const last = rules.filter((rule) => rule.chain === chain).at(-1);
      const names = [...new Set([...last.text.matchAll(/"target":"(endpoint-[^"]+)"/g)].map(([, name]) => name))];
      list = names.map((rule) => ({ address: dnat(rule)[0], rule }));
    }
    choices.set(chain, list.map((each) => ({ ...each, probability: 1 / list.length })));
  }
  const maps = Object.fromEntries([...mine('map'), ...mine('set')].map(({ name, elem = [] }) => [name, new Map(elem.map(element))]));
  return { chains, choices, maps };
}

/** The addresses of a DNAT: one, or those of a random map. */
function targetsOf(dnat) {
  if (!dnat) return [];
  if (typeof dnat.addr === 'string') return [join(dnat.addr, dnat.port)];
  return dnat.addr.map.data.set.map(([, { concat }]) => join(...concat));
}

const join = (ip, port) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`);

/** `[key, verdict]` of a map's element; the verdict of a set's element is undefined. Comments are left out. */
function element(item) {
  const [left, right] = Array.isArray(item) ? item : [item];
  const value = left?.elem?.val ?? left;
  const parts = Array.isArray(value?.concat) ? value.concat : [value];
  const key = parts.map((part) => (typeof part === 'object' ? JSON.stringify(part) : part)).join(' ');
  if (right === undefined) return [key, undefined];
  return [key, right.goto?.target ?? Object.keys(right)[0]];
}
