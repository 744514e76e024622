// The differences from the base that are meant. Each names the commit that brings it.
//
// A key of a JSON answer that the base does not have:
//
//   { what: 'json', parts: ['trace', 'api'], at: /^evaluations\[\](\.alternatives\[\])*$/, add: 'because',
//     since: 'Reasons are values', why: 'design §4.2: the reason as a code with arguments' },
//
// - `parts` are the first words of the report's groups for which the entry holds.
// - `at` is the path of the object that gets the key, as the report prints it, or a pattern of such paths; '' is the whole answer.
// - `add` is the key. Only an addition is allowed by it: a key that goes, and a value that changes, is always reported.
// - `line` in place of `add`: at the path `at` the base's value and the new one must match this pattern; either may be missing.
// - `bytes: true` in place of `at` and `add` allows the same values in another order or spelling. It is compared where nothing else differs.
//
// Lines of a text, or of HTML and SVG:
//
//   { what: 'markup', parts: ['page'], path: /footer>a @href$/, line: /docs\.example/, since: 'A link to the docs', why: '…' },
//
// - `what` is `text` or `markup`. `path` is a pattern of the group's path, for markup only.
// - `line` is a pattern that each line of the difference (the base's, the new one) must match.
//
// Any entry may have `question`, a pattern of the questions (as the report names them) for which it holds.
//
// An entry that allowed nothing is printed at the end of the report: take it out when the base is a later commit.

const LOADS = 'The page loads the texts of its language: pkg/words.LANGUAGE.ftl, beside the module';
const VALUES = 'What the server says is values first: problems with a cluster, details of HTTP errors, what a start is refused for';
const MESSAGES = 'Every text of the page as a Fluent message, in English and Chinese, with methods for the enums of topology';
const FILTERS = 'What cannot be read of a filter is a value, and words has its sentences, in both languages';
const GRAPH = 'The graph, without a pixel: topology::graph; topology::picture lays it out';
const EVALUATION = /^evaluations\[\](\.alternatives\[\])*$/;
const PATH = 'topology::path: the resolver is a pipeline, and its answer is values';
const REASONS = { since: PATH, why: 'design §4.2: the reason and what is said besides as codes with arguments' };
const SHORTENED = { since: 'An answer lists endpoints that Nodes share once, and takes work for each endpoint and each Node', why: 'design §4.2: an answer of more than 10,000 endpoints is shortened' };
const PLACES = 'Long work runs beside the threads that serve, in few places, and reads a copy';
const EXIT = 'Exit code 0, and a verdict without a warning, need that every endpoint is known to get the packet and to answer';
const MISSING = { since: PATH, why: 'design §4.2: missing, delivered' };

const DOUBTS = 'What always fails is not delivered, and a doubt stands beside the tick: replies, headless ports, policies, undeclared ports, Pods, hairpin';

const DECIDES = 'A setting that is assumed and decides the verdict is named in it, and what Nodes and kube-proxy\'s Pods tell of settings is used';

const REVIEW = 'A test holds that no two modules of a crate need each other; unused dependencies go, a probability is formatted, Chinese texts of the review';
const TABLES = 'Tables of the inspector warn where the verdict warns';
const HOST = 'hostPorts on loopback, of their family, and before a refusal; hostNetwork Pods on every address of their Node';
const NAMED = 'A verdict names what is behind it, and what was probably meant';
const UNREAD = 'A slice that kube-proxy does not take: its cause by name, its endpoints not counted as ready; facts for reasons that name the thing';
const COREDNS = { since: 'Names are answered as CoreDNS answers them', why: 'docs/fidelity.md, N1 to N8' };
const IPVS = 'kube-proxy in mode ipvs, or none: what it decides is UNKNOWN by name, with what iptables would do';
const FILES = 'Input is never dropped in silence: refused values, missing EndpointSlices and manifests that nobody applied are in the answer';
const TWICE = 'What is listed twice and differently is AMBIGUOUS, and the filters after the translation decide delivery';

export const allowed = [
  { what: 'json', parts: ['api'], at: 'components.schemas.AssumedSettings.properties.proxyMode.enum[]', line: /^(?:ipvs|none)$/, since: IPVS, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.AssumedSettings.properties.proxyMode', add: 'description', since: IPVS, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Reason.properties.code.enum[]', line: /^proxy-mode-not-evaluated$/, since: IPVS, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Reason.properties', add: 'mode', since: IPVS, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties.alternatives.description', line: /^Of which one applies/, since: IPVS, why: 'described' },
  { what: 'text', parts: ['refused'], line: /iptables(?: or|,) nftables|proxy-mode/, since: IPVS, why: 'the modes, in the help and where a mode is wrong' },
  { what: 'json', parts: ['trace'], question: /^(?:12|13|39)-.* → (?:127\.|198\.51\.100\.20|172\.16\.5\.11|10\.0\.1\.1)/, at: /^(?:evaluations|missing)/, line: /^/, since: HOST, why: 'reference §9 step 4' },
  { what: 'markup', parts: ['page', 'picture'], question: /^GET (?:12|13|39)-.*(?:127\.|198\.51\.100\.20|172\.16\.5\.11|10\.0\.1\.1)/, path: /./, line: /^/, since: HOST, why: 'the same, drawn' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Reason.properties.code.enum[]', line: /^host-network-pod$/, since: HOST, why: 'described' },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: '', add: 'remarks', since: FILES, why: 'what is said of all that the answer is made of' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Trace.required[]', line: /^remarks$/, since: FILES, why: 'it is always there' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Trace.properties', add: 'remarks', since: FILES, why: 'described' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:Reason|Remark)\.properties\.code\.enum\[\]$/, line: /^(?:endpoint-slices-not-in-files|endpoint-slices-not-made|service-not-applied|value-refused|more-values-refused|not-applied)$/, since: FILES, why: 'new codes' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Reason.properties', add: 'addresses', since: FILES, why: 'described' },
  ...['file', 'document', 'line', 'column', 'field', 'value', 'why', 'count', 'services', 'serviceCount', 'workloads'].map((add) => (
    { what: 'json', parts: ['api'], at: 'components.schemas.Remark.properties', add, since: FILES, why: 'described' })),
  { what: 'text', parts: ['refused'], question: /^kubehop trace .* -o json$/, line: /"remarks": \[\]/, since: FILES, why: 'the new key, in JSON that is compared as text' },
  { what: 'text', parts: ['refused'], question: /^kubehop (?:help trace|trace -{1,2}h)/, line: /--filename|Read the cluster from YAML|stdin/, since: FILES, why: 'directories and gzip' },
  { what: 'text', parts: ['text', 'trace', 'refused'], line: /left out objects|are in these files and are not evaluated|已忽略|这里不评估/, since: FILES, why: 'objects are left out for a reason' },
  { what: 'text', parts: ['refused'], line: /key `\w+` is there twice|the API server refuses this/, since: FILES, why: 'repeated keys, and values that a cluster would refuse' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.AccessProblem\.properties\.code\.enum\[\]$/, line: /^(?:list-endless|other-kind|answer-too-large|file-hangs|proxy-unsupported|plugin-hangs|plugin-failed|context-failed)$/, since: 'No credential is in a message, and what an API server sends is bounded', why: 'what is wrong with an API server, a plugin or a file is named' },
  { what: 'json', parts: ['api'], at: "paths./api/v1/object.get.description", line: /^/, since: 'The manifest of an object is an allow-list of fields', why: 'what is shown is described' },
  { what: 'json', parts: ['api'], at: /responses$/, add: '406', since: 'Who accepts no form of an answer gets 406', why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.responses', add: 'NoCoding', since: 'Who accepts no form of an answer gets 406', why: 'the same' },
  { what: 'json', question: /31-pod-ip-reused/, parts: ['trials', 'trace', 'api', 'server'], at: /^evaluations\[\]/, line: /./, since: TWICE, why: 'which of the two entries kube-proxy uses is not defined' },
  { what: 'text', question: /31-pod-ip-reused/, parts: ['trials', 'trace', 'text'], line: /^/, since: TWICE, why: 'the same, as text' },
  { what: 'markup', question: /31-pod-ip-reused/, parts: ['page', 'picture'], path: /./, line: /^/, since: TWICE, why: 'the same, drawn' },
  { what: 'json', question: /KP107/, parts: ['truth'], at: /^evaluations\[\]\.reason$/, line: /usable endpoint/, since: TWICE, why: 'what becomes of the packet after its translation is said' },
  { what: 'markup', parts: ['page', 'picture'], question: /[?&]by=node/, path: /./, line: /^/, since: GRAPH, why: 'nothing is missing by Node: nodePorts, hostPorts, Services without Pods' },
  { what: 'markup', parts: ['page', 'picture'], question: /^GET 49-pod-ip-reused-terminating /, path: /./, line: /^/, since: GRAPH, why: 'two endpoints of one address: each is drawn with its own state and Pod' },
  { what: 'markup', parts: ['page', 'picture'], question: /^GET after the writes /, path: /./, line: /^/, since: GRAPH, why: 'a Pod with a hostPort is drawn where its Node is not known, too' },
  { what: 'markup', parts: ['page'], question: /lang=zh/, path: /^div\.path>ol\.hops>li>b(?:\.verdict-head)? text$/, line: /来自 .* 上(?:的)? ?Pod|送达：在/, since: REVIEW, why: 'Chinese as one says it' },
  { what: 'markup', parts: ['page'], question: /^GET 43-/, path: /^tbody>tr>td>span\.outcome @class$|^td>span\.outcome>svg\.icon>use @href$/, line: /tone-(?:path|warn)|#i-(?:ready|warning)/, since: TABLES, why: 'what does not arrive for certain has no tick' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:KindStatus|Status)\.required\[\]$/, line: /^problem$/, since: VALUES, why: 'the new key is always there' },
  { what: 'json', parts: ['picture'], question: /lang=zh/, at: 'detail', line: /^(?:from|to|find)/, since: VALUES, why: 'a refusal is in the language of the question' },
  { what: 'markup', parts: ['picture'], question: /lang=zh/, path: 'svg.graph>text.verdict text', line: /Service\/default\/nginx-/, since: MESSAGES, why: 'a Chinese colon in a Chinese message' },
  { what: 'json', parts: ['stream'], at: /^(?:kinds\[\])?$/, add: 'problem', since: VALUES, why: 'the status as values, for readers of every language' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:KindStatus|Status)\.properties$/, add: 'problem', since: VALUES, why: 'the same, described' },
  { what: 'json', parts: ['api'], at: 'components.schemas', add: 'AccessProblem', since: VALUES, why: 'the same, described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.KindStatus.properties.error', add: 'description', since: VALUES, why: 'its language is said' },
  { what: 'markup', parts: ['page'], path: /^html>head>script text$/, line: /hydrate|\bmount\b|kubehop\.wasm|words\.(?:en|zh)\.ftl|throw Error/, since: LOADS, why: 'the loader waits for the texts' },
  { what: 'markup', parts: ['page'], path: /^html>head>link/, line: /^html>head>link|words\.(?:en|zh)\.ftl/, since: LOADS, why: 'the texts are preloaded' },
  { what: 'text', parts: ['reached', 'refused'], line: /hydrate|\bmount\b/, since: LOADS, why: 'the same, in the head of a page that is compared as text' },
  { what: 'markup', parts: ['page'], path: /p\.t-wrong @lang$/, line: / = en$/, since: FILTERS, why: 'it is in the language of the page' },
  { what: 'markup', parts: ['page'], path: /p\.(?:t-)?wrong text$/, line: /`kind:teapot`/, since: FILTERS, why: 'it is in the language of the page' },
  { what: 'markup', parts: ['page', 'picture'], path: /g\.plate>text\.role text$/, line: /手工维护|镜像自 Endpoints|由 .* 维护/, since: MESSAGES, why: 'a Chinese comma in a Chinese message' },
  { what: 'markup', parts: ['picture'], path: /^svg\.graph(?:>title text|>text\.verdict text| @aria-label)$/, line: /上下文|到 /, since: MESSAGES, why: 'a Chinese colon in a Chinese message' },
  { what: 'markup', parts: ['page'], path: /p\.wrong @lang$/, line: / = en$/, since: PATH, why: 'what is wrong with From and To is in the language of the page' },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: EVALUATION, add: 'because', ...REASONS },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: '', add: 'shortened', ...SHORTENED },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: EVALUATION, add: 'sameAs', ...SHORTENED },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: EVALUATION, add: 'changes', ...SHORTENED },
  { what: 'json', parts: ['api'], at: 'components.schemas.Trace.properties', add: 'shortened', ...SHORTENED },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties', add: 'sameAs', ...SHORTENED },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties', add: 'changes', ...SHORTENED },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:Trace|Evaluation)\.required\[\]$/, line: /^(?:shortened|sameAs|changes)$/, ...SHORTENED },
  { what: 'json', parts: ['api'], at: 'components.responses.Busy', add: 'headers', since: PLACES, why: 'a 503 says when to ask again' },
  { what: 'json', parts: ['api'], at: 'components.responses.Busy.description', line: /No answer within|no answer within/, since: PLACES, why: 'the same' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties.endpoints.description', line: /^By numeric address/, ...SHORTENED },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: EVALUATION, add: 'remarks', ...REASONS },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: /^evaluations\[\](\.alternatives\[\])*\.endpoints\[\]$/, add: 'delivered', ...MISSING },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], at: '', add: 'missing', ...MISSING },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:Endpoint|Evaluation|Trace)\.required\[\]$/, line: /^\w+$/, since: PATH, why: 'because, remarks, delivered and missing are always there' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Trace.properties', add: 'missing', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties', add: 'because', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties', add: 'remarks', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Evaluation.properties.reason', add: 'description', since: PATH, why: 'its language is said' },
  { what: 'json', parts: ['api'], at: 'components.schemas.Endpoint.properties', add: 'delivered', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas', add: 'Reason', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas', add: 'Remark', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'components.schemas', add: 'Missing', since: PATH, why: 'described' },
  { what: 'json', parts: ['api'], at: 'paths["/api/v1/trace"].get.parameters[]', line: /"name":"lang"/, since: PATH, why: 'the language of the sentences' },
  { what: 'text', parts: ['refused'], question: /^kubehop trace .* -o json$/, line: /^\s*(?:[{}[\]],?|"\w+"(?:: .+)?,?|"\w+": [[{])$/, since: PATH, why: 'the new keys, in JSON that is compared as text' },
  { what: 'text', parts: ['refused'], question: /^kubehop trace --batch - /, line: /"asymmetricReturn":/, since: PATH, why: 'the same, on one line' },
  { what: 'text', parts: ['refused'], question: /^kubehop (?:help trace|trace -{1,2}h)/, line: /^\s*$|--lang <en\|zh>|The language of the answer's sentences/, since: PATH, why: '--lang' },
  { what: 'markup', parts: ['page'], question: /[?&]lang=zh/, path: /p\.still text$/, line: /is no |there is no |not supported|不是|没有|还不支持/, since: PATH, why: 'what is wrong with From and To is in the language of the page' },
  { what: 'markup', parts: ['page'], question: /[?&]lang=zh/, path: /ol\.hops>li>p text$/, line: / (?:is|是) /, since: PATH, why: 'a step of DNS is in the language of the page' },
  { what: 'text', parts: ['text', 'trace'], line: /^exit [01]$/, since: EXIT, why: 'a reply that misses the Node, a client outside that asks a Cluster IP or a Pod IP' },
  { what: 'text', parts: ['refused'], question: /^kubehop (?:help trace|trace -{1,2}h)/, line: /^\s*Exit status:/, since: EXIT, why: 'the same in the help' },
  { what: 'text', parts: ['refused'], question: /^kubehop (?:help|-{1,2}h)/, line: /Maximum number of connections|[Ss]o many connections|connections/, since: REVIEW, why: 'the help says what a number is' },
  { what: 'json', parts: ['truth', 'trace', 'api', 'server'], question: /dns:/, at: /^dns\.(?:rcode|records.*)$/, line: /./, ...COREDNS },
  { what: 'text', parts: ['text', 'trace'], question: /dns:/, line: /^exit [01]$|NOERROR|NODATA|NXDOMAIN|no such (?:name|record)|^\s+(?:A|AAAA|CNAME|PTR|SRV)\s/, ...COREDNS },
  { what: 'text', parts: ['refused'], line: /A, AAAA, SRV, PTR(?: or CNAME|, CNAME, TXT or MX)|A、AAAA、SRV、PTR|A\|AAAA\|SRV\|PTR\|CNAME/, ...COREDNS },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.Record\.properties\.type\.enum/, line: /TXT|MX/, ...COREDNS },
  { what: 'json', parts: ['api'], at: /parameters\[\]/, line: /A\|AAAA\|SRV\|PTR\|CNAME/, ...COREDNS },
  { what: 'markup', parts: ['page'], path: /b\.verdict-head @class$/, line: / = verdict-head(?: warn)?$/, since: EXIT, why: 'a verdict that warns' },
  { what: 'text', parts: ['text', 'trace', 'truth'], line: /^\s*(?:but |不过，)|(?:delivered|sent) to (?:the only|one of)|\((?:connection fails|some connections fail|only with a route)\)|（(?:连接失败|部分连接失败|需要另有路由)）|送达|发往|not reachable from outside|declares this port/, since: DOUBTS, why: 'a doubt is said, and what does not arrive is not called delivered' },
  { what: 'text', parts: ['text', 'trace'], line: /^exit [01]$/, since: DOUBTS, why: 'a headless port that no container declares' },
  { what: 'json', parts: ['trace', 'api', 'server', 'truth'], at: /^evaluations\[\](?:\.alternatives\[\])*\.(?:remarks(?:\[\].*)?|reason)$|\.endpoints\[\]\.delivered$/, line: /./, since: DOUBTS, why: 'the same as values' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.Remark\.properties/, line: /./, since: DOUBTS, why: 'the same, described' },
  { what: 'markup', parts: ['page', 'picture'], path: /verdict|outcome|hops|socket|wire|p text/, line: /./, question: /05-|28-|35-|36-|37-|43-|headless|sts/, since: DOUBTS, why: 'the page says the same, and a headless port is lit where its packets go' },
  { what: 'text', parts: ['text', 'trace'], line: /is assumed to be|count as clients outside|假定为|被当作集群外的客户端|by default of|default of (?:k3s|RKE2|kind|MicroK8s|EKS)|^(?:EP|DROP|REJECT|exit)/, since: DECIDES, why: 'trials 04 and 40' },
  { what: 'json', parts: ['trace', 'api', 'server', 'truth'], at: /\.remarks(?:\[\].*)?$/, line: /./, since: DECIDES, why: 'the same as values' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:Remark|Effective|Settings)/, line: /./, since: DECIDES, why: 'the same, described' },
  { what: 'markup', parts: ['page'], path: /dl\.facts|verdict|p text/, line: /clusterCIDR|is assumed to be|count as clients outside|Pods are not told|假定|无法区分/, since: DECIDES, why: 'the page names the setting' },
  { what: 'json', parts: ['trace', 'api', 'server', 'truth'], at: /^(?:dns|evaluations\[\](?:\.alternatives\[\])*)(?:\.(?:remarks(?:\[\].*)?|because(?:\..*)?|reason))?$/, line: /./, since: NAMED, why: 'remarks that explain, a Service of another proxy, a health check of kube-proxy' },
  { what: 'json', parts: ['trace', 'api', 'server', 'truth'], at: 'dns', add: 'remarks', since: NAMED, why: 'why a name has no address' },
  { what: 'json', parts: ['api'], at: /^components\.schemas\.(?:Reason|Remark|Dns)/, line: /./, since: NAMED, why: 'the same, described' },
  { what: 'text', parts: ['text', 'trace', 'truth'], line: /; |；|^\s+(?:no such name|there is no such name|Pod |dnsPolicy |externalName |the headless |another namespace )|left out|not asked because|被排除|service-proxy-name|healthCheckNodePort/, since: NAMED, why: 'the same for people, and the rule that leaves an endpoint out' },
  { what: 'markup', parts: ['page', 'picture'], path: /verdict|hops|p text|td|div\.tone-warn/, line: /left out|被排除|[;；]|no such name|DNS has no address/, since: NAMED, why: 'the page says the same' },
  { what: 'markup', parts: ['page', 'picture'], path: /./, line: /usable|可用|headless|address family|地址族|ready|就绪|mark-|t-(?:ok|bad|warn)|#?i-(?:ready|error|warning)/, question: /01-|11-|21-|22-|27-/, since: UNREAD, why: 'a card is not green for endpoints that kube-proxy does not take' },
  { what: 'json', parts: ['api', 'stream'], at: /rows|objects|pods|services|endpoints/i, line: /notReadyBecause|proxyName|healthCheckNodePort|noNodePorts|furtherAddresses|rare/, since: UNREAD, why: 'new keys of rows' },
];
