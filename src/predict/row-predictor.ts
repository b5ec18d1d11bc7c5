import type { Explanation } from "../explain/explanation.js";
import type { ModelContent } from "../model-file/churn/content.js";
import { composedRow } from "../rows/composed-row.js";
import { type CellGrammar, grammarOf } from "../table/grammar/cell-grammar.js";
import { valueOfRow } from "../vectors/column-roles/subscriber-value.js";
import { type DetailsReader, detailsReader } from "../vectors/input-details.js";
import type { RowVector } from "../vectors/vectors.js";
import { formatOfColumn } from "./column-format.js";
import type { ExplainOptions } from "./explaining/explain-options.js";
import { checkedExplaining, type Explaining } from "./explaining/explaining.js";
import { areAsked, type Prediction, type PredictOptions, predictionOf } from "./prediction.js";
import { createRowReader, type Row } from "./row-reader.js";
import { idOf } from "./rows-of-table.js";
import type { Scorer } from "./scorer.js";

/** Predicts and explains single rows. */
export class RowPredictor {
  private readonly vectorOf: (row: Row) => RowVector;
  private readonly valueGrammar: CellGrammar;
  /** Made when details are first asked for. */
  private detailsOf: DetailsReader | undefined;

  constructor(
    private readonly content: ModelContent,
    private readonly scorer: Scorer,
  ) {
    this.vectorOf = createRowReader(content.inputs, content.totals, content.id);
    this.valueGrammar = grammarOf(
      content.value === null ? undefined : formatOfColumn(content, content.value),
    );
  }

  /** @param explaining for reasons, where they are asked for */
  predict(row: Row, options: PredictOptions | undefined, explaining: Explaining | undefined): Prediction {
    const vector = this.vectorOf(row);
    const margin = this.scorer.spread(this.scorer.classifier.marginOf(vector));
    const { id, worth } = this.idAndValueOf(row);
    const prediction = predictionOf(this.scorer, id, margin, worth, options);
    if (options === undefined) return prediction;
    const cellAt = (position: number) => this.cellOf(row, position);
    if (areAsked(options))
      prediction.reasons = checkedExplaining(explaining).reasonsOf(vector, cellAt, options);
    if (options.details !== true) return prediction;
    this.detailsOf ??= detailsReader(this.content.inputs);
    prediction.details = this.detailsOf(vector, cellAt);
    return prediction;
  }

  explain(row: Row, explaining: Explaining, options: ExplainOptions): Explanation {
    const vector = this.vectorOf(row);
    const margin = this.scorer.classifier.marginOf(vector);
    const { id, worth } = this.idAndValueOf(row);
    const cellAt = (position: number) => this.cellOf(row, position);
    return explaining.explainOne(idOf(id) ?? null, vector, margin, worth, cellAt, options);
  }

  private idAndValueOf(row: Row): { readonly id: unknown; readonly worth: number | undefined } {
    const { id, value } = this.content;
    const isAbsent =
      (id !== null && !Object.hasOwn(row, id)) || (value !== null && !Object.hasOwn(row, value));
    const named = isAbsent ? (composedRow(row) ?? row) : row;
    return {
      id: id === null ? undefined : named[id],
      worth: value === null ? undefined : valueOfRow(named, value, this.valueGrammar),
    };
  }

  /** The cell of an input in a row; undefined for totals. */
  private cellOf(row: Row, position: number): unknown {
    const name = this.content.inputs[position]?.name;
    if (name === undefined) return undefined;
    return Object.hasOwn(row, name) ? row[name] : composedRow(row)?.[name];
  }
}
