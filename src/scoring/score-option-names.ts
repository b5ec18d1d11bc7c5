import type { OptionNames } from "../arguments.js";
import { CELL_FORMAT_OPTIONS } from "../table/grammar/cell-format.js";
import type { ReadScoreOptions } from "./batch/inputs.js";
import type { WriteScoreOptions } from "./batch/outputs.js";
import { SCORE_REASON_OPTIONS } from "./reasons/reason-options.js";
import type { ScoreFileOptions } from "./score-options.js";

/** The names of {@link ScoreFileOptions}. */
export const SCORE_FILE_OPTIONS: OptionNames<ScoreFileOptions> = {
  read: "optional",
  write: "optional",
  rejects: "optional",
  maxRejects: "optional",
  maxUnseen: "optional",
  resume: "optional",
  overwrite: "optional",
  capacity: "optional",
  threads: "optional",
  stopSignal: "optional",
  onPart: "optional",
  intervals: "optional",
  ...SCORE_REASON_OPTIONS,
  onProgress: "optional",
  signal: "optional",
};

/** The names of the options in `read`. */
export const READ_SCORE_OPTIONS: OptionNames<ReadScoreOptions> = {
  format: "optional",
  encoding: "optional",
  delimiter: "optional",
  names: "optional",
  nullText: "optional",
  quotes: "optional",
  ...CELL_FORMAT_OPTIONS,
  columns: "optional",
};

/** The names of the options in `write`. */
export const WRITE_SCORE_OPTIONS: OptionNames<WriteScoreOptions> = {
  format: "optional",
  header: "optional",
  nullText: "optional",
  quotes: "optional",
  csvSafe: "optional",
};
