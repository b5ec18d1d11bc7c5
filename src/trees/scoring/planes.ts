type Planes = typeof import("./plane-scorer.js") & typeof import("./single-row.js");

let loaded: Planes | undefined;

/**
 * Loads the code that scores in WebAssembly, many rows at a time or one: awaited where a model is trained or read from a file, so that
 * importing holdfast does not wait for it. Until then rows are scored one by one in JavaScript, to the same bits.
 */
export async function loadPlanes(): Promise<Planes> {
  loaded ??= { ...(await import("./plane-scorer.js")), ...(await import("./single-row.js")) };
  return loaded;
}

/** The code, once it is loaded. */
export function loadedPlanes(): Planes | undefined {
  return loaded;
}
