import { argumentProblem, invalidArgument, Problems } from "../../errors.js";
import type { Pulse } from "../../progress.js";
import { takeVectorRows, type Vectors } from "../../vectors/vectors.js";
import { type BinningOptions, sampledRows } from "./bin-vectors.js";
import { BinnedData } from "./binned-data.js";
import { type FeatureFacts, hasNaN, otherAndMissing, planBins } from "./binned-feature.js";

/** What is called with chunks. */
const FUNCTION = "gradientBoostingFromChunks";

/** Some consecutive training rows. */
export interface TrainingChunk {
  /** The same features in every chunk. Later chunks may know more levels, if no row of any chunk is *other*. */
  readonly vectors: Vectors;
  /** One per row: 1 = churned, 0 = stayed. */
  readonly labels: ArrayLike<number>;
  /** One per row, ≥ 0; in all chunks or in none. A row of weight 0 is as if absent. */
  readonly weights?: ArrayLike<number>;
}

/** Training rows that may exceed the memory as numbers. */
export interface TrainingChunks {
  readonly rowCount: number;
  /** The rows from the first to the last; called twice, and must give the same rows both times. */
  chunks(): AsyncIterable<TrainingChunk> | Iterable<TrainingChunk>;
}

export interface BinnedChunks {
  readonly data: BinnedData;
  readonly labels: Float64Array;
  readonly weights: Float64Array | undefined;
}

/**
 * Bins rows that arrive in chunks: a first pass finds cut points from a sample and which values are missing, a second
 * pass fills the bins. At most one chunk at a time is held as numbers.
 */
export async function binChunks(
  source: TrainingChunks,
  options: Omit<BinningOptions, "hasWeights">,
  pulse: Pulse,
): Promise<BinnedChunks> {
  const survey = new Survey(source.rowCount, options.seed);
  for await (const chunk of source.chunks()) {
    survey.add(chunk);
    await pulse.beat();
  }
  const { facts, labels, weights } = survey.finish();
  const { features, columnCount } = planBins(facts, options.maxBins, options.leastRows);
  const placing = { ...options, hasWeights: weights !== undefined };
  const data = await BinnedData.allocate(labels.length, features, columnCount, placing);
  try {
    let row = 0;
    let filled = 0;
    for await (const given of source.chunks()) {
      row += given.vectors.rowCount;
      if (row > source.rowCount) refuseRows(source.rowCount, row);
      const { vectors } = withoutEmptyRows(given);
      await data.fillChunk(vectors, filled, pulse);
      filled += vectors.rowCount;
    }
    if (row !== source.rowCount) refuseRows(source.rowCount, row);
    await data.interleave();
    return { data, labels, weights };
  } catch (error) {
    await data.close();
    throw error;
  }
}

function refuseRows(expected: number, received: number): never {
  const rule = `must be the number of rows that chunks() gives every time it is called, here ${received}`;
  return invalidArgument(FUNCTION, "rowCount", rule, expected);
}

/** A chunk without its rows of weight 0, and the numbers of those that stay. */
function withoutEmptyRows(chunk: TrainingChunk): TrainingChunk & { readonly rows?: Int32Array } {
  const { vectors, labels, weights } = chunk;
  const isEmpty = (_: unknown, row: number) => weights?.[row] === 0;
  if (weights === undefined || !Array.from(weights).some(isEmpty)) return chunk;
  const rows = Int32Array.from({ length: vectors.rowCount }, (_, row) => row).filter(
    (row) => weights[row] !== 0,
  );
  return {
    vectors: takeVectorRows(vectors, rows),
    labels: Array.from(rows, (row) => labels[row]),
    weights: Array.from(rows, (row) => weights[row]),
    rows,
  };
}

/** What the first pass gathers. */
class Survey {
  private readonly labels: Float64Array;
  private weights: Float64Array | undefined;
  private readonly wanted: Int32Array | undefined;
  private readonly problems = new Problems();
  private facts: { -readonly [Key in keyof FeatureFacts]: FeatureFacts[Key] }[] = [];
  /** Values sampled of each feature so far. */
  private sampled: Float64Array[] = [];
  private taken = 0;
  /** Sampled rows so far, among them those of weight 0. */
  private looked = 0;
  private row = 0;
  /** Rows of weight. */
  private kept = 0;

  constructor(rowCount: number, seed: number) {
    this.labels = new Float64Array(rowCount);
    this.wanted = sampledRows(rowCount, seed);
  }

  add(given: TrainingChunk): void {
    this.checkWeights(given.weights);
    const { vectors, labels, weights, rows } = withoutEmptyRows(given);
    if (this.row === 0) this.begin(vectors, weights !== undefined);
    const { rowCount } = vectors;
    const places = this.placesIn(given.vectors.rowCount, rows);
    vectors.features.forEach((feature, f) => {
      const fact = this.facts[f];
      if (feature.kind === "numeric") {
        fact.hasMissing ||= hasNaN(feature.values);
        for (let i = 0; i < places.length; i++) this.sampled[f][this.taken + i] = feature.values[places[i]];
      } else {
        fact.levelCount = Math.max(fact.levelCount, feature.levels.length);
        const { hasMissing, hasOther } = otherAndMissing(feature);
        fact.hasMissing ||= hasMissing;
        fact.hasOther ||= hasOther;
      }
    });
    for (let i = 0; i < rowCount; i++) this.labels[this.kept + i] = labels[i];
    if (this.weights !== undefined && weights !== undefined) {
      for (let i = 0; i < rowCount; i++) this.weights[this.kept + i] = weights[i];
    }
    this.taken += places.length;
    this.kept += rowCount;
    this.row += given.vectors.rowCount;
  }

  finish(): { facts: readonly FeatureFacts[]; labels: Float64Array; weights: Float64Array | undefined } {
    if (this.row !== this.labels.length) refuseRows(this.labels.length, this.row);
    this.problems.throwIfAny();
    if (this.kept === 0) invalidArgument(FUNCTION, "weights", "must not all be 0", 0);
    const facts = this.facts.map((fact, f) => ({
      ...fact,
      sample: this.sampled[f].subarray(0, this.taken).filter((value) => !Number.isNaN(value)),
    }));
    const weights = this.weights?.subarray(0, this.kept);
    return { facts, labels: this.labels.subarray(0, this.kept), weights };
  }

  /** Here, where rows still have the numbers that the caller knows. */
  private checkWeights(weights: ArrayLike<number> | undefined): void {
    for (let i = 0; weights !== undefined && i < weights.length; i++) {
      if (weights[i] >= 0 && weights[i] < Number.POSITIVE_INFINITY) continue;
      const expected = "must be a finite number ≥ 0";
      this.problems.add(argumentProblem(FUNCTION, `weights[${this.row + i}]`, expected, weights[i]));
    }
  }

  private begin(vectors: Vectors, hasWeights: boolean): void {
    const sampleSize = this.wanted?.length ?? this.labels.length;
    if (hasWeights) this.weights = new Float64Array(this.labels.length);
    this.facts = vectors.features.map((feature) => ({
      name: feature.name,
      kind: feature.kind,
      hasMissing: false,
      hasOther: false,
      sample: new Float64Array(0),
      levelCount: feature.kind === "numeric" ? 0 : feature.levels.length,
    }));
    this.sampled = vectors.features.map(({ kind }) => new Float64Array(kind === "numeric" ? sampleSize : 0));
  }

  /**
   * The rows of the next chunk that belong to the sample, counted within those that are kept.
   * @param rowCount of the chunk as it was given.
   * @param kept the numbers of its rows that are; undefined: all.
   */
  private placesIn(rowCount: number, kept: Int32Array | undefined): Int32Array {
    const all = kept ?? Int32Array.from({ length: rowCount }, (_, row) => row);
    if (this.wanted === undefined) return all.map((_, place) => place);
    const from = this.looked;
    while (this.looked < this.wanted.length && this.wanted[this.looked] < this.row + rowCount) this.looked++;
    const sampled = this.wanted.slice(from, this.looked).map((row) => row - this.row);
    if (kept === undefined) return sampled;
    const placeOf = new Map(Array.from(kept, (row, place) => [row, place]));
    return Int32Array.from(Array.from(sampled).flatMap((row) => placeOf.get(row) ?? []));
  }
}
