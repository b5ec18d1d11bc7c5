import { createRandom, type Random } from "../../../src/random.js";
import type { CategoricalFeature, NumericFeature, Vectors } from "../../../src/vectors/vectors.js";
import { type Columns, NUMERIC_PLANS } from "./columns.js";

/** Rows drawn at a time, each chunk from a separate random stream: the first rows are the same however many follow. */
export const CHUNK_ROWS = 65_536;
const LEVEL_COUNTS = [5, 6, 8, 10, 12, 20, 30, 50, 75, 100];
const CHURN_RATE = 0.08;
const NOISE = 0.6;
/** Slots of the table that levels are drawn from. */
const LEVEL_SLOTS = 4096;

/** One chunk: 30 numeric features, 8 of them with missing values, 10 categorical ones; 1 = churned. */
export interface EngineChunk {
  readonly vectors: Vectors;
  readonly labels: Uint8Array;
}

interface CategoryPlan {
  readonly name: string;
  readonly levels: readonly string[];
  /** A level for each slot, frequent ones more often. */
  readonly slots: Int32Array;
  /** What each level adds to the score. */
  readonly effects: Float64Array;
}

/** Subscribers drawn from a world that the seed determines. */
export class EngineData {
  private readonly categories: readonly CategoryPlan[];
  /** A score above it churns. */
  private readonly threshold: number;

  constructor(private readonly seed = 20_240_917) {
    const random = createRandom(seed, "engine world");
    this.categories = LEVEL_COUNTS.map((count) => categoryPlan(count, random));
    const { scores } = this.draw(createRandom(seed, "engine pilot"), CHUNK_ROWS);
    this.threshold = scores.sort()[Math.floor((1 - CHURN_RATE) * CHUNK_ROWS)];
  }

  /** Rows from the first on, chunk by chunk. */
  *chunks(rowCount: number): Generator<EngineChunk, void, undefined> {
    for (let from = 0; from < rowCount; from += CHUNK_ROWS) {
      const random = createRandom(this.seed, "engine rows", from / CHUNK_ROWS);
      const { vectors, scores } = this.draw(random, Math.min(CHUNK_ROWS, rowCount - from));
      yield { vectors, labels: Uint8Array.from(scores, (score) => (score > this.threshold ? 1 : 0)) };
    }
  }

  private draw(random: Random, rowCount: number): { vectors: Vectors; scores: Float64Array } {
    const columns: Record<string, Float64Array> = {};
    for (const { name, draw } of NUMERIC_PLANS) {
      const values = new Float64Array(rowCount);
      for (let row = 0; row < rowCount; row++) values[row] = draw(random, columns, row);
      columns[name] = values;
    }
    const categorical = this.categories.map(({ name, levels, slots }): CategoricalFeature => {
      const codes = new Int32Array(rowCount);
      for (let row = 0; row < rowCount; row++) codes[row] = slots[random.integer(LEVEL_SLOTS)];
      return { kind: "categorical", name, codes, levels };
    });
    const scores = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      let score = numericScore(columns, row) + mixedScore(columns, categorical, row);
      for (let c = 0; c < categorical.length; c++) {
        score += this.categories[c].effects[categorical[c].codes[row]];
      }
      const uniform = random.next() + 2 ** -33;
      scores[row] = score + NOISE * Math.log(uniform / (1 - uniform));
    }
    const numeric = NUMERIC_PLANS.map(({ name, missing = 0 }): NumericFeature => {
      const values = columns[name];
      if (missing > 0) {
        const tells = name === "recommendation" ? UNASKED : 0;
        for (let row = 0; row < rowCount; row++) {
          if (random.next() >= missing) continue;
          values[row] = Number.NaN;
          scores[row] += tells;
        }
      }
      return { kind: "numeric", name, values };
    });
    return { vectors: { rowCount, features: [...numeric, ...categorical] }, scores };
  }
}

/** Subscribers who were not asked for a recommendation churn a little more: informative missing values. */
const UNASKED = 0.25;

function categoryPlan(count: number, random: Random): CategoryPlan {
  const weights = Float64Array.from(
    { length: count },
    () => -Math.log((1 - random.next()) * (1 - random.next())),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slots = new Int32Array(LEVEL_SLOTS);
  let filled = 0;
  let upTo = 0;
  weights.forEach((weight, level) => {
    upTo += weight;
    const end = Math.round((upTo / total) * LEVEL_SLOTS);
    slots.fill(level, filled, end);
    filled = end;
  });
  const deviation = count < 50 ? 0.45 : 0.35;
  return {
    name: `category${count}`,
    levels: Array.from({ length: count }, (_, level) => `level ${level}`),
    slots,
    effects: Float64Array.from({ length: count }, () => deviation * random.normal()),
  };
}

/** Steps, bends and interactions of two or three columns. Flat, because it runs once per row. */
function numericScore(columns: Columns, row: number): number {
  const tenure = columns.tenureMonths[row];
  const fee = columns.monthlyFee[row];
  const usage = columns.usage[row];
  const satisfaction = columns.satisfaction[row];
  const load = columns.networkLoad[row];
  let score = -0.9 * Math.log1p(tenure / 6) + (tenure < 4 ? 1.2 : 0);
  score += (tenure > 12 ? 0.5 * Math.sin(fee / 25) : 0) + 0.006 * (fee - 70);
  if (usage < 0.74 * columns.usageOneMonthAgo[row]) score += 1.1;
  if (usage > 1.49 * columns.usageTwoMonthsAgo[row]) score -= 0.7;
  score += 0.55 * Math.min(columns.complaints[row], 4) * (satisfaction < 0.6 ? 1.5 : 1);
  score += 0.35 * Math.min(columns.latePayments[row], 5);
  score -= 0.12 * (columns.recommendation[row] - 5) + 1.5 * (satisfaction - 0.7);
  if (columns.income[row] < 40_000) score += 0.3 * Math.tanh((45 - columns.age[row]) / 12);
  score += 0.4 * columns.signalQuality[row] * (columns.engagement[row] > 0.3 ? load : 0);
  score += 0.25 * load - (columns.balance[row] < 0 ? 0.4 : 0);
  score -= columns.contractMonthsLeft[row] > 3 ? 0.8 : 0;
  return score + (columns.droppedCallShare[row] > 0.12 && columns.calls[row] > 5 ? 0.6 : 0);
}

/** Interactions of a category and a number. */
function mixedScore(columns: Columns, categorical: readonly CategoricalFeature[], row: number): number {
  let score = categorical[0].codes[row] === 1 && columns.monthlyFee[row] > 90 ? 0.8 : 0;
  if (categorical[3].codes[row] > 6 && columns.calls[row] > 6) score -= 0.6;
  if (categorical[5].codes[row] % 3 === 0) score += 0.02 * (columns.deviceAgeMonths[row] - 18);
  return score;
}
