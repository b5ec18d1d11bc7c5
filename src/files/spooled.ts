import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { aborted } from "../progress.js";
import { temporaryFolder } from "./make-folder.js";
import { unwritableIfSystem } from "./write-faults.js";

/** Bytes of a stream that were put aside in a temporary file. */
export interface Spooled {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Puts the bytes of a stream aside, for a reader that can't read it from the beginning to the end; only this user can read
 * them. @throws HoldfastError with code `aborted` when the signal was aborted, `data.unreadable` when the stream fails.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Spooled> {
  const folder = await temporaryFolder("holdfast-stream-");
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "bytes");
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }), signal === undefined ? {} : { signal });
  } catch (error) {
    await remove();
    if (signal?.aborted) throw aborted();
    // Reading the stream may fail too.
    throw (error as NodeJS.ErrnoException).syscall === "read" ? error : unwritableIfSystem(path, error);
  }
  return { path, remove };
}
