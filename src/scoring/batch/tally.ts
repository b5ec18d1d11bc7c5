import type { ModelContent } from "../../model-file/churn/content.js";
import { BinFinder, type ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { UnseenCategories } from "../../vectors/vectorizer.js";
import type { Feature } from "../../vectors/vectors.js";
import { type DriftReport, driftReport } from "./drift.js";
import { type InputRows, type ScoredInput, scoredInputs } from "./input-rows.js";

/** Rows with a probability of churn in [from, to); the last bin includes 1. */
export interface ScoreBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** The counts over the rows of a part or a job, as plain data. */
export interface TallyJson {
  readonly scored: number;
  readonly rejected: number;
  readonly probabilities: number;
  readonly tiers: readonly number[];
  readonly bins: readonly number[];
  readonly scores: { readonly counts: readonly number[]; readonly missing: number };
  readonly inputs: readonly { readonly counts: readonly number[]; readonly missing: number }[];
  readonly unseen: readonly UnseenCategories[];
  /** Of each input. Undefined where a part was scored by an older version. */
  readonly inputRows?: readonly InputRows[] | undefined;
}

/** Number of bins of equal width for the distribution of scores. */
const SCORE_BINS = 10;
const MOST_EXAMPLES = 10;

/** Numbers of rows in the bins of one input. */
export interface Counts {
  readonly counts: Float64Array;
  missing: number;
}

/** Counts rows in the bins of a model's training data. */
export class BinCounter {
  private readonly scores: BinFinder;
  private readonly inputs: readonly { readonly finder: BinFinder | undefined; readonly bins: number }[];

  /** @param reference null for models that do not hold the distribution of their training rows: nothing is counted then. */
  constructor(reference: ReferenceDistribution | null) {
    this.scores = new BinFinder(reference?.scores.edges ?? []);
    this.inputs = (reference?.inputs ?? []).map((bins) => ({
      finder: "edges" in bins ? new BinFinder(bins.edges) : undefined,
      bins: bins.counts.length,
    }));
  }

  /**
   * The distribution of one input; undefined where nothing is counted.
   * @param stride every `stride`-th row is counted, as `stride` rows.
   */
  countInput(position: number, feature: Feature, stride: number): Counts | undefined {
    const input = this.inputs[position];
    if (input === undefined) return undefined;
    const counts = new Float64Array(input.bins);
    if (feature.kind === "categorical") return { counts, missing: countCodes(feature.codes, counts, stride) };
    return { counts, missing: input.finder?.count(feature.values, counts, stride) ?? 0 };
  }

  /** Adds probabilities to counts. */
  countScores(probabilities: Float64Array, into: Float64Array): void {
    if (into.length > 0) this.scores.count(probabilities, into);
  }
}

/** Counts rows, tiers and scores, and the distribution of the inputs. */
export class Tally {
  scored = 0;
  rejected = 0;
  private probabilities = 0;
  /** Rows of each tier. */
  readonly tiers: number[];
  private readonly bins = new Array<number>(SCORE_BINS).fill(0);
  private readonly scores: Counts;
  private readonly inputs: readonly Counts[];
  private readonly unseen = new Map<string, { rows: number; examples: string[] }>();
  private inputRows: readonly InputRows[] | undefined;

  constructor(
    private readonly content: ModelContent,
    private readonly counter: BinCounter,
    tierCount: number,
  ) {
    const { reference, inputs } = content;
    this.tiers = new Array<number>(tierCount).fill(0);
    this.scores = emptyLike(reference?.scores);
    this.inputs = inputs.map((_, i) => emptyLike(reference?.inputs[i]));
    this.inputRows = inputs.map(() => ({ missing: 0, outOfRange: 0 }));
  }

  /** Adds rows of a batch: how they are distributed, and how many are missing and out of range. */
  addInputs(counts: readonly Counts[], rows: readonly InputRows[]): void {
    this.addInputRows(rows);
    counts.forEach((each, i) => {
      addCounts(this.inputs[i], each);
    });
  }

  addScores(probabilities: Float64Array, tiers: Int32Array): void {
    let sum = 0;
    for (let row = 0; row < probabilities.length; row++) {
      const probability = probabilities[row];
      sum += probability;
      this.tiers[tiers[row]]++;
      this.bins[Math.min(SCORE_BINS - 1, Math.floor(probability * SCORE_BINS))]++;
    }
    this.probabilities += sum;
    this.scored += probabilities.length;
    this.counter.countScores(probabilities, this.scores.counts);
  }

  addUnseen(unseen: readonly UnseenCategories[]): void {
    for (const { column, rows, examples } of unseen) {
      const known = this.unseen.get(column) ?? { rows: 0, examples: [] };
      known.rows += rows;
      for (const example of examples) {
        if (known.examples.length < MOST_EXAMPLES && !known.examples.includes(example))
          known.examples.push(example);
      }
      this.unseen.set(column, known);
    }
  }

  /** Adds the counts of another part. */
  add(other: TallyJson): void {
    this.scored += other.scored;
    this.rejected += other.rejected;
    this.probabilities += other.probabilities;
    addTo(this.tiers, other.tiers);
    addTo(this.bins, other.bins);
    addCounts(this.scores, other.scores);
    this.inputs.forEach((counts, i) => {
      addCounts(counts, other.inputs[i]);
    });
    this.addUnseen(other.unseen);
    this.addInputRows(other.inputRows);
  }

  private addInputRows(rows: readonly InputRows[] | undefined): void {
    this.inputRows =
      rows &&
      this.inputRows?.map(({ missing, outOfRange }, i) => ({
        missing: missing + rows[i].missing,
        outOfRange: outOfRange + rows[i].outOfRange,
      }));
  }

  toJSON(): TallyJson {
    const { scored, rejected, probabilities, tiers, bins, scores, inputs, inputRows } = this;
    const unseen = this.unseenCategories;
    return {
      scored,
      rejected,
      probabilities,
      tiers,
      bins,
      scores: plain(scores),
      inputs: inputs.map(plain),
      unseen,
      ...(inputRows === undefined ? {} : { inputRows }),
    };
  }

  get meanProbability(): number {
    return this.probabilities / this.scored;
  }

  get distribution(): ScoreBin[] {
    return this.bins.map((rows, bin) => ({ from: bin / SCORE_BINS, to: (bin + 1) / SCORE_BINS, rows }));
  }

  get unseenCategories(): UnseenCategories[] {
    return [...this.unseen].map(([column, { rows, examples }]) => ({ column, rows, examples }));
  }

  /** Null where a part was scored by an older version, which did not count them. */
  get scoredInputs(): ScoredInput[] | null {
    return this.inputRows === undefined
      ? null
      : scoredInputs(this.content, this.inputRows, this.unseenCategories);
  }

  /** How many of the rows that were scored have a value in the input at a position. */
  presentIn(position: number): number {
    return this.scored - (this.inputRows?.[position].missing ?? 0);
  }

  /** Compared with the training data; null for a model that does not hold their distribution, and where no row was scored. */
  get drift(): DriftReport | null {
    const { reference, inputs } = this.content;
    if (reference === null || this.scored === 0) return null;
    const named = this.inputs.map((counts, i) => ({ input: inputs[i].name, ...plain(counts) }));
    return driftReport(reference, this.scored, plain(this.scores), named);
  }
}

function emptyLike(bins: { readonly counts: readonly number[] } | undefined): Counts {
  return { counts: new Float64Array(bins?.counts.length ?? 0), missing: 0 };
}

function plain({ counts, missing }: Counts): { readonly counts: number[]; readonly missing: number } {
  return { counts: [...counts], missing };
}

/** @returns how many rows are missing. */
function countCodes(codes: Int32Array, counts: Float64Array, stride: number): number {
  let missing = 0;
  for (let row = 0; row < codes.length; row += stride) {
    const code = codes[row];
    if (code < 0) missing += stride;
    else counts[code] += stride;
  }
  return missing;
}

function addCounts(
  into: Counts,
  other: { readonly counts: ArrayLike<number>; readonly missing: number },
): void {
  addTo(into.counts, other.counts);
  into.missing += other.missing;
}

function addTo(counts: number[] | Float64Array, others: ArrayLike<number>): void {
  for (let i = 0; i < counts.length; i++) counts[i] += others[i];
}
