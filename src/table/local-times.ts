import type { CellGrammar } from "./grammar/cell-grammar.js";
import { localTimeIn } from "./grammar/time-zone.js";

/** The function from times without a zone to UTC, both in days; undefined where they are UTC already. */
export function utcOf({ format }: Pick<CellGrammar, "format">): ((days: number) => number) | undefined {
  const zone = format?.timeZone;
  if (zone === undefined) return undefined;
  const toUtc = localTimeIn(zone);
  return (days) => (Number.isFinite(days) ? toUtc(days) : days);
}
