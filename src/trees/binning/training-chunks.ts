import { invalidArgument } from "../../errors.js";
import type { Pulse } from "../../progress.js";
import type { Vectors } from "../../vectors/vectors.js";
import { type BinningOptions, sampledRows } from "./bin-vectors.js";
import { BinnedData } from "./binned-data.js";
import { type FeatureFacts, hasNaN, otherAndMissing, planBins } from "./binned-feature.js";

/** Some consecutive training rows. */
export interface TrainingChunk {
  /** The same features in every chunk. Later chunks may know more levels, if no row of any chunk is *other*. */
  readonly vectors: Vectors;
  /** One per row: 1 = churned, 0 = stayed. */
  readonly labels: ArrayLike<number>;
  /** One per row, ≥ 0; in all chunks or in none. */
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
  const data = await BinnedData.allocate(source.rowCount, features, columnCount, placing);
  try {
    let row = 0;
    for await (const { vectors } of source.chunks()) {
      if (row + vectors.rowCount > source.rowCount) refuseRows(source.rowCount, row + vectors.rowCount);
      await data.fillChunk(vectors, row, pulse);
      row += vectors.rowCount;
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
  return invalidArgument("gradientBoostingFromChunks", "rowCount", rule, expected);
}

/** What the first pass gathers. */
class Survey {
  private readonly labels: Float64Array;
  private weights: Float64Array | undefined;
  private readonly wanted: Int32Array | undefined;
  private facts: { -readonly [Key in keyof FeatureFacts]: FeatureFacts[Key] }[] = [];
  /** Values sampled of each feature so far. */
  private sampled: Float64Array[] = [];
  private taken = 0;
  private row = 0;

  constructor(rowCount: number, seed: number) {
    this.labels = new Float64Array(rowCount);
    this.wanted = sampledRows(rowCount, seed);
  }

  add({ vectors, labels, weights }: TrainingChunk): void {
    if (this.row === 0) this.begin(vectors, weights !== undefined);
    const { rowCount } = vectors;
    const places = this.placesIn(rowCount);
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
    for (let i = 0; i < rowCount; i++) this.labels[this.row + i] = labels[i];
    if (this.weights !== undefined && weights !== undefined) {
      for (let i = 0; i < rowCount; i++) this.weights[this.row + i] = weights[i];
    }
    this.taken += places.length;
    this.row += rowCount;
  }

  finish(): { facts: readonly FeatureFacts[]; labels: Float64Array; weights: Float64Array | undefined } {
    if (this.row !== this.labels.length) refuseRows(this.labels.length, this.row);
    const facts = this.facts.map((fact, f) => ({
      ...fact,
      sample: this.sampled[f].filter((value) => !Number.isNaN(value)),
    }));
    return { facts, labels: this.labels, weights: this.weights };
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

  /** The rows of the next chunk that belong to the sample, counted within it. */
  private placesIn(rowCount: number): Int32Array {
    if (this.wanted === undefined) return Int32Array.from({ length: rowCount }, (_, row) => row);
    let end = this.taken;
    while (end < this.wanted.length && this.wanted[end] < this.row + rowCount) end++;
    return this.wanted.slice(this.taken, end).map((row) => row - this.row);
  }
}
