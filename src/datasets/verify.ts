import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { HoldfastError } from "../errors.js";
import type { DatasetFile } from "./dataset.js";

/** SHA-256 of a file's bytes, in hexadecimal digits. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** The error about a file that has another hash than the catalogue says. @param file what it names: a path or an address. */
export function mismatch(
  functionName: string,
  { sha256 }: DatasetFile,
  file: string,
  received: string,
  hint: string,
): HoldfastError {
  return new HoldfastError({
    code: "data.hash",
    path: { function: functionName, file },
    expected: `must have the SHA-256 ${sha256}`,
    received,
    hint,
  });
}
