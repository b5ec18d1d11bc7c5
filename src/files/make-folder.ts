import { mkdir } from "node:fs/promises";
import { writingTo } from "./write-faults.js";

/** Makes a folder and those above it, where they do not exist yet. @throws HoldfastError `data.unwritable` */
export async function makeFolder(path: string): Promise<void> {
  await writingTo(path)(() => mkdir(path, { recursive: true }));
}
