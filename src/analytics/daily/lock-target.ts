import { basename, dirname, join } from "node:path";
import { lockFile } from "../../files/lock-file.js";

/**
 * Locks a file against other jobs that write it, by a file beside it.
 * @returns a function that unlocks it
 * @throws HoldfastError as `lockFile`
 */
export function lockTarget(target: string): Promise<() => Promise<void>> {
  return lockFile(join(dirname(target), `.${basename(target)}.lock`), target);
}
