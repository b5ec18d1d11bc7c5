import {
  findColumn,
  type NumericColumn,
  readTable,
  type Table,
  trainChurnModel,
} from "../../../src/index.js";
import { logLoss, rocAuc } from "../../../src/metrics/index.js";
import { takeRows } from "../../../src/table/table.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import { timed } from "../result.js";
import type { Job } from "../support/journal.js";
import { CONTESTANTS } from "./contestants.js";

/** Folds of the outer cross-validation. */
export const OUTER_FOLDS = 5;

/** One training on four outer folds, to be measured on the fifth. */
export interface BedJob extends Job {
  /** The CSV file of the data set. */
  readonly file: string;
  readonly contestant: string;
  readonly seed: number;
  readonly fold: number;
  readonly repeats: number;
}

/** What the model was worth on the outer fold. */
export interface BedAnswer {
  readonly logLoss: number;
  readonly auc: number;
  /** CPU seconds of training. */
  readonly cpu: number;
  /** The name of the model that was kept. */
  readonly kept: string;
}

const tables = new Map<string, Promise<Table>>();

/** Trains one contestant, on one thread, and measures it on the outer fold. */
export async function measureFold({ file, contestant, seed, fold, repeats }: BedJob): Promise<BedAnswer> {
  const table = await tableOf(file);
  const { values: labels } = findColumn(table, "label") as NumericColumn;
  const folds = stratifiedFolds(Uint8Array.from(labels), OUTER_FOLDS, seed);
  const rows = [...labels.keys()];
  const held = rows.filter((row) => folds.of[row] === fold);
  const training = takeRows(
    table,
    rows.filter((row) => folds.of[row] !== fold),
  );
  const given = CONTESTANTS.find(({ name }) => name === contestant)?.options(table.columns.length - 1);
  // Intervals are not read, and a bootstrap of the same length would hide differences in time.
  const options = { label: "label", repeats, replicates: 1, threads: 1, ...given };
  const { value: model, cpu } = await timed(() => trainChurnModel(training, options));
  const probabilities = model.probabilities(takeRows(table, held));
  const truth = held.map((row) => labels[row]);
  return {
    logLoss: logLoss(truth, probabilities),
    auc: rocAuc(truth, probabilities),
    cpu,
    kept: model.training.leaderboard.find(({ chosen }) => chosen)?.name ?? "",
  };
}

function tableOf(file: string): Promise<Table> {
  const read = tables.get(file) ?? readTable(file);
  tables.set(file, read);
  return read;
}
