import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { involuntary, serviceChurn } from "../../src/history/index.js";
import {
  anyOf,
  type ChurnModel,
  compareModels,
  crossValidate,
  disconnected,
  evaluationMarkdown,
  inactive,
  monthly,
  noPurchase,
  openHistory,
  partialChurn,
  readTable,
  snapshots,
  splitByTime,
  type Table,
  type TrainOptions,
  trainChurnModel,
  tune,
} from "../../src/index.js";
import { simulateOperator } from "../../src/simulator/index.js";
import { DATASETS } from "../support/shared-data.js";
import { jsonDigest, numbersDigest, tableDigest, textDigest } from "./digest.js";

/** Digests by name, and whether they need data that are not part of the package. */
export interface Measurement {
  readonly name: string;
  readonly needsSharedData: boolean;
  /** @param folder a folder for files that are not needed afterwards. */
  measure(folder: string): Promise<Readonly<Record<string, string>>>;
}

/** Everything that must stay the same to the last bit unless a change says otherwise in CHANGELOG.md. */
export const MEASUREMENTS: readonly Measurement[] = [
  { name: "operator", needsSharedData: false, measure: operator },
  { name: "telco", needsSharedData: true, measure: telco },
  { name: "bigml", needsSharedData: true, measure: bigml },
];

const SIMULATED = fileURLToPath(new URL("../../datasets/simulated", import.meta.url));

async function operator(folder: string): Promise<Record<string, string>> {
  const { truth, ...facts } = await simulateOperator({ subscribers: 200, months: 14, seed: 5 });
  const history = await openHistory(SIMULATED);
  try {
    const at = [...monthly("2025-02", "2025-06"), "2025-10"];
    const windows = { observe: 6, gap: 1, horizon: 3 } as const;
    const table = await snapshots(history, { at, ...windows, churn: disconnected() });
    const definitions = {
      involuntary: involuntary(),
      inactive: inactive({ days: 45 }),
      partial: partialChurn({ table: "billing", measure: "revenue", share: 0.5 }),
      noPurchase: noPurchase(),
      service: serviceChurn(),
      any: anyOf(disconnected({ reasons: ["voluntary", "ported_out"] }), inactive({ days: 60 })),
    };
    const byDefinition: Record<string, string> = {};
    for (const [name, churn] of Object.entries(definitions)) {
      byDefinition[`snapshots, ${name}`] = tableDigest(
        await snapshots(history, { at: ["2025-05", "2025-08-15"], ...windows, churn }),
      );
    }
    const { train, test } = splitByTime(table, { column: "cutoff", testFrom: "2025-10", embargo: 4 });
    const model = await trainChurnModel(train, {
      label: "churn",
      id: "subscriber_id",
      exclude: ["cutoff"],
      value: "arpu_mean",
      repeats: 1,
    });
    return {
      "simulated tables": jsonDigest(
        Object.entries({ ...facts, ...truth }).map(([name, each]) => [name, tableDigest(each)]),
      ),
      snapshots: tableDigest(table),
      ...byDefinition,
      ...(await ofModel(model, test, join(folder, "operator.json"), ["tariff", "tenure_band"])),
    };
  } finally {
    history.close();
  }
}

async function telco(folder: string): Promise<Record<string, string>> {
  const table = await readTable(join(DATASETS, "telco.csv"));
  const options = { label: "Churn", id: "customerID" } as const;
  const fast = { ...options, replicates: 50, repeats: 1 } as const;
  const model = await trainChurnModel(table, options);
  const ruled = await trainChurnModel(table, {
    ...fast,
    monotone: { tenure: -1 },
    classifier: ["additive", "boosting"],
    prefer: "readability",
    calibration: "beta",
    tiers: { by: "auto" },
  });
  const { families } = await tune(table, {
    ...fast,
    families: ["logistic", "boosting"],
    configurations: 3,
    nested: 0,
  });
  return {
    table: tableDigest(table),
    ...(await ofModel(model, table, join(folder, "telco.json"), ["Contract", "tenure"])),
    ...prefixed("under a rule: ", await ofModel(ruled, table, join(folder, "ruled.json"))),
    comparison: jsonDigest(compareModels(model, ruled, table, { replicates: 50 })),
    tuning: jsonDigest(families),
  };
}

async function bigml(folder: string): Promise<Record<string, string>> {
  const table = await readTable(join(DATASETS, "bigml.csv"));
  const options = { label: "Churn" } as const;
  const fast: TrainOptions = { ...options, replicates: 50, repeats: 1 };
  const model = await trainChurnModel(table, options);
  const digests: Record<string, string> = {
    table: tableDigest(table),
    ...(await ofModel(model, table, join(folder, "bigml.json"))),
  };
  for (const calibration of ["temperature", "platt", "isotonic", "venn-abers"] as const) {
    const calibrated = await trainChurnModel(table, { ...fast, classifier: "logistic", calibration });
    digests[`model, ${calibration}`] = await contentDigest(calibrated, join(folder, "calibrated.json"));
  }
  const grouped = await trainChurnModel(table, {
    ...fast,
    classifier: ["forest", "boosting"],
    group: "State",
    weights: "Number vmail messages",
    positiveWeight: 2,
    totals: false,
  });
  const held = await crossValidate(table, { ...fast, classifier: "logistic", splits: 3 });
  return {
    ...digests,
    ...prefixed("with groups and weights: ", await ofModel(grouped, table, join(folder, "grouped.json"))),
    "cross-validation": jsonDigest([held.splits, held.pooled, held.mean]) + numbersDigest(held.probabilities),
  };
}

/** Digests of a model's file, predictions and evaluation. */
async function ofModel(
  model: ChurnModel,
  table: Table,
  path: string,
  segments?: readonly string[],
): Promise<Record<string, string>> {
  const { ids, probabilities, tiers, doubt } = model.predictColumns(table, { intervals: true });
  const evaluation = model.evaluate(table, { replicates: 50, segments });
  const doubts = doubt === undefined ? [] : [doubt.low, doubt.high, doubt.uncertain];
  return {
    model: await contentDigest(model, path),
    predictions: numbersDigest(probabilities, tiers, ...doubts),
    ids: jsonDigest(ids),
    evaluation: jsonDigest(evaluation),
    markdown: textDigest(evaluationMarkdown(evaluation, { soundSegments: 3 })),
  };
}

/** Of everything in a model file except the version that wrote it. */
async function contentDigest(model: ChurnModel, path: string): Promise<string> {
  await model.save(path);
  const { content } = JSON.parse(await readFile(path, "utf8")) as { content: Record<string, unknown> };
  return jsonDigest({ ...content, holdfast: undefined });
}

function prefixed(prefix: string, digests: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(digests).map(([name, digest]) => [prefix + name, digest]));
}
