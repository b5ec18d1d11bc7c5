import { openHistory, snapshots } from "../../../src/index.js";
import { rocAuc } from "../../../src/metrics/index.js";
import {
  type OperatorOptions,
  simulateOperator,
  trueChurnProbabilities,
} from "../../../src/simulator/index.js";
import { firstDayOf } from "../../../src/table/calendar.js";
import { formatDate } from "../../../src/table/dates.js";
import { takeRows } from "../../../src/table/table.js";
import { filledTextsOf, numbersOf } from "../../simulator/columns.js";

/** What true probabilities from some number of futures are worth, against those from the most. */
export interface Precision {
  readonly futures: number;
  /** Root mean square of the difference of the log-odds. */
  readonly error: number;
  /** Of what happened. */
  readonly rocAuc: number;
}

/** How precise the true probabilities of rows at the first of a month are, by the number of futures; the last is the most. */
export async function precisionFigures(
  options: OperatorOptions,
  month: number,
  { rows, futures }: { readonly rows: number; readonly futures: readonly number[] },
): Promise<Precision[]> {
  const { truth: _, ...tables } = await simulateOperator(options);
  const history = await openHistory(tables);
  const all = await snapshots(history, { at: [formatDate(firstDayOf(month))] });
  history.close();
  const every = Math.max(1, Math.floor(all.rowCount / rows));
  const asked = Array.from({ length: Math.floor(all.rowCount / every) }, (_, row) => row * every);
  const table = takeRows(all, asked);
  const questions = {
    subscriberIds: filledTextsOf(table, "subscriber_id"),
    cutoffs: numbersOf(table, "cutoff"),
  };
  const labels = numbersOf(table, "churn");
  const probabilities: Float64Array[] = [];
  for (const each of futures)
    probabilities.push(await trueChurnProbabilities(options, questions, { futures: each }));
  const best = logOddsOf(probabilities[probabilities.length - 1]);
  return futures.map((count, i) => {
    const logOdds = logOddsOf(probabilities[i]);
    const squares = logOdds.reduce((sum, value, row) => sum + (value - best[row]) ** 2, 0);
    return {
      futures: count,
      error: Math.sqrt(squares / logOdds.length),
      rocAuc: rocAuc(labels, probabilities[i]),
    };
  });
}

function logOddsOf(probabilities: Float64Array): Float64Array {
  return probabilities.map((probability) => Math.log(probability / (1 - probability)));
}
