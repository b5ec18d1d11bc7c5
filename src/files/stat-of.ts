import { type Stats, statSync } from "node:fs";

/**
 * What a path leads to, undefined where that is nothing, as for a link to itself. In this thread: asking another one costs several
 * times as much.
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
