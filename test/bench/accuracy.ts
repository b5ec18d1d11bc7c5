import { readFile } from "node:fs/promises";
import { mean } from "simple-statistics";
import { readTable } from "../../src/formats/read-table.js";
import { trainChurnModel } from "../../src/index.js";
import { empc } from "../../src/metrics/decision/empc.js";
import { calibrationSlope } from "../../src/metrics/probability/calibration-line.js";
import { expectedCalibrationError } from "../../src/metrics/probability/expected-calibration-error.js";
import { logLoss } from "../../src/metrics/probability/log-loss.js";
import { liftAt } from "../../src/metrics/ranking/lift.js";
import { rocAuc } from "../../src/metrics/ranking/roc-auc.js";
import { createRandom } from "../../src/random.js";
import { findColumn, type NumericColumn, takeRows } from "../../src/table/table.js";
import { ANCHORS, isThere } from "../support/shared-data.js";
import { type Bench, type BenchResult, result, timed } from "./result.js";

/** The best peer on the reference folds: a tuned, greedily weighted ensemble of nine Python models, calibrated. */
const PEER = "ens_cal";

type PeerFigures = Readonly<Record<"auc" | "logloss" | "ece" | "lift10" | "empc", number>>;

/** How often labels are drawn from the probabilities, to measure the error of correct probabilities. */
const DRAWS = 200;

/** Trains with all defaults on four reference folds, measures on the fifth; means over the five. */
function accuracyBench(data: string, file: string): Bench {
  const name = `accuracy-${data}`;
  return {
    name,
    about: `${data}: mean over the five reference folds, all defaults, against the best known ensemble`,
    async run(): Promise<BenchResult[]> {
      if (!isThere(ANCHORS, name)) return [];
      const table = await readTable(`${ANCHORS}/data/${file}`);
      const labels = (findColumn(table, "churn") as NumericColumn).values;
      const foldOf = await foldColumn(`${ANCHORS}/folds/${data}.csv`);
      const peers = JSON.parse(await readFile(`${ANCHORS}/peers.json`, "utf8")) as Record<
        string,
        Record<string, PeerFigures>
      >;
      const peer = peers[data][PEER];
      const folds: Record<keyof PeerFigures | "slope" | "rightEce" | "cpu", number>[] = [];
      for (let fold = 0; fold < 5; fold++) {
        const training = rowsWhere(foldOf, (of) => of !== fold);
        const held = rowsWhere(foldOf, (of) => of === fold);
        const { value: model, cpu } = await timed(() =>
          trainChurnModel(takeRows(table, training), { label: "churn" }),
        );
        const probabilities = model.probabilities(takeRows(table, held));
        const truth = held.map((row) => labels[row]);
        folds.push({
          auc: rocAuc(truth, probabilities),
          logloss: logLoss(truth, probabilities),
          ece: expectedCalibrationError(truth, probabilities),
          lift10: liftAt(truth, probabilities, 0.1),
          empc: empc(truth, probabilities).value,
          slope: calibrationSlope(truth, probabilities),
          rightEce: errorOfRightProbabilities(probabilities),
          cpu,
        });
        process.stderr.write(`${name}: fold ${fold + 1} of 5, AUC ${folds[fold].auc.toFixed(4)}\n`);
      }
      const meanOf = (key: keyof (typeof folds)[number]) => mean(folds.map((each) => each[key]));
      const against = (key: keyof PeerFigures) => ({ name: PEER, value: peer[key] });
      return [
        result(name, "ROC AUC", meanOf("auc"), "", against("auc")),
        result(name, "log loss", meanOf("logloss"), "", against("logloss")),
        result(name, "ECE, 15 equal-mass bins", meanOf("ece"), "", against("ece")),
        result(name, "ECE if the probabilities were correct", meanOf("rightEce"), ""),
        result(name, "calibration slope", meanOf("slope"), ""),
        result(name, "EMPC", meanOf("empc"), "", against("empc")),
        result(name, "lift of the top tenth", meanOf("lift10"), "", against("lift10")),
        result(name, "training, CPU", meanOf("cpu"), "s"),
      ];
    },
  };
}

export const accuracyBenches: readonly Bench[] = [
  accuracyBench("telco", "telco.csv"),
  accuracyBench("bigml", "bigml.csv"),
  accuracyBench("cell2cell", "cell2cell.csv.gz"),
];

/** The mean error that labels drawn from the probabilities themselves give them. */
function errorOfRightProbabilities(probabilities: Float64Array): number {
  let total = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const random = createRandom(1, "labels", draw);
    const labels = Uint8Array.from(probabilities, (probability) => (random.next() < probability ? 1 : 0));
    total += expectedCalibrationError(labels, probabilities);
  }
  return total / DRAWS;
}

async function foldColumn(path: string): Promise<Float64Array> {
  return (findColumn(await readTable(path), "fold_r0") as NumericColumn).values;
}

function rowsWhere(foldOf: Float64Array, wanted: (fold: number) => boolean): number[] {
  return [...foldOf.keys()].filter((row) => wanted(foldOf[row]));
}
