import { namedErrors } from "../../arguments.js";
import { describeTable } from "../../describe/describe-table.js";
import type { TableDescription } from "../../describe/description.js";
import { SNAPSHOT_COLUMNS } from "../../history/snapshot-columns.js";
import { checkModel } from "../../predict/check-model.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { driftOfRows } from "../../predict/drift/model-drift.js";
import { explainGlobally } from "../../predict/explaining/explain-globally.js";
import { checkTable } from "../../table/check-table.js";
import { findColumn, type Table } from "../../table/table.js";
import { isOfSnapshots } from "../../training/snapshot-roles.js";
import { packageVersion } from "../../version.js";
import { leaderboardOf } from "../leaderboard.js";
import { summaryOf } from "../training-summary.js";
import { checkReportOptions } from "./check-report-options.js";
import { churnersOf, evaluated } from "./parts/evaluated.js";
import { examplesOf } from "./parts/examples.js";
import { fairnessOf } from "./parts/fairness.js";
import { MissingParts } from "./parts/missing-parts.js";
import { periodColumn, periodsOf, windowsOf } from "./parts/periods.js";
import { reportedModel } from "./parts/reported-model.js";
import { PROFILE_ROWS, permutationsOf, sampleOfTable, samplesOf } from "./parts/samples.js";
import { scoredData } from "./parts/scored-data.js";
import { scoresOf } from "./parts/scores.js";
import { Steps } from "./parts/steps.js";
import { gridOf, valuesOfReport } from "./parts/values.js";
import { worthOf } from "./parts/worth.js";
import type { ChurnReport } from "./report.js";
import type { ReportOptions } from "./report-options.js";

const NAME = "churnReport";
/** Contributions, curves and permutations are computed on fewer rows than `explainGlobally` takes by itself: a report shall not take minutes. */
const EXPLAINING = {
  contributionRows: 400,
  curveRows: 300,
  interactionRows: 60,
  curves: 6,
} as const;
const EXAMPLES = 6;
const REPLICATES = 500;
/** More rows are bootstrapped on bands of probabilities, and less often: intervals are narrow then, and their ends need not be as sure. */
const LARGE = { rows: 100_000, replicates: 100, bands: 4096 } as const;

/**
 * Measures a model on a table that training did not see, from every side that its users ask about: how good it is and how sure
 * that is, calibration, tiers, what a campaign would earn, segments, periods, what matters, subscribers with reasons, drift,
 * treatment of groups. What the data do not allow (no labels, no churner, no such column) is left out and listed in `missing`.
 * @param model of `trainChurnModel` or `loadChurnModel`.
 * @param table with all inputs of the model; without labels the report holds predictions, drift and examples.
 * @returns plain data that goes to JSON; `reportHtml`, `reportMarkdown` and `modelCard` make pages of it.
 * @example
 * const report = await churnReport(model, march, { segments: ["tariff"], definition: "no usage for 90 days" });
 * console.log(report.evaluation?.metrics.rocAuc);
 * @throws HoldfastError for columns that are missing or of another type, as `predict`; for a table without rows, weights that
 * are none, and options out of range; with code `aborted` when `signal` was.
 */
export async function churnReport(
  model: ChurnModel,
  table: Table,
  options: ReportOptions = {},
): Promise<ChurnReport> {
  checkModel(NAME, "model", model);
  checkTable(NAME, "table", table);
  checkReportOptions(NAME, options);
  return namedErrors(NAME, () => measured(model, table, options));
}

async function measured(model: ChurnModel, given: Table, options: ReportOptions): Promise<ChurnReport> {
  const { seed = 0, locale = "en", examples = EXAMPLES, campaign = {} } = options;
  const steps = new Steps(options);
  const missing = new MissingParts();
  const { scorer } = model;
  const { content } = scorer;
  await steps.next("scoring");
  const data = scoredData(scorer, given, options.weights);
  const { table, labels, vectors, probabilities } = data;
  const isLarge = table.rowCount > LARGE.rows;
  const replicates = options.replicates ?? (isLarge ? LARGE.replicates : REPLICATES);
  const bands = isLarge ? LARGE.bands : null;

  await steps.next("evaluation");
  const evaluation = await evaluated(
    model,
    data,
    // Of bands samples cost so little that threads would cost more.
    { ...options, seed, replicates, threads: options.threads ?? (isLarge ? 1 : undefined) },
    bands,
    missing,
  );
  await steps.next("worth");
  const values = await valuesOfReport(model, data, options.value, missing);
  const worth = await missing.tried("worth", () =>
    worthOf(data, values, options.value ?? content.value, campaign),
  );
  const grid = await missing.tried("grid", () => gridOf(model, data, values, evaluation));
  const cutoff = periodColumn(table, options.period, missing);
  const periods =
    typeof labels === "string" || evaluation === null || cutoff === undefined
      ? null
      : await missing.tried("periods", () => periodsOf(data, labels, cutoff));
  const fairness = await missing.tried("fairness", () => fairnessOf(model, data, options.sensitive, missing));
  await steps.next("drift");
  const drift =
    content.reference === null
      ? missing.add(
          "drift",
          "the model was saved by an older version, which kept no distribution of its training rows",
        )
      : driftOfRows(scorer, { table, vectors, probabilities, weights: data.weights, by: data.weighedBy });

  await steps.next("profile");
  const profiled = sampleOfTable(table, PROFILE_ROWS, seed, "profile");
  const profile = await missing.tried("profile", () =>
    describeTable(profiled, {
      ...(typeof labels === "string"
        ? {}
        : { label: content.label.column, positive: content.label.positive }),
      ...(content.id === null ? {} : { id: content.id }),
    }),
  );
  await steps.next("explanation");
  const { rows: explainedRows, repeats } = permutationsOf(content.inputs.length);
  const explained = sampleOfTable(table, explainedRows, seed, "explanation");
  const explanation = await missing.tried("explanation", () =>
    explainGlobally(model, explained, {
      ...EXPLAINING,
      repeats,
      seed,
      weights: options.weights,
      signal: options.signal,
    }),
  );
  await steps.next("examples");
  const shown = await missing.tried("examples", () => examplesOf(model, data, examples, locale));
  await steps.next("done");
  return {
    holdfast: packageVersion(),
    model: reportedModel(model, options.name),
    data: {
      source: given.source ?? null,
      rows: table.rowCount,
      columns: given.columns.length,
      churners: typeof labels === "string" ? null : churnersOf(labels),
      churnRate: evaluation?.baseRate ?? null,
      definition: options.definition ?? null,
      windows: isOfSnapshots(table) ? windowsOf(table, findColumn(table, SNAPSHOT_COLUMNS.cutoff)) : [],
    },
    // Without what candidates took, which no report can measure again.
    training: { ...summaryOf(model), leaderboard: leaderboardOf({ training: model.training }) },
    scores: scoresOf(scorer, data),
    profile: examples === 0 ? withoutNames(profile) : profile,
    evaluation,
    grid,
    worth,
    periods,
    backtest: options.backtest ?? null,
    explanation,
    examples: shown ?? [],
    drift,
    fairness,
    learningCurve: options.learningCurve ?? null,
    intendedUse: options.intendedUse ?? null,
    missing: missing.list,
    samples: samplesOf(table.rowCount, profiled.rowCount, explanation),
    seed,
    replicates,
    bands,
    command: options.command ?? null,
  };
}

/** Without the ids and texts that a description shows as examples. */
function withoutNames(profile: TableDescription | null): TableDescription | null {
  if (profile === null) return null;
  return { ...profile, columns: profile.columns.map((column) => ({ ...column, examples: null })) };
}
