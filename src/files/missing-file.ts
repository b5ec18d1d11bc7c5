import { readdir } from "node:fs/promises";
import { basename, dirname, isAbsolute } from "node:path";
import { didYouMean } from "../nearest-name.js";

/** A hint for a file that does not exist: the nearest name in its folder, else where it was looked for. */
export async function missingFileHint(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => undefined);
  const nearest = names && didYouMean(basename(path), names);
  if (nearest !== undefined) return nearest;
  if (isAbsolute(path)) return names === undefined ? `there is no folder ${folder}` : undefined;
  return `looked for in ${process.cwd()}`;
}
