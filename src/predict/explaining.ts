import { checkOptions, type OptionNames } from "../arguments.js";
import { HoldfastError, invalidArgument } from "../errors.js";
import type { Explanation } from "../explain/explanation.js";
import type { CellAt, ModelExplainer, ReasonOptions } from "../explain/model-explainer.js";
import type { ModelContent } from "../model-file/churn/content.js";
import { checkTable } from "../table/check-table.js";
import type { Table } from "../table/table.js";
import { cellsOfTable } from "../vectors/input-details.js";
import { copyRows, type RowVector, type Vectors } from "../vectors/vectors.js";
import type { PredictedRows } from "./rows-of-table.js";
import type { Scorer } from "./scorer.js";

/** Options of `ChurnModel.explain` and `explainOne`. */
export interface ExplainOptions extends ReasonOptions {
  /**
   * Rows to compare with, 1 to 500: contributions are then interventional Shapley values over them, and the base value is their
   * mean margin. Default: the training rows, as far as the model knows them.
   */
  readonly background?: Table | undefined;
}

/** The names of {@link ExplainOptions}. */
export const EXPLAIN_OPTIONS: OptionNames<ExplainOptions> = {
  reasons: "optional",
  locale: "optional",
  templates: "optional",
  background: "optional",
};

/** More background rows cost time and change hardly anything. */
const MOST_BACKGROUND_ROWS = 500;
/** Rows whose contributions are computed together. */
const BLOCK_ROWS = 256;
/** The most reasons that can be asked for: more than a person reads. */
export const MOST_REASONS = 50;
/** The languages of reasons; a language that is missing here is a compile error of their list. */
export const LOCALE_NAMES = ["en", "zh"] as const;

/** The loaded code that explains, and the explainer of one model. */
export class Explaining {
  private explainer: ModelExplainer | undefined;

  private constructor(
    private readonly code: Code,
    private readonly content: ModelContent,
    private readonly scorer: Scorer,
  ) {}

  /** Loads the code, so that single rows can be explained without waiting. */
  static async load(
    content: ModelContent,
    scorer: Scorer,
    families: Parameters<typeof import("../classifiers/explainers.js").Explainers.load>[0],
  ): Promise<Explaining> {
    const [{ ModelExplainer }, { Explainers }] = await Promise.all([
      import("../explain/model-explainer.js"),
      import("../classifiers/explainers.js"),
    ]);
    const code = { ModelExplainer, explainers: await Explainers.load(families) };
    return new Explaining(code, content, scorer);
  }

  /** The explanations of the rows of a table. */
  explain(
    { ids, margins, values, vectors }: PredictedRows,
    table: Table,
    options: ExplainOptions,
  ): Explanation[] {
    const explainer = this.explainerFor(options);
    const cellOfRow = cellsOfTable(this.content.inputs, table);
    const explanations: Explanation[] = [];
    forBlocks(vectors, explainer, (row, within) => {
      const explained = explainer.explanationOf(within, margins[row], (at) => cellOfRow(at, row), options);
      const tier = this.tierOf(explained.probability, values?.[row]);
      explanations.push({ id: ids?.[row] ?? null, tier, ...explained });
    });
    return explanations;
  }

  /** The reasons of the rows of a table. */
  reasonsOfTable(vectors: Vectors, table: Table, options: ReasonOptions): Explanation["reasons"][] {
    const explainer = this.ofReasons;
    const cellOfRow = cellsOfTable(this.content.inputs, table);
    const reasons: Explanation["reasons"][] = [];
    forBlocks(vectors, explainer, (row, within) => {
      reasons.push(explainer.reasonsOf(within, (at) => cellOfRow(at, row), options));
    });
    return reasons;
  }

  /** The explanation of one row. @param margin of the classifier */
  explainOne(
    id: string | null,
    vector: RowVector,
    margin: number,
    value: number | undefined,
    cellAt: CellAt,
    options: ExplainOptions,
  ): Explanation {
    const explainer = this.explainerFor(options);
    explainer.prepare(vector, 1);
    const explained = explainer.explanationOf(0, margin, cellAt, options);
    return { id, tier: this.tierOf(explained.probability, value), ...explained };
  }

  /** The reasons of one row. */
  reasonsOf(vector: RowVector, cellAt: CellAt, options: ReasonOptions): Explanation["reasons"] {
    const explainer = this.ofReasons;
    explainer.prepare(vector, 1);
    return explainer.reasonsOf(0, cellAt, options);
  }

  /**
   * What reasons are computed by.
   * @throws HoldfastError `model.unexplained` for a model of an older version.
   */
  get ofReasons(): ModelExplainer {
    try {
      return this.explainerFor({});
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code !== "model.unexplained") throw error;
      // Reasons have no background that could be given.
      throw new HoldfastError(error.problems.map((problem) => ({ ...problem, hint: "train it again" })));
    }
  }

  /** Whether reasons are sampled, which takes thousands of predictions a row. */
  get isSampled(): boolean {
    return this.code.explainers.isSampled(this.scorer.classifier);
  }

  private tierOf(probability: number, value: number | undefined): string {
    return this.content.tiers[this.scorer.tierAt(probability, value ?? 0)].name;
  }

  private explainerFor({ background }: ExplainOptions): ModelExplainer {
    if (background === undefined) {
      this.explainer ??= this.make();
      return this.explainer;
    }
    checkTable("explain", "background", background);
    if (background.rowCount < 1 || background.rowCount > MOST_BACKGROUND_ROWS) {
      const expected = `must have 1 to ${MOST_BACKGROUND_ROWS} rows`;
      invalidArgument("explain", "background", expected, background.rowCount, "take a random sample of them");
    }
    const vectors = this.scorer.vectorizer.transform(background);
    const width = vectors.features.length;
    const rows = new Float64Array(background.rowCount * width);
    copyRows(vectors, 0, background.rowCount, rows);
    return this.make({ rows, width });
  }

  private make(background?: ConstructorParameters<typeof ModelExplainer>[2]): ModelExplainer {
    const { content, scorer, code } = this;
    const { inputs, totals, reference, explanation: facts } = content;
    const model = {
      classifier: scorer.classifier,
      inputs,
      totals,
      reference,
      facts,
      spread: (margin: number) => scorer.spread(margin),
      probabilityOf: (margin: number) => scorer.probabilityOf(margin),
    };
    return new code.ModelExplainer(model, code.explainers, background);
  }
}

/** The code, which every model has that was trained or read from a file. */
export function checkedExplaining(explaining: Explaining | undefined): Explaining {
  if (explaining === undefined) throw new Error("readyToExplain() was not awaited");
  return explaining;
}

interface Code {
  readonly ModelExplainer: typeof ModelExplainer;
  readonly explainers: import("../classifiers/explainers.js").Explainers;
}

/** Prepares the rows block by block; calls with each row's number, and its number within the block. */
function forBlocks(
  vectors: Vectors,
  explainer: ModelExplainer,
  each: (row: number, within: number) => void,
): void {
  const block = new Float64Array(BLOCK_ROWS * explainer.width);
  for (let from = 0; from < vectors.rowCount; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, vectors.rowCount);
    copyRows(vectors, from, to, block);
    explainer.prepare(block, to - from);
    for (let row = from; row < to; row++) each(row, row - from);
  }
}

/** @throws HoldfastError for unknown options, and for values that are out of range. */
export function checkExplainOptions(functionName: string, options: ExplainOptions): void {
  checkOptions(functionName, options, EXPLAIN_OPTIONS);
  checkReasonOptions(functionName, options);
}

/** @throws HoldfastError for values of the options of reasons that are out of range. */
export function checkReasonOptions(functionName: string, options: ReasonOptions): void {
  const { reasons = 3, locale = "en", templates = {} } = options;
  if (!Number.isInteger(reasons) || reasons < 0 || reasons > MOST_REASONS) {
    const expected = `must be a whole number from 0 to ${MOST_REASONS}`;
    invalidArgument(functionName, "reasons", expected, reasons);
  }
  if (!LOCALE_NAMES.includes(locale)) {
    invalidArgument(functionName, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale);
  }
  if (typeof templates !== "object" || templates === null || Array.isArray(templates)) {
    const expected = `must be an object of sentences by column such as { tenure: "a subscriber for {value} months" }`;
    invalidArgument(functionName, "templates", expected, templates);
  }
  for (const [column, template] of Object.entries(templates) as [string, unknown][]) {
    if (typeof template !== "string")
      invalidArgument(functionName, `templates.${column}`, "must be a text", template);
  }
}
