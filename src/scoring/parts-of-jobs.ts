// The types that options and results of scoring jobs consist of, which several entry points export.

export type { Drift, DriftReport } from "./batch/drift.js";
export type { ScoredInput } from "./batch/input-rows.js";
export type { ReadScoreOptions, ScoreInput } from "./batch/inputs.js";
export type { ScoreOutput, StreamOutput, WriteScoreOptions } from "./batch/outputs.js";
export type { ScoreBin } from "./batch/tally.js";
export type { ListSummary, ListTier } from "./list/list-summary.js";
export type { ScoreReasonOptions } from "./reasons/reason-options.js";
