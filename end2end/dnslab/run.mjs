// The laboratory of names: compares the answers of a real CoreDNS with kubehop's.
//
//   node end2end/dnslab/run.mjs [--seed S] [--questions 1000] [--rounds N | --minutes M] [--results D]
//
// Exit code 0 without contradictions, 1 with contradictions, 2 when the laboratory itself failed.
import { randomInt } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureTools } from '../control-plane/build.mjs';
import { down } from '../control-plane/control-plane.mjs';
import { program as kubehop, traceAll } from '../netlab/kubehop.mjs';
import { apply, clear, dump, listed, startCluster } from './cluster.mjs';
import { askAll, startCoreDns, stopCoreDns } from './coredns.mjs';
import { contradiction } from './judge.mjs';
import { questions } from './questions.mjs';
import { topology } from './topology.mjs';

const RESULTS = join(dirname(fileURLToPath(import.meta.url)), '../test-results/dnslab');
const PER_ROUND = 250;
const SHOWN = 8;

function options() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      questions: { type: 'string', default: '1000' },
      rounds: { type: 'string' },
      minutes: { type: 'string' },
      results: { type: 'string', default: RESULTS },
    },
  });
  const number = (name) => {
    const value = values[name] === undefined ? undefined : Number(values[name]);
    if (Number.isNaN(value)) throw new Error(`--${name} is a number, not ${values[name]}`);
    return value;
  };
  const [seed, wanted, rounds, minutes] = ['seed', 'questions', 'rounds', 'minutes'].map(number);
  return { seed: seed ?? randomInt(2 ** 31), wanted, rounds, minutes, results: resolve(values.results) };
}

/** Asks both about one cluster. Resolves to the contradictions, and to how often CoreDNS gave each code. */
async function round(handle, program, current, file) {
  await apply(handle, current);
  const asked = questions(current, await listed(handle, current.namespaces), PER_ROUND);
  writeFileSync(file, await dump(handle));
  const address = await startCoreDns(handle, program);
  const answers = await askAll(program, address, asked);
  await stopCoreDns(handle);
  const traces = await traceAll(file, [], asked);
  await clear(handle, current);
  const wrong = asked
    .map(({ from, to }, index) => ({ from, to, answer: answers[index], reason: contradiction(answers[index], traces[index]) }))
    .filter(({ reason }) => reason);
  const codes = ['NOERROR', 'NODATA', 'NXDOMAIN'].map((code) => `${answers.filter(({ rcode }) => rcode === code).length} ${code}`);
  return { wrong, codes: codes.join(', ') };
}

/** Whether another round is due: by rounds, by time, or until there were enough questions. */
function isDue({ rounds, minutes, wanted }, done, started) {
  if (rounds !== undefined) return done < rounds;
  if (minutes !== undefined) return Date.now() - started < minutes * 60_000;
  return done * PER_ROUND < wanted;
}

/** Keeps the objects and the contradictions of a round. */
function keep(results, { seed }, file, wrong) {
  const folder = join(results, String(seed));
  mkdirSync(folder, { recursive: true });
  copyFileSync(file, join(folder, 'objects.yaml'));
  writeFileSync(join(folder, 'contradictions.json'), `${JSON.stringify(wrong, null, 2)}\n`);
  writeFileSync(join(folder, 'replay.txt'), `node end2end/dnslab/run.mjs --seed ${seed} --rounds 1\nkubehop trace -f objects.yaml --from ${wrong[0].from} --to ${wrong[0].to}\n`);
  console.log(`    kept in ${relative(process.cwd(), folder)}`);
}

async function main() {
  const wanted = options();
  if (!existsSync(kubehop)) throw new Error(`no ${kubehop}: cargo build -p server, or set KUBEHOP_BIN`);
  const { coredns } = await ensureTools(['coredns']);
  rmSync(wanted.results, { recursive: true, force: true });
  console.log(`dnslab: seed ${wanted.seed}`);
  const handle = await startCluster();
  try {
    return await run(handle, coredns, wanted);
  } finally {
    await down(handle);
  }
}

async function run(handle, program, wanted) {
  const started = Date.now();
  let failed = 0;
  let done = 0;
  for (; isDue(wanted, done, started); done++) {
    const before = Date.now();
    const current = topology(wanted.seed + done);
    const file = join(handle.dir, 'objects.yaml');
    const { wrong, codes } = await round(handle, program, current, file);
    failed += wrong.length;
    console.log(`  seed ${current.seed}: ${PER_ROUND - wrong.length} of ${PER_ROUND} questions (${codes}); ${((Date.now() - before) / 1000).toFixed(1)} s`);
    for (const { from, to, reason } of wrong.slice(0, SHOWN)) console.log(`    ${from} → ${to}: ${reason}`);
    if (wrong.length > 0) keep(wanted.results, current, file, wrong);
  }
  console.log(`dnslab: ${done * PER_ROUND - failed} passed, ${failed} failed (${Math.round((Date.now() - started) / 1000)} s)`);
  return failed === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error.stack);
    process.exit(2);
  }
}
