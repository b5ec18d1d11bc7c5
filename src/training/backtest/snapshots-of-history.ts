import { invalidArgument } from "../../errors.js";
import { whileOpen } from "../../history/check-history.js";
import { disconnected } from "../../history/churn/disconnected.js";
import { coveredFromOf } from "../../history/followed-until.js";
import type { History } from "../../history/history.js";
import { type SnapshotOptions, snapshotPlan } from "../../history/snapshot-options.js";
import { followedDay, makeSnapshots } from "../../history/snapshots.js";
import { shiftDay } from "../../history/windows/span.js";
import { windowsOf } from "../../history/windows/windows.js";
import type { LongWork } from "../../progress.js";
import { firstDayOf, monthOf } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import {
  createTable,
  findColumn,
  type NumericColumn,
  type Table,
  type TextColumn,
} from "../../table/table.js";
import type { AskedPeriod, BacktestOptions } from "./options.js";
import { partOfWork } from "./part-of-work.js";
import { rowsAlone } from "./rows-alone.js";
import { cutoffsOf, rowsOnDays, type SnapshotSource } from "./snapshot-source.js";

/**
 * Snapshots of a history. Features are made once. Labels are made again for every training, of the facts that were known then: a
 * month of usage that was billed late may turn a churner of that time into a subscriber who stayed.
 */
export async function snapshotsOfHistory(
  history: History,
  options: BacktestOptions,
  period: AskedPeriod,
): Promise<SnapshotSource> {
  const { observe = 6, gap, horizon, features, followedUntil } = options;
  const churn = (options.churn ?? disconnected()) as NonNullable<SnapshotOptions["churn"]>;
  if (churn === false) {
    invalidArgument("backtest", "churn", "must be a definition of churn: a backtest needs labels", churn);
  }
  const common = { observe, gap, horizon, features, churn, followedUntil };
  // Checks the options before anything is read.
  snapshotPlan("backtest", history.schema, { ...common, at: options.at ?? "2000-01" });
  const followed = await whileOpen("backtest", history, () =>
    followedDay("backtest", history, churn, followedUntil),
  );
  const at =
    options.at ??
    (await whileOpen("backtest", history, () => coveredMonths(history, observe, followed, period.to)));
  const windows = at.length === 0 ? [] : windowsOf("backtest", { ...common, at });
  const isFollowed = ({ labelTo }: (typeof windows)[number]) => labelTo <= followed;

  const make = (cutoffs: readonly number[], more: Partial<SnapshotOptions>, work: LongWork, day?: number) => {
    const wanted = { ...common, ...more, at: cutoffs.map(formatDate) };
    const { onProgress, signal } = work;
    return whileOpen("backtest", history, () =>
      makeSnapshots("backtest", history, { ...wanted, onProgress, signal }, day),
    );
  };
  const labelsAt = (cutoffs: readonly number[], work: LongWork, knownBefore?: number) =>
    make(cutoffs, { features: [] }, work, knownBefore);
  return {
    cutoffs: windows.filter(isFollowed).map(({ cutoff, labelTo }) => ({ day: cutoff, labelTo })),
    unlabelled: windows
      .filter((each) => !isFollowed(each))
      .map(({ cutoff }) => ({
        day: cutoff,
        reason: `the history ends at ${formatDate(followed)}, before the prediction window does`,
      })),
    read: async (trainings, work) => {
      const vectors = await make(cutoffsOf(trainings, "all"), { churn: false }, work);
      const scored = cutoffsOf(trainings, "scored");
      const outcomes = withLabels(vectors, await labelsAt(scored, partOfWork(work, "outcomes")));
      const days = numbersOf(outcomes, "cutoff");
      return {
        outcomes,
        labels: Uint8Array.from(numbersOf(outcomes, "churn")),
        rowsAt: (cutoffs) => rowsOnDays(days, cutoffs),
        knownBefore: async (day, cutoffs, workOfTraining) =>
          withLabels(vectors, await labelsAt(cutoffs, workOfTraining, day)),
      };
    },
  };
}

/** The first days of all months that have the observation window behind them, to the end of the history or the last asked for. */
async function coveredMonths(
  history: History,
  observe: NonNullable<BacktestOptions["observe"]>,
  followed: number,
  to: number | undefined,
): Promise<string[]> {
  const begin = firstDayOf(monthOf(await coveredFromOf(history)));
  const last = Math.max(to ?? Number.NEGATIVE_INFINITY, monthOf(followed - 1));
  const days: string[] = [];
  for (let month = last; shiftDay(firstDayOf(month), observe, -1) >= begin; month--) {
    days.unshift(formatDate(firstDayOf(month)));
  }
  return days;
}

/**
 * The rows that have a label, with it as the last column.
 * @param labels rows of some of the same subscribers and cutoffs, in the same order.
 */
function withLabels(vectors: Table, labels: Table): Table {
  const rows = new Int32Array(labels.rowCount);
  const [ids, labelledIds] = [textsOf(vectors), textsOf(labels)];
  const [days, labelledDays] = [numbersOf(vectors, "cutoff"), numbersOf(labels, "cutoff")];
  let row = 0;
  for (let labelled = 0; labelled < rows.length; labelled++) {
    while (days[row] !== labelledDays[labelled] || ids[row] !== labelledIds[labelled]) {
      if (++row >= vectors.rowCount) throw new Error("a label has no snapshot");
    }
    rows[labelled] = row;
  }
  const churn = findColumn(labels, "churn") as NumericColumn;
  return createTable([...rowsAlone(vectors, rows).columns, churn]);
}

function textsOf(table: Table): TextColumn["values"] {
  return (findColumn(table, "subscriber_id") as TextColumn).values;
}

function numbersOf(table: Table, name: string): Float64Array {
  return (findColumn(table, name) as NumericColumn).values;
}
