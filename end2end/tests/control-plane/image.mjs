// The image of `make image`: the binary that a container of it would run.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary } from '../lib/kubehop.mjs';

/** The archive: KUBEHOP_IMAGE, which `make conformance` sets. */
const archive = process.env.KUBEHOP_IMAGE;

/**
 * The program of the image, unpacked, with the image's configuration; without an image the binary of the other tests, and no
 * configuration. `end` removes the files.
 */
export function unpacked() {
  if (!archive) return { program: binary, end: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'kubehop-image-'));
  // The container runs as another user.
  chmodSync(folder, 0o755);
  execFileSync('tar', ['--extract', '--file', archive, '--directory', folder]);
  const blob = ({ digest }) => join(folder, 'blobs', digest.replace(':', '/'));
  const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const manifest = json(blob(json(join(folder, 'index.json')).manifests[0]));
  const { config } = json(blob(manifest.config));
  for (const layer of manifest.layers) execFileSync('tar', ['--extract', '--gzip', '--file', blob(layer), '--directory', folder]);
  return { program: join(folder, config.Entrypoint[0]), config, end: () => rmSync(folder, { recursive: true, force: true }) };
}
