// The clusters of end2end/trials, each with the questions in its folder.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TRIALS = fileURLToPath(new URL('../../trials', import.meta.url));

/** `[{ name, file, asked }]`: `file` is relative to end2end, `asked` are questions `{ from, to, node, flags }`. */
export const clusters = [
  ...folders('').map((name) => cluster(name, 'input.yaml')),
  ...folders('truth').map((name) => cluster(`truth/${name}`, 'objects.yaml')),
  ...readdirSync(join(TRIALS, 'page')).sort().map((file) => ({ name: `page/${file}`, file: `trials/page/${file}`, asked: [] })),
];

/** The names of the folders with a cluster: they begin with a number. */
function folders(below) {
  return readdirSync(join(TRIALS, below)).filter((name) => /^\d/.test(name)).sort();
}

function cluster(name, file) {
  const text = (own) => (existsSync(join(TRIALS, name, own)) ? readFileSync(join(TRIALS, name, own), 'utf8') : '');
  const asked = [...ofReadme(text('README.md')), ...ofAsk(text('ask.txt')), ...ofNames(text('names.txt'))];
  return { name, file: `trials/${name}/${file}`, asked };
}

/** `--from SRC --to DST [--node N]` in the text. */
function ofReadme(text) {
  const found = text.matchAll(/--from ([^\s`]+) --to ([^\s`]+)(?: --node ([^\s`]+))?/g);
  return [...found].map(([, from, to, node]) => ({ from, to, node, flags: [] }));
}

/** `BACKEND SETTINGS FROM TO [NODE]` a line; the settings are `-`, `localhostNodePorts=BOOL`, `bridge=NAME`. */
function ofAsk(text) {
  return text.split('\n').filter(Boolean).map((line) => {
    const [backend, settings, from, to, node] = line.split(' ');
    const flags = settings.split(',').flatMap((setting) => {
      const [name, value] = setting.split('=');
      if (name === 'localhostNodePorts') return [`--localhost-node-ports=${value}`];
      return name === 'bridge' ? ['--detect-local-mode=BridgeInterface', `--detect-local-interface=${value}`] : [];
    });
    return { from, to, node, flags: [`--proxy-mode=${backend}`, ...flags] };
  });
}

/** `NAME TYPE` a line. */
function ofNames(text) {
  const lines = text.split('\n').filter(Boolean).map((line) => line.split(' '));
  return lines.map(([name, type]) => ({ from: 'external:203.0.113.2', to: `dns:${name}?${type}`, flags: [] }));
}
