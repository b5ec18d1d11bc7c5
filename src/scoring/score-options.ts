import type { PredictOptions } from "../predict/prediction.js";
import type { LongWork } from "../progress.js";
import type { UnseenCategories } from "../vectors/vectorizer.js";
import type { DriftReport } from "./batch/drift.js";
import type { ReadScoreOptions } from "./batch/inputs.js";
import type { WriteScoreOptions } from "./batch/outputs.js";
import type { ScoreBin } from "./batch/tally.js";

export interface ScoreFileOptions extends LongWork, PredictOptions {
  /** How the input is read; kinds of the model's columns come from the model. */
  readonly read?: ReadScoreOptions | undefined;
  /** How the output is written. */
  readonly write?: WriteScoreOptions | undefined;
  /**
   * Takes the rows that can't be scored, whole, with line, column and reason: NDJSON, or CSV by extension.
   * Default: such a row is an error.
   */
  readonly rejects?: string | undefined;
  /** How many rows may be rejected before the job fails. Default: any number with `rejects`, else none. */
  readonly maxRejects?: number | undefined;
  /**
   * Goes on with what an earlier job into this folder has done; parts that are not as it left them are done again.
   * Where the output is one file, clears away what a killed job left and does it all. A job into a folder that failed before
   * it finished a part starts again without it.
   */
  readonly resume?: boolean | undefined;
  /** Begins a folder anew that holds scores of an earlier job. */
  readonly overwrite?: boolean | undefined;
  /** Threads that scores are calculated on, beside the one that reads and writes. Default: as many as there are processors. */
  readonly threads?: number | undefined;
  /** Asks the job to stop after the part that is under way; `signal` stops it at once. */
  readonly stopSignal?: AbortSignal | undefined;
  /** Told of every part when it is written. */
  readonly onPart?: ((part: PartSummary) => void) | undefined;
}

/** What one part of a job came to: a file, or all that a query or stream gave. */
export interface PartSummary {
  /** The file; null where the rows came from elsewhere. */
  readonly input: string | null;
  readonly output: string;
  /** Rows in: those scored and those rejected. */
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly tiers: readonly { readonly tier: string; readonly rows: number }[];
  readonly seconds: number;
  /** Whether an earlier run had done it. */
  readonly wasDone: boolean;
}

/** What a scoring run did. */
export interface ScoreSummary {
  /** Rows in: those scored and those rejected. */
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  /** NaN where no row was scored. */
  readonly meanProbability: number;
  /** Rows per tier, the highest first. */
  readonly tiers: readonly { readonly tier: string; readonly rows: number }[];
  /** Rows by probability, in ten bins. */
  readonly distribution: readonly ScoreBin[];
  readonly unseenCategories: readonly UnseenCategories[];
  /** Against the training data; null for models of older versions. */
  readonly drift: DriftReport | null;
  readonly parts: readonly PartSummary[];
}
