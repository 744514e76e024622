// make faults: runs the fault tests and writes FAULTS.md from their figures in test-results/faults.json.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from '../tests/lib/kubehop.mjs';
import { markdown, origin } from './report.mjs';

const folder = join(import.meta.dirname, '..');
const args = ['playwright', 'test', '--project=control-plane', 'control-plane/faults'];
const { status } = spawnSync('npx', args, { cwd: folder, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const figures = JSON.parse(readFileSync(join(folder, 'test-results/faults.json'), 'utf8'));
const section = ([title, rows]) => `## ${title}\n\n${markdown([['what', 'figure'], ...rows.map(({ what, value, unit }) => [what, `${said(value)} ${unit}`.trim()])])}`;
const said = (value) => (typeof value === 'number' ? value.toLocaleString('en-US') : value);

writeFileSync(join(import.meta.dirname, 'FAULTS.md'), `# Faults, and what they cost

Written by \`make faults\` (\`end2end/tests/control-plane/faults*.spec.mjs\`, on a real API server and etcd); each run replaces this file. The same tests
are a part of \`make conformance\`. Each ends with the page, kubehop's index and the cluster equal, and with nothing lost to the clients
that stayed. kubehop is a debug build, as the tests use it: for speed see RESULTS.md.

${origin({ binary, command: 'make faults' })}

${Object.entries(figures).map(section).join('\n\n')}

## How it is measured

- kubehop, the API server, etcd, Chromium, the clients and the tests share the machine's cores.
- Equal is: kubehop's rows are those that the API server lists, those of a kubehop that was started afterwards, and those of a client that followed
  the stream all the time; and the page's sockets are those of that new kubehop's picture. A writer makes changes until the fault is over, then
  stops; it is looked every 50 ms, so each time has that much too much in it, and the time that comparing takes.
- A proxy stands between kubehop and the API server. It strikes a quarter of the events of all watches, or all of them (delay), or one event after the
  other, each in another way (garble): of that event's change nothing else tells.
- A client's delay is from when the change was put into kubehop's log until the client has read it; the reading process's own time is in it.
- Memory is VmRSS. The first wave of clients makes the allocator take what later ones use again; after all of them 15 MB more may be taken.
`);
