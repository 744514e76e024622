// Runs a WebAssembly program for WASI: the same benchmark as native, in the engine of a browser (V8).
//
//   node wasi.mjs FILE.wasm
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

const wasi = new WASI({ version: 'preview1', args: process.argv.slice(2) });
const module = await WebAssembly.compile(readFileSync(process.argv[2]));
// At once: Node.js 20 may crash while it takes down an instance with a large memory.
process.exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())));
