// The memory of the page's WASM module.

/** Runs in a page before its own scripts: keeps a reference to the module's memory, as soon as it exists, as `window.wasmMemory`. */
export function holdMemory() {
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await own.apply(WebAssembly, args);
      // A lazy part has no memory of its own.
      window.wasmMemory ??= (made.instance ?? made).exports.memory;
      return made;
    };
  }
}
