import { logistic } from "../../math/logistic.js";
import type { Trigger } from "./triggers.js";

/** The logarithm of the mean number of days of a month on which service can end: its first is not one of them. */
export const LOG_DAYS = Math.log(29.44);

/** End days [from, to) with one hazard: the first day without service. */
export interface HazardSpan {
  readonly from: number;
  readonly to: number;
  /** The probability of the decision for one of the days, given that it was not made for an earlier one. */
  readonly hazard: number;
}

/**
 * The end days [from, to) of a month in spans between the beginnings and ends of triggers. The daily hazard has the
 * log-odds of the month less {@link LOG_DAYS}, plus the effects of the triggers that run.
 */
export function hazardSpans(
  logOdds: number,
  from: number,
  to: number,
  triggers: readonly Trigger[],
): readonly HazardSpan[] {
  if (to <= from) return [];
  if (triggers.length === 0) return [{ from, to, hazard: logistic(logOdds - LOG_DAYS) }];
  const cuts = [from, to];
  for (const { day, until } of triggers) {
    if (day + 1 > from && day + 1 < to) cuts.push(day + 1);
    if (until + 1 > from && until + 1 < to) cuts.push(until + 1);
  }
  cuts.sort((a, b) => a - b);
  const spans: HazardSpan[] = [];
  for (let i = 1; i < cuts.length; i++) {
    const start = cuts[i - 1];
    if (cuts[i] === start) continue;
    let sum = logOdds - LOG_DAYS;
    for (const { day, until, effect } of triggers) if (day < start && start <= until) sum += effect;
    spans.push({ from: start, to: cuts[i], hazard: logistic(sum) });
  }
  return spans;
}

/** The probability that no decision is made for any of the end days before a day; default all. */
export function stayingUntil(spans: readonly HazardSpan[], day = Number.POSITIVE_INFINITY): number {
  let sum = 0;
  for (const { from, to, hazard } of spans) {
    if (from >= day) break;
    sum += (Math.min(to, day) - from) * Math.log1p(-hazard);
  }
  return Math.exp(sum);
}

/** The end day that a uniform number decides for by inversion; undefined for a subscriber who stays. */
export function decidedDay(spans: readonly HazardSpan[], uniform: number): number | undefined {
  let staying = 1;
  for (const { from, to, hazard } of spans) {
    const perDay = Math.log1p(-hazard);
    const after = staying * Math.exp((to - from) * perDay);
    if (uniform < 1 - after) {
      const days = Math.floor(Math.log((1 - uniform) / staying) / perDay);
      return Math.min(to - 1, from + Math.max(0, days));
    }
    staying = after;
  }
  return undefined;
}
