import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monthly, openHistory, snapshots, splitByTime, trainChurnModel } from "../../src/index.js";
import { rocAuc } from "../../src/metrics/index.js";
import { trueChurnProbabilities, writeOperator } from "../../src/simulator/index.js";
import { takeRows } from "../../src/table/table.js";
import { filledTextsOf, numbersOf } from "../simulator/columns.js";
import { type Bench, result, timed } from "./result.js";

const SUBSCRIBERS = 100_000;
const MONTHS = 24;
/** From a seed on which nothing was tuned. */
const SEED = 20261125;
/** All months that can be looked back on for six, and whose outcome was known at the test. */
const TRAIN = monthly("2025-02", "2025-12");
/** The newest month whose outcome the history tells. */
const TEST = "2026-04";
/** Subscribers whose true probability is computed at most, and from how many futures; a hundred would make the truth look worse. */
const TRUTHS = 10_000;
const FUTURES = 400;

/** How near the default model comes to the best that any could be: the true hazards, hidden state included. */
export const operatorBench: Bench = {
  name: "operator",
  about: "the default model against the true hazards of 100,000 simulated subscribers",
  isOnRequest: true,
  async run({ rows = SUBSCRIBERS }) {
    const operator = { subscribers: rows, months: MONTHS, seed: SEED };
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
    try {
      await writeOperator(folder, { ...operator, truth: false });
      const history = await openHistory(folder);
      const table = await snapshots(history, { at: [...TRAIN, TEST] });
      history.close();
      const { train, test: all } = splitByTime(table, { column: "cutoff", testFrom: TEST, embargo: 4 });
      const options = { label: "churn", id: "subscriber_id", exclude: ["cutoff"] };
      const every = Math.ceil(all.rowCount / TRUTHS);
      const asked = Array.from({ length: Math.ceil(all.rowCount / every) }, (_, i) => i * every);
      const test = takeRows(all, asked);
      const { value: model, cpu } = await timed(() => trainChurnModel(train, options));
      const scores = Float64Array.from(model.predict(test), ({ probability }) => probability);
      const questions = {
        subscriberIds: filledTextsOf(test, "subscriber_id"),
        cutoffs: numbersOf(test, "cutoff"),
      };
      const truth = await trueChurnProbabilities(operator, questions, { futures: FUTURES });
      const labels = numbersOf(test, "churn");
      const best = { name: "true hazards", value: rocAuc(labels, truth) };
      return [
        result("operator", "test subscribers", test.rowCount, "rows"),
        result("operator", "training, CPU", cpu, "s"),
        result("operator", "ROC AUC", rocAuc(labels, scores), "", best),
        result("operator", "ROC AUC, short of the true hazards", best.value - rocAuc(labels, scores), ""),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
