// The truth tables' rows: each is a cluster in a file, asked under iptables and under nftables.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawQuestions, randomFor } from '../questions/draw.mjs';
import { facts, sortedByKind } from '../questions/objects.mjs';
import { rows } from '../truth/rows.mjs';
import { askBatch } from './traces.mjs';

/** Number of drawn questions about each row, beside its own ones. */
const MORE = 6;

/** Returns the questions, in the form of `questions/…`, for the sample of texts. */
export async function truth(pair) {
  const folder = join(pair.temp, 'truth');
  mkdirSync(folder);
  const asked = [];
  for (const { id, objects, flags, asked: own } of rows) {
    const file = `${id}.json`;
    writeFileSync(join(folder, file), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    const questions = [...own, ...drawQuestions(facts(sortedByKind(objects)), randomFor(id), MORE)];
    for (const mode of ['iptables', 'nftables']) {
      const args = ['-f', file, `--proxy-mode=${mode}`, ...flags];
      await askBatch(pair, 'truth', `${id} ${mode}`, args, questions, { cwd: folder });
    }
    asked.push(...own.map((question) => ({ ...question, args: ['-f', file, ...flags], cwd: folder })));
  }
  return asked;
}
