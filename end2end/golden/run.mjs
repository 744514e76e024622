// The comparison for a refactoring: asks two kubehop binaries the same questions and prints every difference.
//
//   node end2end/golden/run.mjs --base FILE --binary FILE [--show N] [--only PART]...
//
// `make golden` builds both. Exit code 0 when the answers are equal but for what `allowed.mjs` names, 1 when not, 2 when the comparison
// itself failed.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allowed } from './allowed.mjs';
import { checkEntries } from './compare/allow.mjs';
import { reached } from './parts/reached.mjs';
import { refused } from './parts/refused.mjs';
import { sandbox } from './parts/sandbox.mjs';
import { stream } from './parts/stream.mjs';
import { texts } from './parts/texts.mjs';
import { trials } from './parts/trials.mjs';
import { truth } from './parts/truth.mjs';
import { Report } from './report.mjs';
import { Side } from './side.mjs';

/** The parts in their order; a part that asks questions passes them on to the sample of texts. */
const PARTS = { refused, truth, trials, texts, sandbox, stream, reached };

function options() {
  const { values } = parseArgs({
    options: { base: { type: 'string' }, binary: { type: 'string' }, show: { type: 'string', default: '3' }, only: { type: 'string', multiple: true, default: Object.keys(PARTS) } },
  });
  for (const name of ['base', 'binary']) {
    if (!values[name]) throw new Error(`--${name} names a kubehop binary`);
    if (!existsSync(values[name])) throw new Error(`--${name}: there is no ${values[name]}`);
  }
  const unknown = values.only.filter((name) => !PARTS[name]);
  if (unknown.length > 0) throw new Error(`--only is one of ${Object.keys(PARTS).join(', ')}, not ${unknown}`);
  const show = Number(values.show);
  if (!Number.isInteger(show) || show < 1) throw new Error(`--show is a number, not ${values.show}`);
  return { ...values, show };
}

async function run({ base, binary, show, only }) {
  checkEntries(allowed);
  const temp = mkdtempSync(join(tmpdir(), 'kubehop-golden-'));
  try {
    const sides = [new Side('base', base, temp), new Side('now', binary, temp)];
    const report = new Report(allowed);
    const pair = { sides, report, temp, both: (act) => Promise.all(sides.map(act)) };
    const asked = [];
    for (const name of Object.keys(PARTS).filter((name) => only.includes(name))) asked.push(...((await PARTS[name](pair, asked)) ?? []));
    console.log(report.text(show));
    console.log(report.isEqual ? `golden: ${binary} answers as ${base} does` : `golden: ${binary} answers otherwise than ${base}`);
    return report.isEqual ? 0 : 1;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

try {
  process.exit(await run(options()));
} catch (error) {
  console.error(`golden: ${error.stack}`);
  process.exit(2);
}
