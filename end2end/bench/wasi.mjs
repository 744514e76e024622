// Runs a WebAssembly program for WASI: the same benchmark as the native one, in the engine of a browser (V8).
//
//   node wasi.mjs FILE.wasm
//
// It implements only what a program needs that prints and reads the clock: Node.js 20's own `node:wasi` crashes at its end after a
// program with this much memory.
import { randomFillSync } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';

const NOT_SUPPORTED = 58;
const view = () => new DataView(instance.exports.memory.buffer);
const bytes = (at, length) => new Uint8Array(instance.exports.memory.buffer, at, length);

const none = (count, size) => {
  view().setUint32(count, 0, true);
  view().setUint32(size, 0, true);
  return 0;
};

const calls = {
  args_sizes_get: none,
  args_get: () => 0,
  environ_sizes_get: none,
  environ_get: () => 0,
  clock_time_get: (_id, _precision, out) => {
    view().setBigUint64(out, process.hrtime.bigint(), true);
    return 0;
  },
  random_get: (at, length) => {
    randomFillSync(bytes(at, length));
    return 0;
  },
  fd_write: (fd, vectors, count, out) => {
    let written = 0;
    for (let n = 0; n < count; n += 1) {
      const [at, length] = [vectors + 8 * n, vectors + 8 * n + 4].map((place) => view().getUint32(place, true));
      for (let done = 0; done < length; ) done += writeSync(fd, bytes(at + done, length - done));
      written += length;
    }
    view().setUint32(out, written, true);
    return 0;
  },
  proc_exit: (code) => process.exit(code),
};

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {
  wasi_snapshot_preview1: new Proxy(calls, { get: (known, name) => known[name] ?? (() => NOT_SUPPORTED) }),
});
instance.exports._start();
