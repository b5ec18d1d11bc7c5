import { addMonths, firstDayOf, monthOf } from "../../table/calendar.js";

/** A cutoff of snapshots with labels, in days since 1970-01-01. */
export interface LabelledCutoff {
  readonly day: number;
  /** The end of its prediction window: from this day on its labels are known. */
  readonly labelTo: number;
}

/** The months that a backtest scores, counted from January 1970 = 0, and how it trains. */
export interface BacktestPeriod {
  readonly from: number;
  /** Included. */
  readonly to: number;
  /** Months. */
  readonly retrainEvery: number;
  /** Months of cutoffs; undefined: all. */
  readonly window: number | undefined;
}

/** One training: what was known on its day, and what its model scores. */
export interface PlannedTraining {
  /** The first day of the first month that its model scores. */
  readonly at: number;
  /** Cutoffs whose prediction windows had ended by then, of the last months that count; none where it is too early. */
  readonly known: readonly number[];
  /** Cutoffs from then on until the next training. */
  readonly scored: readonly number[];
}

/** The trainings of a backtest in order of time, without those whose models would have nothing to score. */
export function planTrainings(
  cutoffs: readonly LabelledCutoff[],
  { from, to, retrainEvery, window }: BacktestPeriod,
): PlannedTraining[] {
  const trainings: PlannedTraining[] = [];
  for (let month = from; month <= to; month += retrainEvery) {
    const at = firstDayOf(month);
    const next = firstDayOf(Math.min(month + retrainEvery, to + 1));
    const scored = cutoffs.map(({ day }) => day).filter((day) => day >= at && day < next);
    if (scored.length > 0) trainings.push({ at, known: knownAt(at, cutoffs, window), scored });
  }
  return trainings;
}

/** The first month that has something to score when something is known; undefined where there is none. */
export function firstMonthOf(cutoffs: readonly LabelledCutoff[]): number | undefined {
  return cutoffs
    .map(({ day }) => monthOf(day))
    .find((month) => knownAt(firstDayOf(month), cutoffs, undefined).length > 0);
}

function knownAt(at: number, cutoffs: readonly LabelledCutoff[], window: number | undefined): number[] {
  const ended = cutoffs.filter(({ labelTo }) => labelTo <= at).map(({ day }) => day);
  const latest = Math.max(...ended);
  return window === undefined ? ended : ended.filter((day) => addMonths(day, window) > latest);
}
