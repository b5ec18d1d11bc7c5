import { stat } from "node:fs/promises";

/** A text that changes when the file is written or replaced; undefined where there is no file. */
export async function fileIdentity(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeNs, dev, ino } = await stat(path, { bigint: true });
    return `${size} bytes, device ${dev}, inode ${ino}, written at ${mtimeNs} ns`;
  } catch {
    return undefined;
  }
}
