import { HoldfastError, invalidArgument } from "../../errors.js";
import type { smallestChange } from "../../explain/change/smallest-change.js";
import type { Change, Explanation } from "../../explain/explanation.js";
import type { CellAt, ModelExplainer, ReasonOptions, RowExplanation } from "../../explain/model-explainer.js";
import type { WhyUnchanged } from "../../explain/reasons/locale.js";
import type { LOCALES } from "../../explain/reasons/locales.js";
import type { ModelContent } from "../../model-file/churn/content.js";
import { checkTable } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { cellsOfTable } from "../../vectors/input-details.js";
import { fillTotals } from "../../vectors/totals.js";
import { copyRows, type RowVector, type Vectors } from "../../vectors/vectors.js";
import type { PredictedRows } from "../rows-of-table.js";
import type { Scorer } from "../scorer.js";
import type { ExplainOptions } from "./explain-options.js";

/** More background rows cost time and change hardly anything. */
const MOST_BACKGROUND_ROWS = 500;
/** Rows whose contributions are computed together. */
const BLOCK_ROWS = 256;

/** The loaded code that explains, and the explainer of one model. */
export class Explaining {
  private explainer: ModelExplainer | undefined;

  private constructor(
    private readonly code: Code,
    private readonly content: ModelContent,
    private readonly scorer: Scorer,
  ) {}

  /** Loads the code, so that single rows can be explained without waiting. */
  static async load(content: ModelContent, scorer: Scorer): Promise<Explaining> {
    const [explaining, { smallestChange }, { LOCALES }, { Explainers }] = await Promise.all([
      import("../../explain/model-explainer.js"),
      import("../../explain/change/smallest-change.js"),
      import("../../explain/reasons/locales.js"),
      import("../../classifiers/explainers.js"),
    ]);
    const { ModelExplainer } = explaining;
    const code = {
      ModelExplainer,
      smallestChange,
      LOCALES,
      explainers: await Explainers.load(scorer.families),
    };
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
      const cellAt = (position: number) => cellOfRow(position, row);
      const explained = explainer.explanationOf(within, margins[row], cellAt, options);
      const vector = explainer.rowOf(within);
      explanations.push(
        this.completed(explainer, ids?.[row] ?? null, vector, values?.[row], explained, cellAt, options),
      );
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
    return this.completed(explainer, id, vector, value, explained, cellAt, options);
  }

  /** With id, tier and change. */
  private completed(
    explainer: ModelExplainer,
    id: string | null,
    vector: RowVector,
    value: number | undefined,
    explained: RowExplanation,
    cellAt: CellAt,
    options: ExplainOptions,
  ): Explanation {
    const tier = this.scorer.tierAt(explained.probability, value ?? 0);
    const change =
      options.change === true ? this.changeOf(explainer, vector, value ?? 0, tier, cellAt, options) : null;
    return { id, tier: this.content.tiers[tier].name, ...explained, change };
  }

  /** What the model would say of the row with some other values, below its tier. */
  private changeOf(
    explainer: ModelExplainer,
    vector: RowVector,
    value: number,
    tier: number,
    cellAt: CellAt,
    { locale = "en" }: ReasonOptions,
  ): Change {
    const { inputs, totals, reference, explanation: facts, tiers } = this.content;
    const words = this.code.LOCALES[locale];
    const none = (why: WhyUnchanged): Change => ({ found: false, text: words.unchanged[why] });
    if (tier === tiers.length - 1) return none("lowest tier");
    if (reference === null || facts === null) return none("no reference");
    if (!facts.features.some(({ changeable }) => changeable === true)) return none("nothing actionable");
    const probabilityOf = (margin: number) => this.scorer.probabilityOf(this.scorer.spread(margin));
    const tierOf = (margin: number) => this.scorer.tierAt(probabilityOf(margin), value);
    const changed = vector.slice();
    const found = this.code.smallestChange(changed, {
      inputs,
      totals,
      reference,
      facts,
      marginOf: (row) => this.scorer.classifier.marginOf(row),
      isLowEnough: (margin) => tierOf(margin) > tier,
    });
    if (found === undefined) return none("none found");
    const steps = found.map(({ position, to }) => ({
      column: inputs[position].name,
      from: explainer.shownValue(position, vector[position], cellAt),
      to: explainer.shownValue(position, to),
    }));
    for (const { position, to } of found) changed[position] = to;
    fillTotals(totals, changed, inputs.length);
    const margin = this.scorer.classifier.marginOf(changed);
    const probability = probabilityOf(margin);
    const { name } = tiers[tierOf(margin)];
    return { found: true, steps, probability, tier: name, text: words.changed(steps, probability, name) };
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
  readonly smallestChange: typeof smallestChange;
  readonly LOCALES: typeof LOCALES;
  readonly explainers: import("../../classifiers/explainers.js").Explainers;
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
