// make faults: measures loads and misbehaving API servers with KUBEHOP_RELEASE, a release build, then runs the fault tests with KUBEHOP_BIN, and
// writes FAULTS.md from the figures of both.
//
//   node faults.mjs [--only measured|tests]     `measured` replaces its sections of FAULTS.md, `tests` theirs
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from '../tests/lib/kubehop.mjs';
import { markdown, origin } from './report.mjs';

const folder = join(import.meta.dirname, '..');
const file = join(import.meta.dirname, 'FAULTS.md');
const only = process.argv[2] === '--only' ? process.argv[3] : undefined;

const sections = new Map(readFileSync(file, 'utf8').split(/^(?=## )/m).slice(1).map((text) => [/^## (.*)$/m.exec(text)[1], text.trim()]));
const isMeasured = (title) => ['One reader\'s load, felt by another', 'API servers that misbehave'].includes(title);
const isTest = (title) => !isMeasured(title) && title !== 'How it is measured';
const kept = (is) => [...sections].filter(([title]) => is(title)).map(([, text]) => text);

/** What a bench prints last: its section. */
function measured(bench) {
  const env = { ...process.env, KUBEHOP_BIN: process.env.KUBEHOP_RELEASE };
  const output = execFileSync('node', [join(import.meta.dirname, bench)], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] });
  console.log(output);
  return output.slice(output.indexOf('## ')).trim();
}

function tested() {
  const args = ['playwright', 'test', '--project=control-plane', 'control-plane/faults'];
  const { status } = spawnSync('npx', args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const figures = JSON.parse(readFileSync(join(folder, 'test-results/faults.json'), 'utf8'));
  return Object.entries(figures).map(section);
}

const section = ([title, rows]) => `## ${title}\n\n${markdown([['what', 'figure'], ...rows.map(({ what, value, unit }) => [what, `${said(value)} ${unit}`.trim()])])}`;
const said = (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : value);

const first = only === 'tests' ? kept(isMeasured) : ['loads.mjs', 'misbehaving.mjs'].map(measured);
const second = only === 'measured' ? kept(isTest) : tested();

writeFileSync(file, `# Faults, and what they cost

Written by \`make faults\`; each run replaces this file. Loads and misbehaving API servers (\`end2end/bench/loads.mjs\`, \`misbehaving.mjs\`) are measured
with a release build that has the limits of its Deployment. The others are \`end2end/tests/control-plane/faults*.spec.mjs\`, on a real API server and
etcd, and a part of \`make conformance\`. Each of them ends with the page, kubehop's index and the cluster equal, and with nothing lost to the
clients that stayed. kubehop is a debug build there, as the tests use it: for speed see RESULTS.md.

${origin({ binary, command: 'make faults' })}

${[...first, ...second].join('\n\n')}

## How it is measured

- Loads: the sandbox, the process that sends the load and the probe have no limits, and share the machine's cores with kubehop. The probe asks
  /livez of \`--health-listen\` every 20 ms; the stream is that of the whole cluster, and its gap is the time between two events.
- Misbehaving: memory is the cgroup's greatest, so pages of the program that other processes share are not in it.
- kubehop, the API server, etcd, Chromium, the clients and the tests share the machine's cores.
- Equal is: kubehop's rows are those that the API server lists, those of a kubehop that was started afterwards, and those of a client that followed
  the stream all the time; and the page's sockets are those of that new kubehop's picture. A writer makes changes until the fault is over, then
  stops; it is looked every 50 ms, so each time has that much too much in it, and the time that comparing takes.
- A proxy stands between kubehop and the API server. It strikes a quarter of the events of all watches, or all of them (delay), or one event after the
  other, each in another way (garble): of that event's change nothing else tells.
- A client's delay is from when the change was put into kubehop's log until the client has read it; the reading process's own time is in it.
- Memory is VmRSS. The first wave of clients makes the allocator take what later ones use again; after all of them 15 MB more may be taken.
`);
