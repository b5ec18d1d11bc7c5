import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import { quoteLiteral, withDuckDB } from "../../../src/database/duckdb/session.js";
import { readTable } from "../../../src/formats/read-table.js";
import { ChurnModel } from "../../../src/predict/churn-model.js";
import { findColumn } from "../../../src/table/table.js";
import { trainChurnModel } from "../../../src/training/train.js";

/** The built package: workers are threads of built files. */
export const BUILT = new URL("../../../dist/index.js", import.meta.url);

/** @throws Error that says what to do. */
export function checkBuilt(): void {
  if (!existsSync(fileURLToPath(BUILT))) throw new Error("this bench runs the built package: npm run build");
}

const FEATURES = 39;
const TREES = 100;
const LEAVES = 31;
const TRAINING_ROWS = 20_000;

/** Writes rows of an id, 39 numbers of different precision, and (not for scoring) whether they churned. */
export async function writeScoringRows(path: string, rows: number, withLabel = false): Promise<void> {
  const numbers = Array.from(
    { length: FEATURES },
    (_, f) =>
      `round((hash(i * ${FEATURES} + ${f}) % 1000003)::DOUBLE / ${f % 3 === 0 ? 997 : 31}, ${f % 4}) AS f${f}`,
  );
  // What depends on four of them, with chance on top.
  const logit = "f0 / 300 - f1 / 10000 + (CASE WHEN f2 > 20000 THEN 1 ELSE 0 END) - f3 / 900 - 0.5";
  const label = `CASE WHEN chance < 1 / (1 + exp(-(${logit}))) THEN 'yes' ELSE 'no' END AS churned`;
  const chance = "(hash(i * 7919 + 13) % 1000003)::DOUBLE / 1000003 AS chance";
  const source = `(SELECT 'S' || i AS id, ${numbers.join(", ")}, ${chance} FROM range(${rows}) AS rows(i))`;
  const select = `SELECT * EXCLUDE chance${withLabel ? `, ${label}` : ""} FROM ${source}`;
  const format = path.endsWith(".csv") ? "csv" : "parquet";
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (${select}) TO ${quoteLiteral(path)} (FORMAT ${format})`);
  });
}

/** A model of one hundred trees of 31 leaves, trained on such rows. @param folder for what is in between */
export async function hundredTrees(folder: string): Promise<ChurnModel> {
  const path = `${folder}/training.parquet`;
  await writeScoringRows(path, TRAINING_ROWS, true);
  const table = await readTable(path, { columns: { id: "text" } });
  const model = await trainChurnModel(table, {
    label: "churned",
    id: "id",
    classifier: "logistic",
    repeats: 1,
    replicates: 1,
    totals: false,
  });
  const { content } = model.scorer;
  const vectors = model.scorer.vectorizer.transform(table);
  const churned = findColumn(table, "churned");
  if (churned?.kind !== "categorical") throw new Error("no labels");
  const labels = Uint8Array.from(churned.codes, (code) => (churned.categories[code] === "yes" ? 1 : 0));
  const boosting = gradientBoosting({ rounds: TREES, maxLeaves: LEAVES, patience: TREES });
  const fitted = await boosting.fit(vectors, labels);
  if (fitted.trees.length !== TREES) throw new Error(`${fitted.trees.length} trees`);
  return new ChurnModel({ ...content, classifier: fitted.toJSON(), parity: [] });
}
