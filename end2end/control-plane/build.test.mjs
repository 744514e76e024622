// Tests of the build with its smallest tool. Run: node --test end2end/control-plane/build.test.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const file = fileURLToPath(new URL('./build.mjs', import.meta.url));
const cache = mkdtempSync(join(tmpdir(), 'kubehop-tools-'));
after(() => rmSync(cache, { recursive: true, force: true }));

function build(env, names = ['certs']) {
  return promisify(execFile)(process.execPath, [file, ...names], { env: { ...process.env, KUBEHOP_TOOLS_CACHE: cache, ...env } });
}

test('two processes at once build a tool once, and both get its path', async () => {
  const both = await Promise.all([build(), build()]);
  assert.equal(both[0].stdout, both[1].stdout);
  assert.ok(both[0].stdout.startsWith(cache));
  assert.equal(both.filter(({ stderr }) => stderr.includes('built certs')).length, 1);
  assert.equal((await build()).stderr, '');
});

test('without Go the error says what to install', async () => {
  await assert.rejects(build({ PATH: '/nowhere', KUBEHOP_TOOLS_CACHE: join(cache, 'empty') }), /install Go 1\.\d+/);
});

test('an unknown name is refused', async () => {
  await assert.rejects(build({}, ['kubelet']), /no tool is called kubelet/);
});
