import { stat } from "node:fs/promises";

/** What changes when a file is written or replaced; undefined where there is none. */
export async function fileIdentity(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeNs, dev, ino } = await stat(path, { bigint: true });
    return `${size} bytes, device ${dev}, inode ${ino}, written at ${mtimeNs} ns`;
  } catch {
    return undefined;
  }
}
