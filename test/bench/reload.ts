import { copyFileSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
// Built, since the worker runs only from the package.
import { type ChurnModel, loadChurnModel } from "../../dist/predict/index.js";
import { randomForest } from "../../src/classifiers/forest/forest.js";
import { trainChurnModel } from "../../src/training/train.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { type Bench, type BenchResult, result } from "./result.js";
import { checkBuilt } from "./scoring/scoring-data.js";

const ROWS = 30_000;
const TREES = 1000;

/** How long a prediction waits while the model's file is replaced by a large one. */
export const reloadBench: Bench = {
  name: "reload",
  about: "the longest pause between predictions while a model of 1,000 trees is read, checked and exchanged",
  isOnRequest: true,
  async run({ rows = ROWS }) {
    checkBuilt();
    const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
    try {
      const classifier = [randomForest({ trees: TREES })];
      const options = { label: "churned", id: "subscriber", classifier, repeats: 1, replicates: 1 } as const;
      const file = join(folder, "forest.json");
      await (await trainChurnModel(subscriberTable(rows), { ...options, folds: 2 })).save(file);
      const again = await replaced(folder, file);
      return [result("reload", "size of the model", statSync(file).size / 1e6, "MB"), ...again];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function replaced(folder: string, file: string): Promise<BenchResult[]> {
  const path = join(folder, "model.json");
  copyFileSync(file, path);
  let onExchange: (model: ChurnModel) => void = () => {};
  const exchanged = new Promise<ChurnModel>((resolve) => {
    onExchange = resolve;
  });
  const model = await loadChurnModel(path, { watch: true, interval: 100, onReload: onExchange });
  const [row] = subscriberRows(1, 5);
  for (let i = 0; i < 5000; i++) model.predictOne(row);
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    model.predictOne(row);
    last = performance.now();
  }, 1);
  copyFileSync(file, `${path}.next`);
  renameSync(`${path}.next`, path);
  const start = performance.now();
  await exchanged;
  const took = performance.now() - start;
  // The first predictions of the new model.
  await new Promise((resolve) => setTimeout(resolve, 200));
  clearInterval(timer);
  model.close();
  return [
    result("reload", "from the replacement to the exchange", took, "ms"),
    result("reload", "longest time from one prediction to the next", longest, "ms", {
      name: "bar",
      value: 50,
    }),
  ];
}
