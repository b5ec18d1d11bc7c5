import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";
import { logOddsOf } from "./causes.js";

const CALLED = 0.03;
const WITHIN = 30;

/**
 * The leavers that calls reach within 30 days, where 3% are called: those with the highest true hazard at the first of the
 * month, and those whose true daily hazard is the highest on any day of it, on the first day on which it is.
 */
export function warningFigures(
  { truth }: OperatorTables,
  months: readonly number[],
): { readonly atStart: number; readonly onTheDay: number; readonly leavers: number } {
  const endedOn = new Map<string, number>();
  const ended = numbersOf(truth.departures, "ended_on");
  filledTextsOf(truth.departures, "subscriber_id").forEach((id, row) => {
    endedOn.set(id, ended[row]);
  });
  const triggersOf = new Map<string, { day: number; until: number; effect: number }[]>();
  const day = numbersOf(truth.triggers, "day");
  const until = numbersOf(truth.triggers, "until");
  const effect = numbersOf(truth.triggers, "effect");
  filledTextsOf(truth.triggers, "subscriber_id").forEach((id, row) => {
    const own = triggersOf.get(id) ?? [];
    triggersOf.set(id, own);
    own.push({ day: day[row], until: until[row], effect: effect[row] });
  });
  const rows = logOddsOf(truth);
  let atStart = 0;
  let onTheDay = 0;
  let leavers = 0;
  for (const month of months) {
    const first = firstDayOf(month);
    const next = firstDayOf(month + 1);
    const calls = rows
      .filter((row) => monthOf(row.day) === month)
      .map(({ id, logOdds }) => {
        const triggers = triggersOf.get(id) ?? [];
        const end = endedOn.get(id) ?? Number.POSITIVE_INFINITY;
        const on = (endDay: number) =>
          triggers.reduce(
            (sum, each) => (each.day < endDay && endDay <= each.until ? sum + each.effect : sum),
            logOdds,
          );
        let highest = Number.NEGATIVE_INFINITY;
        for (let each = first + 1; each < Math.min(next, end + 1); each++)
          highest = Math.max(highest, on(each));
        return { end, on, start: on(first + 1), highest };
      });
    const called = Math.round(CALLED * calls.length);
    leavers += calls.filter(({ end }) => end > first && end <= first + WITHIN).length;
    const byStart = calls.toSorted((a, b) => b.start - a.start).slice(0, called);
    atStart += byStart.filter(({ end }) => end > first && end <= first + WITHIN).length;
    const byDay = calls.toSorted((a, b) => b.highest - a.highest);
    const threshold = byDay[called - 1].highest;
    for (const { end, on } of byDay.slice(0, called)) {
      let callDay = first + 1;
      while (on(callDay) < threshold) callDay++;
      // Known on the day before the first end day that it raises.
      if (end >= callDay && end < callDay + WITHIN) onTheDay++;
    }
  }
  return { atStart, onTheDay, leavers };
}
