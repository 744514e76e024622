// The comparison itself, without kubehop: `node --test end2end/golden/*.test.mjs`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Random } from '../tests/lib/random.mjs';
import { allowed } from './allowed.mjs';
import { checkEntries, withoutAllowed } from './compare/allow.mjs';
import { BYTES, answerDifferences } from './compare/answers.mjs';
import { lineDifferences } from './compare/lines.mjs';
import { normal } from './parts/server.mjs';
import { drawQuestions, randomFor } from './questions/draw.mjs';
import { facts, sortedByKind } from './questions/objects.mjs';
import { Report } from './report.mjs';
import { rows } from './truth/rows.mjs';

const lines = (what, base, now) => answerDifferences(what, base, now).map(({ kind, path, base, now }) => [kind, path, base, now].filter((part) => part !== undefined));
const json = (base, now) => lines('json', JSON.stringify(base), JSON.stringify(now));

test('JSON differs by path, without the indices of lists', () => {
  assert.deepEqual(json({ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }), [['changed', 'a[].b', 2, 3]]);
  assert.deepEqual(json({ a: [{}] }, { a: [{ because: {} }] }), [['added', 'a[].because', {}]]);
  assert.deepEqual(json({ a: null }, {}), [['removed', 'a', null]]);
  assert.deepEqual(json([1, 2], [1]), [['removed', '[]', 2]]);
  assert.deepEqual(json({ a: null }, { a: [] }), [['changed', 'a', null, []]]);
  assert.deepEqual(json({ 'a.b': { c: 1 } }, { 'a.b': { c: 2 } }), [['changed', '["a.b"].c', 1, 2]]);
  assert.deepEqual(json({ yaml: 'a\nb\nc' }, { yaml: 'a\nc' }), [['removed', 'yaml line', 'b']]);
});

test('a row is compared with the row of its name', () => {
  const row = (key, more) => ({ kind: 'Pod', key, ...more });
  assert.deepEqual(json([row('a'), row('b', { ready: true })], [row('b', { ready: false })]), [['removed', '[]', row('a')], ['changed', '[].ready', true, false]]);
  assert.equal(json([row('a'), row('b')], [row('b'), row('a')]).length, 1);
});

test('JSON of the same values in other bytes is a difference, too', () => {
  assert.deepEqual(lines('json', '{"a":1,"b":2}', '{"b":2,"a":1}').map(([kind, path]) => [kind, path]), [['changed', BYTES]]);
  assert.equal(lines('json', '{"a":1}', '{"a":1.0}').length, 1);
  assert.deepEqual(lines('json', '{"a":1}', 'no JSON'), [['changed', 'line', '{"a":1}', 'no JSON']]);
});

test('the differences of lines turn one text into the other, and are as few as can be', () => {
  const random = new Random(7);
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: random.below(12) }, () => 'abc'[random.below(3)]);
    const [base, now] = [text(), text()];
    const found = lineDifferences(base, now);
    const count = found.reduce((sum, { kind }) => sum + (kind === 'changed' ? 2 : 1), 0);
    assert.equal(count, base.length + now.length - 2 * longestCommon(base, now), `${base} → ${now}`);
    for (const { kind, base: line, at } of found) if (kind !== 'added') assert.equal(base[at], line);
  }
});

function longestCommon(a, b) {
  const table = [new Array(b.length + 1).fill(0)];
  for (const [n, line] of a.entries()) {
    const row = [0];
    for (const [m, other] of b.entries()) row.push(line === other ? table[n][m] + 1 : Math.max(table[n][m + 1], row[m]));
    table.push(row);
  }
  return table.at(-1).at(-1);
}

test('markup differs by element and attribute; what comes whole is one difference', () => {
  const svg = (inside) => `<svg class="graph"><style>a{b:c}</style><g class="card x"><path d="M0"/>${inside}</g></svg>`;
  assert.deepEqual(lines('markup', svg('<text y="1">a</text>'), svg('<text y="2">b</text>')), [
    ['changed', 'svg.graph>g.card>text @y', 'svg.graph>g.card>text @y = 1', 'svg.graph>g.card>text @y = 2'],
    ['changed', 'svg.graph>g.card>text text', 'svg.graph>g.card>text "a"', 'svg.graph>g.card>text "b"'],
  ]);
  assert.deepEqual(lines('markup', svg(''), svg('<a href="x"><b>c</b></a>')), [['added', 'svg.graph>g.card>a element', 'svg.graph>g.card>a <a> with 3 more lines']]);
  assert.deepEqual(lines('markup', '<a b="1" c="2">', '<a c="2" b="1">').map(([, path]) => path), [BYTES]);
  assert.equal(lines('markup', svg('').replace('b:c', 'b:d'), svg('')).length, 1);
  assert.equal(lines('markup', '<p>1 < 2</p>', '<p>1 < 3</p>').length, 1);
});

test('an entry allows an added key of its name and place, and nothing else', () => {
  const entry = { what: 'json', parts: ['trace'], at: /^evaluations\[\]$/, add: 'because', since: 'a commit', why: 'a reason' };
  const left = (base, now, part = 'trace') => withoutAllowed([entry], part, '', answerDifferences('json', JSON.stringify(base), JSON.stringify(now))).left.length;
  const answer = (evaluation) => ({ evaluations: [evaluation] });
  assert.equal(left(answer({}), answer({ because: 1 })), 0);
  assert.equal(left(answer({ because: 1 }), answer({})), 1);
  assert.equal(left(answer({ because: 1 }), answer({ because: 2 })), 1);
  assert.equal(left(answer({}), answer({ why: 1 })), 1);
  assert.equal(left({}, { because: 1 }), 1);
  assert.equal(left(answer({}), answer({ because: 1 }), 'api'), 1);
  const bytes = { what: 'json', parts: ['api'], bytes: true, since: 'a commit', why: 'a reason' };
  assert.equal(withoutAllowed([bytes], 'api', '', answerDifferences('json', '{"a":1,"b":2}', '{"b":2,"a":1}')).left.length, 0);
  assert.equal(withoutAllowed([bytes], 'api', '', answerDifferences('json', '{"a":1}', '{"a":2}')).left.length, 1);
});

test('a line is allowed where both sides match', () => {
  const entry = { what: 'markup', parts: ['page'], path: /@href$/, line: /docs/, since: 'a commit', why: 'a reason' };
  const left = (base, now) => withoutAllowed([entry], 'page', '', answerDifferences('markup', base, now)).left.length;
  assert.equal(left('<a href="docs/1">', '<a href="docs/2">'), 0);
  assert.equal(left('<a href="docs/1">', '<a href="x">'), 1);
  assert.equal(left('<a id="docs/1">', '<a id="docs/2">'), 1);
});

test('a value of JSON is allowed where both sides match, and an entry holds for the questions that it names', () => {
  const entry = { what: 'json', parts: ['api'], question: /lang=zh/, at: 'detail', line: /^from/, since: 'a commit', why: 'a reason' };
  const left = (name, base, now) => withoutAllowed([entry], 'api', name, answerDifferences('json', JSON.stringify({ detail: base }), JSON.stringify({ detail: now }))).left.length;
  assert.equal(left('GET /?lang=zh', 'from: a', 'from：a'), 0);
  assert.equal(left('GET /?lang=en', 'from: a', 'from：a'), 1);
  assert.equal(left('GET /?lang=zh', 'from: a', 'to: a'), 1);
});

test('entries are whole', () => {
  checkEntries(allowed);
  assert.throws(() => checkEntries([{ what: 'json', parts: ['trace'], add: 'a', since: 'a commit', why: 'a reason' }]), /at missing/);
  assert.throws(() => checkEntries([{ what: 'yaml' }]), /json, text or markup/);
  const added = { what: 'json', parts: ['api'], at: 'list[]', line: /"name":"lang"/, since: 'a commit', why: 'a reason' };
  const leftOf = (one) => withoutAllowed([added], 'api', '', answerDifferences('json', '{"list":[]}', JSON.stringify({ list: [one] }))).left.length;
  assert.deepEqual([{ name: 'lang' }, { name: 'node' }].map(leftOf), [0, 1]);
  assert.throws(() => checkEntries([{ what: 'text', parts: ['text'], line: /a/g, since: 'a commit', why: 'a reason' }]), /flag/);
});

test('the report has a group for each path, and an example for each sort', () => {
  const report = new Report([]);
  for (const [n, ip] of ['10.0.0.1', '10.0.0.2'].entries()) report.compare('trace', `question ${n}`, 'json', JSON.stringify({ a: ip, b: 'x' }), JSON.stringify({ a: `${ip}:80`, b: 'x' }));
  report.compare('trace', 'question 2', 'json', '{}', '{}');
  const text = report.text(5);
  assert.match(text, /^trace {2}json {2}a {2}changed {2}2 times\n {4}2 ×, as in question 0\n {6}- 10\.0\.0\.1\n {6}\+ 10\.0\.0\.1:80\n/);
  assert.match(text, /trace +3 answers, 2 differ/);
  assert.equal(report.isEqual, false);
});

test('what is random in an answer is made the same, and nothing else', () => {
  const server = { url: 'http://127.0.0.1:4000', epoch: '0f3c9a21', first: 2 };
  const now = new Date().toISOString();
  for (const [text, expected] of [
    ['http://127.0.0.1:4000/x', 'http://HOST/x'],
    ['"cursor":"0f3c9a21-5"', '"cursor":"EPOCH-3"'],
    ['"cursor":"0f3c9a22-5"', '"cursor":"0f3c9a22-5"'],
    ['etag: W/"0f3c9a21-2-0123456789abcdef"', 'etag: W/"EPOCH-0-HASH"'],
    ['nonce="wmtO4n_Y34ZW3mx_6XdBAg"', 'nonce="NONCE"'],
    ['nonce="short"', 'nonce="short"'],
    ['data-seq="7"', 'data-seq="5"'],
    ['"at":1796043389134', '"at":0'],
    [`creationTimestamp: "${now}"`, 'creationTimestamp: "NOW"'],
    ['"2020-11-20T08:00:00Z"', '"2020-11-20T08:00:00Z"'],
    ['"port":30001', '"port":30001'],
  ]) assert.equal(normal(text, server), expected);
});

test('questions are drawn the same each time, and do not depend on other clusters', () => {
  const own = facts(sortedByKind(rows[0].objects));
  const draw = (name) => drawQuestions(own, randomFor(name), 40);
  assert.deepEqual(draw('a'), draw('a'));
  assert.notDeepEqual(draw('a'), draw('b'));
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
});

test('the program tells equal binaries from others, and from what is no binary', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-test-'));
  const binary = (name, says) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\ncat >/dev/null\necho "$0 $*" | sed 's|.*/||'\necho ${says}\nexit 2\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const run = (...args) => spawnSync(process.execPath, [fileURLToPath(new URL('run.mjs', import.meta.url)), ...args, '--only', 'refused'], { encoding: 'utf8' });
  const [one, same, other] = [binary('one', 'a'), binary('same', 'a'), binary('other', 'b')];
  assert.equal(run('--base', one, '--binary', same).status, 0);
  const differs = run('--base', one, '--binary', other);
  assert.deepEqual([differs.status, /^refused {2}text {2}line {2}changed/m.test(differs.stdout)], [1, true]);
  const missing = run('--base', one, '--binary', join(folder, 'none'));
  assert.deepEqual([missing.status, /there is no/.test(missing.stderr)], [2, true]);
  rmSync(folder, { recursive: true });
});
