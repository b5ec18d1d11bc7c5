import { namedErrors } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { checkHistory } from "../../history/check-history.js";
import type { History } from "../../history/history.js";
import { printAsText } from "../../printing/print-as-text.js";
import { checkTable } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { placeInOptions } from "../train-options.js";
import { PRINTED_BACKTEST } from "./backtest-lines.js";
import { monthsToScore } from "./months-to-score.js";
import { type AskedPeriod, askedPeriod, type BacktestColumns, type BacktestOptions } from "./options.js";
import type { Backtest } from "./result.js";
import { runTrainings } from "./run-trainings.js";
import { sentenceOf } from "./sentence.js";
import { snapshotsOfHistory } from "./snapshots-of-history.js";
import { snapshotsOfTable } from "./snapshots-of-table.js";

/**
 * How training would have done over time: trains at the beginning of each month on what was known then, scores the months until
 * the next training, and compares with what happened and with what the training had reported of itself.
 *
 * A training on day *t* uses the snapshots whose prediction windows had ended by *t*: the embargo is gap plus horizon. Of a
 * history it also takes the labels as they were known on *t*: facts that became known later (`known_at`) do not count. The
 * model of a training is that of `trainChurnModel` on these rows with the same options and seed, to the last bit; the cutoff is
 * never a feature.
 * @param source an open history, of which it makes the snapshots; or a table of snapshots, whose `gap` and `horizon` must be
 * given.
 * @param options which months (`from`, `to`, `retrainEvery`, `window`), those of `trainChurnModel`, and for a history those of
 * `snapshots`.
 * @example
 * const history = await openHistory("datasets/simulated");
 * const result = await backtest(history, { from: "2025-07", classifier: "logistic", tiers: "call=10%,rest" });
 * console.log(result.sentence); // "4 months scored by models that were trained on what was known before: ROC AUC …"
 * @throws HoldfastError as `trainChurnModel` and `snapshots`; where no month can be scored: `argument.invalid` if none has
 * snapshots or nothing was known, `data.label` if what was known was never enough to train on.
 */
export async function backtest(source: History | Table, options: BacktestOptions = {}): Promise<Backtest> {
  const period = askedPeriod(options);
  const { cutoff = "cutoff", label = "churn", id = "subscriber_id" } = options;
  const columns = { cutoff, label, id };
  return namedErrors(
    "backtest",
    () => run(source, options, period, columns),
    placeInOptions({ ...options, label, id }),
  );
}

async function run(
  given: History | Table,
  options: BacktestOptions,
  asked: AskedPeriod,
  columns: BacktestColumns,
): Promise<Backtest> {
  const source = isHistory(given)
    ? await snapshotsOfHistory(given, options, asked)
    : snapshotsOfTable(given, options, columns);
  const { trainings: planned, leftOut } = monthsToScore(source, asked);
  const { gap = 1, horizon = 3, onProgress, signal } = options;
  const snapshots = await source.read(planned, { onProgress, signal });
  const { label, trainings, months, overall, untrained } = await runTrainings(
    planned,
    snapshots,
    options,
    columns,
  );
  const result = {
    from: months[0].month,
    to: months[months.length - 1].month,
    retrainEvery: asked.retrainEvery,
    window: asked.window ?? null,
    gap,
    horizon,
    label,
    trainings,
    months,
    overall,
    leftOut: [...leftOut, ...untrained].sort((a, b) => (a.month < b.month ? -1 : 1)),
  };
  return printAsText({ ...result, sentence: sentenceOf(result) }, PRINTED_BACKTEST);
}

function isHistory(source: unknown): source is History {
  if (typeof source === "string") {
    const expected = "must be an open History, or a Table of snapshots";
    const hint = "open a folder with await openHistory(path), read a file with await readTable(path)";
    invalidArgument("backtest", "source", expected, source, hint);
  }
  if (typeof source === "object" && source !== null && "schema" in source) {
    checkHistory("backtest", source);
    return true;
  }
  checkTable("backtest", "source", source);
  return false;
}
