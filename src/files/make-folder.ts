import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writingTo } from "./write-faults.js";

/** Makes a folder and those above it, where they do not exist yet. @throws HoldfastError `data.unwritable` */
export async function makeFolder(path: string): Promise<void> {
  await writingTo(path)(() => mkdir(path, { recursive: true }));
}

/** Makes a folder in that of the system for temporary files. @throws HoldfastError `data.unwritable` */
export async function temporaryFolder(prefix: string): Promise<string> {
  return writingTo(tmpdir())(() => mkdtemp(join(tmpdir(), prefix)));
}
