import { parseDay } from "../../table/calendar.js";
import type { DailyCorrection } from "./daily-types.js";

/** The same change of a figure on one day after the other: a subscription that ended earlier lowers the base of each day since. */
export interface CorrectionRun {
  /** The first day. */
  readonly from: string;
  /** That of the last day, with its figures. */
  readonly last: DailyCorrection;
  /** After less before, to a ten-thousandth; null where one of them is not known. */
  readonly change: number | null;
}

/** Corrections by region, measure and change, days that follow each other as one; the earliest first. */
export function correctionRuns(corrections: readonly DailyCorrection[]): CorrectionRun[] {
  const open = new Map<string, CorrectionRun>();
  const runs: CorrectionRun[] = [];
  for (const correction of [...corrections].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const { day, region, measure, before, after } = correction;
    const change = before === null || after === null ? null : Math.round((after - before) * 1e4) / 1e4;
    const key = JSON.stringify([region, measure, change]);
    const run = open.get(key);
    const follows = run !== undefined && parseDay(day) === Number(parseDay(run.last.day)) + 1;
    const next = { from: follows ? run.from : day, last: correction, change };
    if (follows) runs[runs.indexOf(run)] = next;
    else runs.push(next);
    open.set(key, next);
  }
  return runs;
}
