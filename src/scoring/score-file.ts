import { checkOptions, namedErrors } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import type { ChurnModel } from "../predict/churn-model.js";
import { checkReadingPlan } from "../table/grammar/column-plan.js";
import type { ScoreInput } from "./batch/inputs.js";
import type { ScoreOutput } from "./batch/outputs.js";
import { READ_SCORE_OPTIONS, SCORE_FILE_OPTIONS, WRITE_SCORE_OPTIONS } from "./score-option-names.js";
import type { ScoreFileOptions, ScoreSummary } from "./score-options.js";
import { checkBatchModel } from "./scores-table.js";

/**
 * Scores any number of rows in bounded memory: from a file, a folder, a pattern, a query of DuckDB or PostgreSQL or a
 * stream, into a file, a folder (part by part), a PostgreSQL table or a stream, with the columns of {@link scoreTable}.
 * Without an id column in the model, `id` is the number of the row in its part, from 1.
 *
 * A file is written whole or not at all, and a table in one transaction. In a folder each part is written whole or not at
 * all, and a manifest records the parts, so that a job that was stopped or killed can be continued with `resume: true` and
 * ends with the same bytes as an undisturbed one. Every row is either scored or rejected; the summary and the manifest
 * count both.
 *
 * ```ts
 * await scoreFile(model, "subscribers.parquet", "scores.parquet");
 * await scoreFile(model, "exports/2026-02", "scores/2026-02", { resume: true, rejects: "rejects.ndjson" });
 * await scoreFile(model, { postgres: "SELECT * FROM subscribers" }, { postgres: "churn.scores", scoredOn: "2026-02-01" });
 * ```
 * @throws HoldfastError when the input can't be read or scored, or the output can't be written; with code `aborted` when
 * `signal` was aborted, or `stopSignal` before the last part was scored.
 */
export async function scoreFile(
  model: ChurnModel,
  input: ScoreInput,
  output: ScoreOutput,
  options: ScoreFileOptions = {},
): Promise<ScoreSummary> {
  checkBatchModel("scoreFile", model, "scoreFile(model, input, output); of tables scoreTable(model, table)");
  if (output === undefined) {
    const hint = 'give a file, such as "scores.csv", as the third argument';
    invalidArgument("scoreFile", "output", "must be given", undefined, hint);
  }
  checkOptions("scoreFile", options, SCORE_FILE_OPTIONS);
  checkOptions("scoreFile", options.read, READ_SCORE_OPTIONS, "read");
  checkReadingPlan("scoreFile", options.read ?? {}, "read");
  checkOptions("scoreFile", options.write, WRITE_SCORE_OPTIONS, "write");
  const { runScoring } = await import("./batch/run-scoring.js");
  return namedErrors("scoreFile", () => runScoring(model, input, output, options));
}
