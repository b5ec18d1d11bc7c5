import { endianness } from "node:os";

/** Weights as base64 of 32-bit floats, low byte first on every machine. */
export function weightsToText(weights: Float32Array): string {
  const bytes = Buffer.from(weights.slice().buffer);
  return inFileOrder(bytes).toString("base64");
}

/** Undefined where the text does not hold whole floats. */
export function weightsFromText(text: string): Float32Array | undefined {
  const decoded = Buffer.from(text, "base64");
  if (decoded.length % 4 !== 0) return undefined;
  const bytes = inFileOrder(decoded);
  // Buffers are cut from a pool and need not begin where a float may.
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function inFileOrder(bytes: Buffer): Buffer {
  return endianness() === "LE" ? bytes : bytes.swap32();
}
