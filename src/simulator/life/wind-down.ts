import type { Trigger } from "../departure/triggers.js";
import type { ServedDays } from "./served-days.js";

/** Days in which use falls to a third once somebody means to go, and the share that remains. */
const FALLS_IN = 5;
const REMAINS = 0.05;

/**
 * The share of the usual use on a day: while a sign of intent runs, it falls with the days since the first of them, and it
 * returns when the sign has passed.
 */
export function windDownOn(triggers: readonly Trigger[], day: number): number {
  let since = -1;
  for (const { kind, day: began, until } of triggers) {
    const isIntent = kind === "wind_down" || kind === "porting_enquiry";
    if (isIntent && began < day && day <= until) since = Math.max(since, day - began);
  }
  return since < 0 ? 1 : REMAINS + (1 - REMAINS) * Math.exp(-since / FALLS_IN);
}

/** The mean of {@link windDownOn} over the served days of a month. */
export function meanWindDown(triggers: readonly Trigger[], { from, to }: ServedDays): number {
  if (to <= from || !triggers.some(({ kind }) => kind === "wind_down" || kind === "porting_enquiry"))
    return 1;
  let sum = 0;
  for (let day = from; day < to; day++) sum += windDownOn(triggers, day);
  return sum / (to - from);
}
