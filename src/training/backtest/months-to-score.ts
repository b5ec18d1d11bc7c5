import { argumentProblem, HoldfastError } from "../../errors.js";
import { monthOf, monthText } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import type { AskedPeriod } from "./options.js";
import { firstMonthOf, type PlannedTraining, planTrainings } from "./plan.js";
import type { LeftOutMonth } from "./result.js";
import type { SnapshotSource } from "./snapshot-source.js";

/** What is trained and scored, and which months with snapshots are not, and why. */
export interface MonthsToScore {
  /** Each knows something. */
  readonly trainings: readonly PlannedTraining[];
  readonly leftOut: readonly LeftOutMonth[];
}

/** Plans the months that were asked for. @throws HoldfastError where nothing can be scored. */
export function monthsToScore({ cutoffs, unlabelled }: SnapshotSource, asked: AskedPeriod): MonthsToScore {
  const first = firstMonthOf(cutoffs);
  if (first === undefined) throw tooFewCutoffs(cutoffs.map(({ day }) => day));
  const days = [...cutoffs, ...unlabelled].map(({ day }) => day);
  const period = { ...asked, from: asked.from ?? first, to: asked.to ?? monthOf(Math.max(...days)) };
  const planned = planTrainings(cutoffs, period);
  const trainings = planned.filter(({ known }) => known.length > 0);
  if (trainings.length === 0) throw noneToScore(asked, first, monthOf(cutoffs[cutoffs.length - 1].day));
  const tooEarly = planned
    .filter(({ known }) => known.length === 0)
    .flatMap(({ at, scored }) =>
      scored.map((day) => ({ day, reason: `no prediction window had ended by ${formatDate(at)}` })),
    );
  const unknown = unlabelled.filter(({ day }) => monthOf(day) >= period.from && monthOf(day) <= period.to);
  return { trainings, leftOut: eachMonthOnce([...tooEarly, ...unknown]) };
}

function eachMonthOnce(days: readonly { readonly day: number; readonly reason: string }[]): LeftOutMonth[] {
  const reasons = new Map<string, string>();
  for (const { day, reason } of days) {
    const month = monthText(monthOf(day));
    if (!reasons.has(month)) reasons.set(month, reason);
  }
  return Array.from(reasons, ([month, reason]) => ({ month, reason }));
}

function tooFewCutoffs(days: readonly number[]): HoldfastError {
  return new HoldfastError({
    code: "data.empty",
    path: { function: "backtest", argument: "source" },
    expected:
      "must have labelled snapshots whose prediction windows end before those of a later month begin, to train on some and score others",
    received: days.length === 0 ? "no cutoff with labels" : days.map(formatDate),
  });
}

function noneToScore({ from, to }: AskedPeriod, first: number, last: number): HoldfastError {
  const [argument, month] =
    from !== undefined && (to === undefined || from > last) ? ["from", from] : ["to", to];
  const expected = `must leave a month to score: ${monthText(first)} is the first before which a prediction window had ended, ${monthText(last)} the last with labels`;
  const received = month === undefined ? undefined : monthText(Number(month));
  return new HoldfastError(argumentProblem("backtest", String(argument), expected, received));
}
