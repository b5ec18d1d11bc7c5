import { quoteLiteral } from "../../database/duckdb/session.js";
import { optionText, type Problems } from "../../errors.js";
import type { CellFormat } from "../../table/grammar/cell-format.js";
import { localTimeIn, utcIn } from "../../table/grammar/dates/time-zone.js";
import { OPENED_BY } from "./fact-source.js";

/** How times become days: those with an offset, and those without. */
export interface TimeRules {
  /** The zone whose days count; undefined: UTC. */
  readonly zone: string | undefined;
  /** The zone of times without an offset; undefined: that of the days. */
  readonly unzoned: string | undefined;
}

/**
 * The zone of the operator: the one that is given for the history, else the one that all sources have that name one.
 * Different ones are a problem, because then no zone is that of the days.
 */
export function operatorZone(
  given: string | undefined,
  formats: readonly (readonly [place: string, format: CellFormat])[],
  problems: Problems,
): string | undefined {
  if (given !== undefined) return given;
  const zones = formats.flatMap(([place, { timeZone }]): [string, string][] =>
    timeZone === undefined ? [] : [[place, timeZone]],
  );
  const distinct = [...new Set(zones.map(([, zone]) => zone))];
  if (distinct.length > 1) {
    problems.add({
      code: "argument.missing",
      path: { function: OPENED_BY, argument: "timeZone" },
      expected: "must be given where sources have different time zones: days are those of one zone",
      received: zones.map(([place, zone]) => `${place}: ${zone}`),
      hint: `name the operator's: ${optionText("timeZone", distinct[0])}`,
    });
  }
  return distinct[0];
}

/** Makes the function from a time to the time that the operator's clocks show, both in days. */
export function operatorTime({ zone, unzoned }: TimeRules): (days: number, hasZone: boolean) => number {
  const toZone = zone === undefined ? undefined : utcIn(zone);
  const fromUnzoned = unzoned === undefined || unzoned === zone ? undefined : localTimeIn(unzoned);
  return (days, hasZone) => {
    if (hasZone) return toZone === undefined ? days : toZone(days);
    if (fromUnzoned === undefined) return days;
    return toZone === undefined ? fromUnzoned(days) : toZone(fromUnzoned(days));
  };
}

/** SQL for the operator's time of a timestamp, as a TIMESTAMP. */
export function operatorTimestamp(column: string, hasZone: boolean, { zone, unzoned }: TimeRules): string {
  const inZone = (instant: string) =>
    zone === undefined
      ? `make_timestamp(epoch_us(${instant}))`
      : `timezone(${quoteLiteral(zone)}, ${instant})`;
  if (hasZone) return inZone(column);
  if (unzoned === undefined || unzoned === zone) return `${column}::TIMESTAMP`;
  return inZone(`timezone(${quoteLiteral(unzoned)}, ${column}::TIMESTAMP)`);
}
