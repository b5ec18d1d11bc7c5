import type { FittedClassifier } from "../classifiers/classifier.js";
import type { BackgroundRows, Explainer } from "../classifiers/explainer.js";
import type { Explainers } from "../classifiers/explainers.js";
import { slopeBetween } from "../math/slope-between.js";
import { formatDate } from "../table/dates.js";
import type { InputColumn } from "../vectors/input-column.js";
import type { CategoryBins, NumberBins, ReferenceDistribution } from "../vectors/reference-distribution.js";
import type { Total } from "../vectors/totals.js";
import type { Contribution, Explanation, FamilyContribution, Reason, ShownValue } from "./explanation.js";
import { BinRates } from "./facts/bin-rates.js";
import type { ExplanationFacts, FeatureFacts } from "./facts/feature-facts.js";
import { chooseReasons } from "./reasons/choose-reasons.js";
import type { SentenceParts } from "./reasons/locale.js";
import { LOCALES, type LocaleName } from "./reasons/locales.js";
import { sentenceOf } from "./reasons/sentence.js";
import { filledTemplate, type ReasonTemplates } from "./reasons/templates.js";
import { syntheticRows } from "./synthetic-rows.js";

/** What of a model is explained. */
export interface ExplainedModel {
  readonly classifier: FittedClassifier;
  readonly inputs: readonly InputColumn[];
  readonly totals: readonly Total[];
  readonly reference: ReferenceDistribution | null;
  /** Null in models of format version 1: no families, descriptions or noise are known. */
  readonly facts: ExplanationFacts | null;
  /** The margin that the calibrator takes, from the classifier's: a rising line. */
  spread(margin: number): number;
  probabilityOf(margin: number): number;
}

/** How reasons are told. */
export interface ReasonOptions {
  /** The most reasons of a row. Default 3. */
  readonly reasons?: number | undefined;
  /** The language of reasons, `"en"` or `"zh"`. Default `"en"`. */
  readonly locale?: LocaleName | undefined;
  /** Your own sentences by column. Default: none. */
  readonly templates?: ReasonTemplates | undefined;
}

/** The cell that the feature at a position was read from; undefined for what is no input. */
export type CellAt = (position: number) => unknown;

/** Everything about a row except its id, its tier and what would change it. */
export type RowExplanation = Omit<Explanation, "id" | "tier" | "change">;

/** Explains rows of one model. Made once; keeps the numbers of the rows that it prepared. */
export class ModelExplainer {
  readonly width: number;
  private readonly explainer: Explainer;
  private readonly facts: ExplanationFacts;
  private readonly names: readonly string[];
  private readonly rates: readonly (BinRates | undefined)[];
  /** The median of each numeric input among the training rows. */
  private readonly typical: readonly (number | undefined)[];
  /** For each feature those that say about the same. */
  private readonly alikeTo: readonly (readonly number[])[];
  /** Contributions of the rows that were prepared, to the spread margin, and their squared standard errors. */
  private values = new Float64Array(0);
  private variances = new Float64Array(0);
  private rows: Float64Array = this.values;
  /** What a step of the classifier's margin is, spread. */
  private readonly factor: number;
  /** Of the margin before spreading. */
  private readonly baseValue: number;

  /** @throws HoldfastError `model.unexplained`, see {@link Explainers.of}. */
  constructor(
    private readonly model: ExplainedModel,
    explainers: Explainers,
    background?: BackgroundRows,
  ) {
    const { inputs, totals, classifier, reference, facts } = model;
    this.width = inputs.length + totals.length;
    this.names = [...inputs, ...totals].map(({ name }) => name);
    const fallback = reference === null ? undefined : syntheticRows(inputs, totals, reference);
    this.explainer = explainers.of(classifier, this.width, background, fallback);
    this.facts = facts ?? { features: this.names.map(() => ({ noise: 0 })), alike: [] };
    this.rates = inputs.map((_, i) => {
      const churned = this.facts.features[i].churned;
      return reference === null || churned === undefined
        ? undefined
        : new BinRates(reference.inputs[i], churned);
    });
    this.typical = inputs.map(({ kind }, i) =>
      reference === null || kind !== "numeric" ? undefined : medianOf(reference.inputs[i]),
    );
    this.alikeTo = alikeLists(this.facts, this.width);
    this.factor = model.spread(1) - model.spread(0);
    this.baseValue = this.explainer.baseValue;
  }

  /** Computes the contributions of rows, row-major; the other methods are about these. */
  prepare(rows: Float64Array, rowCount: number): void {
    const size = rowCount * this.width;
    if (this.values.length < size) {
      this.values = new Float64Array(size);
      this.variances = new Float64Array(size);
    } else {
      this.values.fill(0, 0, size);
      this.variances.fill(0, 0, size);
    }
    this.rows = rows;
    this.explainer.add(rows, rowCount, this.factor, this.values, this.variances);
  }

  /** The numbers of a prepared row. */
  rowOf(row: number): Float64Array {
    return this.rows.subarray(row * this.width, (row + 1) * this.width);
  }

  /**
   * Everything about a prepared row except its id, its tier and what would change it.
   * @param margin of the classifier
   */
  explanationOf(row: number, margin: number, cellAt: CellAt, options: ReasonOptions): RowExplanation {
    const { model, width } = this;
    const from = row * width;
    const spread = model.spread(margin);
    const base = model.spread(this.baseValue);
    const probability = model.probabilityOf(spread);
    const baseProbability = model.probabilityOf(base);
    const slope = slopeBetween((at) => model.probabilityOf(at), base, spread - base);
    const variances = this.variances.subarray(from, from + width);
    const isSampled = variances.some((variance) => variance > 0);
    const contributions = this.names.map((column, position): Contribution => {
      const contribution = this.values[from + position];
      return {
        column,
        value: this.shownValue(position, this.rows[from + position], cellAt),
        contribution,
        probabilityContribution: slope * contribution,
        ...(isSampled ? { standardError: Math.sqrt(variances[position]) } : {}),
      };
    });
    return {
      probability,
      margin: spread,
      baseValue: base,
      baseProbability,
      contributions: contributions.sort(byAmount),
      families: this.familySums(from, slope),
      reasons: this.reasonsOf(row, cellAt, options),
    };
  }

  private familySums(from: number, slope: number): FamilyContribution[] {
    const sums = new Map<string, number>();
    this.facts.features.forEach((_, position) => {
      const family = this.familyOf(from, position);
      if (family !== undefined) sums.set(family, (sums.get(family) ?? 0) + this.values[from + position]);
    });
    return Array.from(sums, ([family, contribution]) => ({
      family,
      contribution,
      probabilityContribution: slope * contribution,
    })).sort(byAmount);
  }

  /** A feature without a value may tell of something else. */
  private familyOf(from: number, position: number): string | undefined {
    const { family, familyWhenMissing = family } = this.facts.features[position];
    return Number.isNaN(this.rows[from + position]) ? familyWhenMissing : family;
  }

  /** The reasons of a prepared row. */
  reasonsOf(
    row: number,
    cellAt: CellAt,
    { reasons: most = 3, locale = "en", templates = {} }: ReasonOptions,
  ): Reason[] {
    const from = row * this.width;
    const values = this.values.subarray(from, from + this.width);
    return chooseReasons(values, this.facts, this.alikeTo, most, (position) =>
      this.familyOf(from, position),
    ).map((chosen) => {
      const { position, members, contribution, actionable } = chosen;
      const number = this.rows[from + position];
      const value = this.shownValue(position, number, cellAt);
      const parts = this.partsOf(position, number, value);
      const column = this.names[position];
      const template = Object.hasOwn(templates, column) ? templates[column] : undefined;
      return {
        column,
        columns: members.map((member) => this.names[member]),
        family: this.familyOf(from, position) ?? null,
        value,
        contribution,
        actionable,
        text: template === undefined ? sentenceOf(parts, LOCALES[locale]) : filledTemplate(template, parts),
      };
    });
  }

  private partsOf(position: number, number: number, value: ShownValue): SentenceParts {
    const { description, unit }: FeatureFacts = this.facts.features[position];
    const rates = this.rates[position];
    return {
      column: this.names[position],
      kind: this.model.inputs[position]?.kind ?? "numeric",
      value,
      description,
      unit,
      typical: this.typical[position],
      rates: rates?.ratesOf(number),
      isRiskiest: rates?.isRiskiest(number) ?? false,
    };
  }

  /** Categories that the model does not know by name are shown as the row says them. */
  shownValue(position: number, number: number, cellAt?: CellAt): ShownValue {
    if (Number.isNaN(number)) return null;
    const input = this.model.inputs[position];
    if (input?.kind !== "categorical") return input?.kind === "date" ? formatDate(number) : number;
    if (number < input.levels.length) return input.levels[number];
    const cell = cellAt?.(position);
    return cell === undefined || cell === null ? "other" : String(cell);
  }
}

/** The fifth decile is the edge at which half of the rows are reached. */
function medianOf(bins: NumberBins | CategoryBins): number | undefined {
  if (!("edges" in bins)) return undefined;
  const half = bins.counts.reduce((sum, count) => sum + count, 0) / 2;
  let reached = 0;
  return bins.edges.find((_, bin) => {
    reached += bins.counts[bin];
    return reached >= half;
  });
}

function byAmount(a: { readonly contribution: number }, b: { readonly contribution: number }): number {
  return Math.abs(b.contribution) - Math.abs(a.contribution);
}

function alikeLists({ alike }: ExplanationFacts, width: number): readonly (readonly number[])[] {
  const lists = Array.from({ length: width }, (): number[] => []);
  for (const [a, b] of alike) {
    lists[a].push(b);
    lists[b].push(a);
  }
  return lists;
}
