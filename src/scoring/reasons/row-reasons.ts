import { spreadMargin } from "../../calibration/spread.js";
import type { FittedClassifier } from "../../classifiers/classifier.js";
import type { ModelExplainer, ReasonOptions } from "../../explain/model-explainer.js";
import type { ModelContent } from "../../model-file/churn/content.js";

/** What of a model its reasons depend on, besides the classifier: plain data, which another thread can be given. */
export type ReasonContent = Pick<ModelContent, "inputs" | "totals" | "reference" | "explanation" | "spread">;

/** Rows whose reasons are asked for, as numbers. */
export interface ReasonedRows {
  readonly rowCount: number;
  /** Row-major: values, codes as numbers, NaN for missing of either kind. */
  readonly rows: Float64Array;
  /** What the rows say where a number only means another category: row within these, position of the input, text. */
  readonly others: readonly (readonly [row: number, position: number, text: string])[];
}

/** Gives the reasons of rows in any thread; the same texts as `predictOne`. */
export class RowReasons {
  constructor(
    private readonly explainer: ModelExplainer,
    private readonly options: ReasonOptions,
  ) {}

  /** Loads the code in a thread that has no model, only its parts. */
  static async load(
    content: ReasonContent,
    classifier: FittedClassifier,
    options: ReasonOptions,
  ): Promise<RowReasons> {
    const [{ ModelExplainer }, { Explainers }] = await Promise.all([
      import("../../explain/model-explainer.js"),
      import("../../classifiers/explainers.js"),
    ]);
    const { inputs, totals, reference, explanation: facts } = content;
    const spread = (margin: number) => spreadMargin(content.spread, margin);
    const parts = { classifier, inputs, totals, reference, facts, spread, probabilityOf: noProbability };
    return new RowReasons(new ModelExplainer(parts, await Explainers.load()), options);
  }

  /** The sentences of each row, the most important first. */
  textsOf({ rows, rowCount, others }: ReasonedRows): string[][] {
    const { explainer, options } = this;
    const said = new Map(others.map(([row, position, text]) => [row * explainer.width + position, text]));
    explainer.prepare(rows, rowCount);
    return Array.from({ length: rowCount }, (_, row) =>
      explainer
        .reasonsOf(row, (position) => said.get(row * explainer.width + position), options)
        .map(({ text }) => text),
    );
  }
}

/** Contributions are to the margin. */
function noProbability(): number {
  throw new Error("reasons need no probability");
}
