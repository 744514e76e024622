// Readers with fewer rights: each of them asks the same questions, and no answer of theirs that is not UNKNOWN may differ from that of who sees
// everything.
import { flags, traceAll } from './kubehop.mjs';
import { socket } from './addresses.mjs';
import { NAMESPACES } from './topology.mjs';

const KINDS = { nodes: '', namespaces: '', pods: '', services: '', endpoints: '', endpointslices: 'discovery.k8s.io', servicecidrs: 'networking.k8s.io' };
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** What each reader may not read in the whole cluster. The last one reads one namespace, and nothing of the cluster. */
const LACKING = { 'no-nodes': ['nodes'], 'no-pods': ['pods'], 'no-slices': ['endpointslices'], 'no-services': ['services'], 'one-namespace': Object.keys(KINDS) };

/** The users for `up`. */
export const USERS = Object.fromEntries(Object.keys(LACKING).map((name) => [name, []]));

/** Gives the users their rights. */
export async function permit(handle) {
  const rules = (kinds) => kinds.map((kind) => ({ apiGroups: [KINDS[kind]], resources: [kind], verbs: ['get', 'list', 'watch'] }));
  for (const [name, lacking] of Object.entries(LACKING)) {
    const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name }];
    const bound = async (scope, role, own) => {
      await handle.request('POST', `${RBAC}${scope}/${role.toLowerCase()}s`, { metadata: { name }, rules: own });
      await handle.request('POST', `${RBAC}${scope}/${role.toLowerCase()}bindings`, { metadata: { name }, subjects, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role, name } });
    };
    const left = Object.keys(KINDS).filter((kind) => !lacking.includes(kind));
    if (left.length > 0) await bound('', 'ClusterRole', rules(left));
    else await bound(`/namespaces/${NAMESPACES[0]}`, 'Role', rules(['pods', 'services', 'endpoints', 'endpointslices']));
  }
}

/**
 * One reader's answers, compared with `traces`, the whole answers to the same questions: `{ reader, asked, claimed, wrong }`, with the number of
 * answers that are not UNKNOWN.
 */
export async function asReader({ handle, topology, backend, asked, traces }) {
  const names = Object.keys(LACKING);
  const reader = names[(topology.seed + (backend === 'nftables' ? 1 : 0)) % names.length];
  const scope = reader === 'one-namespace' ? ['--namespaces', NAMESPACES[0]] : [];
  // A user with few rights cannot read kube-proxy's ConfigMap, so the settings are given.
  const answers = await traceAll(undefined, ['--kubeconfig', handle.kubeconfigOf(reader), ...scope, ...flags(topology.settings, backend)], asked, { errors: true });
  const compared = answers.map((answer, index) => ({ probe: asked[index], reason: differs(answer, traces[index]), trace: answer }));
  const claimed = answers.filter(({ evaluations = [] }) => evaluations.some(({ outcome }) => outcome !== 'UNKNOWN')).length;
  return { reader, asked: answers.length, claimed, wrong: compared.filter(({ reason }) => reason).map((one) => ({ ...one, reason: `as ${reader}: ${one.reason}` })) };
}

/** How an answer claims something else than the whole one; undefined if it does not. An error claims nothing. */
function differs({ evaluations = [] }, whole) {
  // Whose Node nobody knows is compared with all of them.
  const onSame = (one) => whole.evaluations.filter(({ nodes }) => one.nodes.length === 0 || nodes.length === 0 || nodes.some((node) => one.nodes.includes(node)));
  const claims = evaluations.filter(({ outcome }) => outcome !== 'UNKNOWN' && outcome !== 'AMBIGUOUS');
  if (claims.length > 0 && evaluations.every((one) => onSame(one).length === 0)) return 'no evaluation on a Node of who sees everything';
  for (const one of claims) {
    const same = onSame(one);
    // Who does not know the source's Node is told of each Node; only the source's own is compared.
    if (same.length === 0) continue;
    const right = same.flatMap((each) => [each, ...each.alternatives]).map(claim);
    if (!right.includes(claim(one))) return `${claim(one)}, who sees everything: ${right.join(' or ')}`;
  }
  return undefined;
}

const claim = ({ outcome, endpoints }) => `${outcome} [${[...new Set(endpoints.map(({ ip, port }) => socket(ip, port)))].sort().join(' ')}]`;
