/** The two builds of a kernel, in base64. */
export interface KernelBytes {
  /** Imports memory that threads share. */
  readonly shared: string;
  readonly plain: string;
}

const compiled = new WeakMap<KernelBytes, Map<boolean, WebAssembly.Module>>();

/** The compiled kernel; made once, then kept. A module can be handed to a worker. */
export function moduleOf(bytes: KernelBytes, isShared: boolean): WebAssembly.Module {
  const known = compiled.get(bytes) ?? new Map<boolean, WebAssembly.Module>();
  compiled.set(bytes, known);
  let module = known.get(isShared);
  if (module === undefined) {
    const base64 = isShared ? bytes.shared : bytes.plain;
    module = new WebAssembly.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
    known.set(isShared, module);
  }
  return module;
}

/** The functions of a kernel over a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Exports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}
