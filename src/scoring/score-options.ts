import type { TierDrift } from "../predict/tier-drift.js";
import type { LongWork } from "../progress.js";
import type { CapacityTierRule } from "../tiers/tier-rule.js";
import type { TierSpec } from "../tiers/tier-spec.js";
import type { UnseenCategories } from "../vectors/vectorizer.js";
import type { DriftReport } from "./batch/drift.js";
import type { ScoredInput } from "./batch/input-rows.js";
import type { ReadScoreOptions } from "./batch/inputs.js";
import type { WriteScoreOptions } from "./batch/outputs.js";
import type { ScoreBin } from "./batch/tally.js";
import type { ListSummary } from "./list/list-summary.js";
import type { ScoreColumnOptions } from "./scores-table.js";

/** Options of {@link scoreFile}. */
export interface ScoreFileOptions extends LongWork, ScoreColumnOptions {
  /** How the input is read; the kinds of the model's columns come from the model. */
  readonly read?: ReadScoreOptions | undefined;
  /** How the output is written. */
  readonly write?: WriteScoreOptions | undefined;
  /**
   * A file for the rows that can't be scored, with all their cells, line, column and reason: NDJSON, or CSV by extension.
   * Default: such a row is an error.
   */
  readonly rejects?: string | undefined;
  /** How many rows may be rejected before the job fails. Default: any number with `rejects`, else none. */
  readonly maxRejects?: number | undefined;
  /**
   * The largest share, from 0 to 1, of the values of a categorical input that may be categories that training never saw. A
   * file (or query, or stream) with more of them stops the job with an error that names the columns, before anything of it is
   * written; what was sent into a stream before its end stays sent. 1 allows all of them. Default 0.5.
   */
  readonly maxUnseen?: number | undefined;
  /**
   * Continues an earlier job into this folder; parts that are no longer as that job left them are done again. Where the
   * output is one file, removes what a killed job left and scores all rows. A job into a folder that failed before it
   * finished a part starts again without it. Default false.
   */
  readonly resume?: boolean | undefined;
  /** Replaces the scores of an earlier job in the output folder. Default false. */
  readonly overwrite?: boolean | undefined;
  /**
   * Makes the batch one list: its rows are ranked, and each tier takes exactly so many of them, `"call=300,watch=20%"` or a
   * rule by capacity, in the place of the model's tiers. The last tier takes the rest; without a name it is `rest`. Shares are
   * of the rows that are scored, rounded down. Ranked by probability (by expected loss where the model's tiers go by
   * it), then by value (the higher first), by id (as text) and by place in the batch. Scores are put aside in a
   * temporary file of about the size of the output; streams are refused. Default: the tiers of the model, row by row.
   */
  readonly capacity?: CapacityTierRule | TierSpec | undefined;
  /** Threads that compute scores, besides the one that reads and writes. Default: the number of processors. */
  readonly threads?: number | undefined;
  /** Asks the job to stop after the current part; `signal` stops it at once. */
  readonly stopSignal?: AbortSignal | undefined;
  /** Called with every part when it is written. */
  readonly onPart?: ((part: PartSummary) => void) | undefined;
}

/** The result of one part of a job: a file, or all rows of a query or stream. */
export interface PartSummary {
  /** The file; null where the rows came from elsewhere. */
  readonly input: string | null;
  readonly output: string;
  /** Rows read: those scored and those rejected. */
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly tiers: readonly { readonly tier: string; readonly rows: number }[];
  readonly seconds: number;
  /** Whether an earlier run had done this part. */
  readonly wasDone: boolean;
}

/** The result of a scoring run. */
export interface ScoreSummary {
  /** Rows read: those scored and those rejected. */
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
  /**
   * Of each input, rows that are missing, out of the range of training, and unseen; null where an older version scored a part
   * of the folder.
   */
  readonly inputs: readonly ScoredInput[] | null;
  /** Drift compared with the training data; null for models of older versions, and where no row was scored. */
  readonly drift: DriftReport | null;
  /**
   * The share of rows in each tier compared with that of training; null for a list, where no row was scored, and for models whose
   * tier table is another one.
   */
  readonly tierDrift: readonly TierDrift[] | null;
  /** Where the batch was ranked as one list (`capacity`), how its tiers were filled; else null. */
  readonly list: ListSummary | null;
  /** Files among the inputs that were not read: what jobs wrote there, and links to files that are read by another name. */
  readonly notes: readonly string[];
  readonly parts: readonly PartSummary[];
}
