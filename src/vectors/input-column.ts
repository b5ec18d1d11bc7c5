import type { CellFormat } from "../table/grammar/cell-format.js";

/** One input column as the model expects it. */
export type InputColumn = NumericInput | CategoricalInput;

/** A numeric or date column that a model reads. */
export interface NumericInput {
  readonly name: string;
  readonly kind: "numeric" | "date";
  /** Whether training rows had missing values here. */
  readonly missingSeen: boolean;
  /** The least and the greatest value in training, dates as days since 1970-01-01; absent in models of older versions. */
  readonly range?: readonly [low: number, high: number];
  /** Present where all training values were 0 or 1, and both occurred. */
  readonly isFlag?: true;
  /** How its cells were written in training, where they were not plain; further ones are read in the same way. */
  readonly reading?: CellFormat | undefined;
}

/** A categorical column that a model reads. */
export interface CategoricalInput {
  readonly name: string;
  readonly kind: "categorical";
  readonly missingSeen: boolean;
  /** Which texts were missing in training, where the table said so; they are in further cells too. */
  readonly reading?: CellFormat | undefined;
  /** Categories with a separate code, by their code units; by first appearance in models of older versions. */
  readonly levels: readonly string[];
  /** Categories seen in training that are joined into *other*. */
  readonly rareLevels: readonly string[];
}
