import type { ChurnModel } from "../predict/churn-model.js";
import type { ScoreInput } from "./batch/inputs.js";
import type { ScoreOutput } from "./batch/outputs.js";
import type { ScoreFileOptions, ScoreSummary } from "./score-options.js";

/**
 * Scores rows of any number in bounded memory: a file, a folder, a pattern, a query of DuckDB or PostgreSQL or a stream
 * into a file, a folder (part for part), a PostgreSQL table or a stream, with the columns of {@link scoreTable}.
 * Without an id column in the model, `id` is the number of the row in its part, from 1.
 *
 * A file is written whole or not at all, and a table in one transaction. Of a folder each part is, with a manifest beside
 * them, so that a job that was stopped or killed goes on with `resume: true` and ends with the bytes of an undisturbed one.
 * Rows in are rows scored and rows rejected, in the summary and in the manifest.
 *
 * ```ts
 * await scoreFile(model, "subscribers.parquet", "scores.parquet");
 * await scoreFile(model, "exports/2026-02", "scores/2026-02", { resume: true, rejects: "rejects.ndjson" });
 * await scoreFile(model, { postgres: "SELECT * FROM subscribers" }, { postgres: "churn.scores", scoredOn: "2026-02-01" });
 * ```
 * @throws HoldfastError when the input can't be read or scored, or the output can't be written; with code `aborted` when
 * `signal` was, and when `stopSignal` was before the last part.
 */
export async function scoreFile(
  model: ChurnModel,
  input: ScoreInput,
  output: ScoreOutput,
  options: ScoreFileOptions = {},
): Promise<ScoreSummary> {
  const { runScoring } = await import("./batch/run-scoring.js");
  return runScoring(model, input, output, options);
}
