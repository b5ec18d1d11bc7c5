import {
  findColumn,
  type MetricInterval,
  type NumericColumn,
  readTable,
  splitRandom,
  type Table,
  tableFromRows,
  trainChurnModel,
} from "../../../src/index.js";
import { logLoss, rocAuc } from "../../../src/metrics/index.js";
import { ANCHORS } from "../../support/shared-data.js";
import { timed } from "../result.js";
import type { HonestyJob } from "./cells.js";
import { chanceRows } from "./chance.js";
import { signalRows } from "./signal.js";

/** What training reported, and what its model was worth on new rows. */
export interface Measured {
  readonly reported: { readonly auc: MetricInterval; readonly logLoss: MetricInterval };
  readonly auc: number;
  readonly logLoss: number;
  /** The log loss on the new rows of the training rows' churn rate. */
  readonly constantLogLoss: number;
  readonly tiers: number;
  /** The name of the model that was kept. */
  readonly kept: string;
  /** Whether it gives every row the same probability. */
  readonly isConstant: boolean;
  /** CPU seconds of training. */
  readonly cpu: number;
}

/** Trains with all defaults but those of the job, on one thread, and measures the model on new rows. */
export async function measure(job: HonestyJob): Promise<Measured> {
  const { repeats, replicates } = job;
  const { training, fresh } = await tablesOf(job);
  const options = { label: "churn", tiers: { by: "auto" }, repeats, replicates, threads: 1 } as const;
  const { value: model, cpu } = await timed(() => trainChurnModel(training, options));
  const { metrics } = model.training.evaluation;
  const labels = labelsOf(fresh);
  const probabilities = model.probabilities(fresh);
  const rate = model.training.positives / model.training.rows;
  return {
    reported: { auc: metrics.rocAuc, logLoss: metrics.logLoss },
    auc: rocAuc(labels, probabilities),
    logLoss: logLoss(labels, probabilities),
    constantLogLoss: logLoss(labels, new Float64Array(labels.length).fill(rate)),
    tiers: model.tiers.length,
    kept: model.training.leaderboard.find(({ chosen }) => chosen)?.name ?? "",
    isConstant: probabilities.every((probability) => probability === probabilities[0]),
    cpu,
  };
}

async function tablesOf({ cell, seed, newRows }: HonestyJob): Promise<{ training: Table; fresh: Table }> {
  switch (cell.part) {
    case "chance": {
      const { rows, features, rate } = cell;
      return {
        training: tableFromRows(chanceRows(rows, features, rate, seed)),
        fresh: tableFromRows(chanceRows(newRows, features, rate, seed, "new")),
      };
    }
    case "signal":
      return {
        training: tableFromRows(signalRows(cell.rows, cell.auc, seed)),
        fresh: tableFromRows(signalRows(newRows, cell.auc, seed, "new")),
      };
    case "telco": {
      const table = await readTable(`${ANCHORS}/data/telco.csv`);
      const { train, test } = splitRandom(table, { test: 0.5, stratify: "churn", seed });
      return { training: train, fresh: test };
    }
  }
}

function labelsOf(table: Table): Float64Array {
  return (findColumn(table, "churn") as NumericColumn).values;
}
