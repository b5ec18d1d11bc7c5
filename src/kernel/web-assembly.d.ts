/**
 * The part of the WebAssembly interface that holdfast uses; a library does not load the DOM types, which hold the rest.
 */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
    grow(pages: number): number;
  }
  type Exports = Readonly<Record<string, (...args: number[]) => number | undefined>>;
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } });
    readonly exports: Exports;
  }
}
