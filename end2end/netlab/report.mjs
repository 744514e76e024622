// The output of a run, and the files that are kept of a contradiction.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODES } from './addresses.mjs';

export const DEFAULT_RESULTS = join(dirname(fileURLToPath(import.meta.url)), '../test-results/netlab');

const SHOWN = 8;

/** The sums of one backend's rounds. */
export class Total {
  probes = 0;
  passed = 0;
  failed = 0;
  #names = 0;
  #unreachable = 0;
  #ms = 0;
  /** The questions of readers with fewer rights, and the answers that were not UNKNOWN. */
  #fewer = { asked: 0, claimed: 0 };

  constructor(backend) {
    this.backend = backend;
  }

  /** Adds a round and prints it, with its first contradictions. */
  add({ seed }, { probes, connections, names, unreachable, wrongPackets, wrongRules, fewer }, ms) {
    this.probes += probes;
    this.passed += probes - wrongPackets.length;
    this.failed += wrongPackets.length + wrongRules.length + fewer.wrong.length;
    this.#fewer.asked += fewer.asked;
    this.#fewer.claimed += fewer.claimed;
    this.#names += names;
    this.#unreachable += unreachable.length;
    this.#ms += ms;
    const agreed = `${probes - wrongPackets.length} of ${probes} probes (${connections} connections)`;
    console.log(`  seed ${seed} ${this.backend}: ${agreed}, ${names} rule names, ${wrongRules.length} wrong; ${fewer.reader} claims ${fewer.claimed}, ${fewer.wrong.length} wrong; ${(ms / 1000).toFixed(1)} s`);
    for (const { probe, reason, trace } of [...wrongPackets.slice(0, SHOWN), ...fewer.wrong.slice(0, SHOWN)]) {
      const { outcome, reason: why } = trace.evaluations[0] ?? {};
      const question = `${probe.from} → ${probe.to}${probe.node ? ` on ${probe.node}` : ''}`;
      console.log(`    ${question}: kubehop says ${outcome} (${why}); ${reason}`);
    }
    for (const line of wrongRules.slice(0, SHOWN)) console.log(`    ${line}`);
  }

  /** Whether readers with fewer rights were told anything: the comparison with them says nothing otherwise. */
  get fewerClaimed() {
    return this.#fewer.claimed > 0;
  }

  line() {
    const rules = `${this.#names} rule names compared, ${this.#unreachable} names and elements out of every packet's reach; of ${this.#fewer.asked} answers to fewer rights ${this.#fewer.claimed} were not UNKNOWN`;
    return `${this.backend}: ${this.passed} passed, ${this.failed} failed (${rules}; ${Math.round(this.#ms / 1000)} s)`;
  }
}

/** Removes the files of earlier runs. */
export function forget(results) {
  rmSync(results, { recursive: true, force: true });
}

/** Writes seed, objects, settings, rules, logs and both answers into a separate folder. */
export function keep(results, topology, backend, { wrongPackets, wrongRules, fewer, evidence }, count) {
  const folder = join(results, `${backend}-${topology.seed}`);
  mkdirSync(folder, { recursive: true });
  const { text, rules, logs, args } = evidence;
  writeFileSync(join(folder, 'objects.yaml'), text);
  NODES.forEach(({ name }, index) => writeFileSync(join(folder, `rules-${name}.txt`), rules[index].text));
  for (const [name, log] of logs) writeFileSync(join(folder, `kube-proxy-${name}.log`), log);
  writeFileSync(join(folder, 'rules.txt'), wrongRules.map((line) => `${line}\n`).join(''));
  const packets = [...wrongPackets, ...fewer.wrong].map(({ probe, reason, trace, observed }) => ({ reason, command: command(probe, args), probe, observed, trace }));
  writeFileSync(join(folder, 'packets.json'), `${JSON.stringify(packets, null, 2)}\n`);
  const replay = `node end2end/netlab/run.mjs --backend ${backend} --seed ${topology.seed} --rounds 1 --per-round ${count}`;
  writeFileSync(join(folder, 'replay.txt'), `${replay}\n\nsettings: ${JSON.stringify(topology.settings, null, 2)}\n`);
  console.log(`    kept in ${relative(process.cwd(), folder)}`);
}

const command = ({ from, to, node }, args) =>
  ['kubehop trace', '-f objects.yaml', `--from ${from}`, `--to ${to}`, ...(node ? [`--node ${node}`] : []), ...args].join(' ');
