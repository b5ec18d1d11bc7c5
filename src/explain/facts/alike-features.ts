import type { Feature, Vectors } from "../../vectors/vectors.js";

/** Rows that are compared; more change hardly any pair. */
const MOST_ROWS = 3000;
/** Features of a stronger association say about the same. */
const LEAST_ASSOCIATION = 0.8;

/**
 * Pairs of features that say about the same: Spearman's rank correlation of numbers beyond ±0.8, the correlation ratio of ranks by
 * category (root of η²), or Cramér's V of two categories. Rows are taken evenly.
 */
export function alikeFeatures({ rowCount, features }: Vectors): [number, number][] {
  const step = Math.max(1, Math.floor(rowCount / MOST_ROWS));
  const rows = Int32Array.from({ length: Math.min(MOST_ROWS, rowCount) }, (_, i) => i * step);
  const sampled = features.map((feature) => sampleOf(feature, rows));
  const alike: [number, number][] = [];
  for (let a = 0; a < sampled.length; a++) {
    for (let b = a + 1; b < sampled.length; b++)
      if (associationOf(sampled[a], sampled[b]) > LEAST_ASSOCIATION) alike.push([a, b]);
  }
  return alike;
}

/** A feature's sample: ranks of mean 0 and length 1 (missing: 0), or codes from 0 on. */
type Sample =
  | { readonly kind: "numeric"; readonly ranks: Float64Array }
  | { readonly kind: "categorical"; readonly codes: Int32Array; readonly count: number };

function sampleOf(feature: Feature, rows: Int32Array): Sample {
  if (feature.kind === "numeric") {
    return { kind: "numeric", ranks: standardRanks(rows.length, (i) => feature.values[rows[i]]) };
  }
  const count = feature.levels.length + 2;
  const codes = Int32Array.from(rows, (row) => (feature.codes[row] < 0 ? count - 1 : feature.codes[row]));
  return { kind: "categorical", codes, count };
}

/** Mean ranks of ties; a feature without any spread is associated with nothing. */
function standardRanks(length: number, valueAt: (i: number) => number): Float64Array {
  const present = Array.from({ length }, (_, i) => i).filter((i) => !Number.isNaN(valueAt(i)));
  present.sort((a, b) => valueAt(a) - valueAt(b));
  const ranks = new Float64Array(length);
  const middle = (present.length - 1) / 2;
  for (let from = 0; from < present.length; ) {
    let to = from;
    while (to < present.length && valueAt(present[to]) === valueAt(present[from])) to++;
    for (let i = from; i < to; i++) ranks[present[i]] = (from + to - 1) / 2 - middle;
    from = to;
  }
  const norm = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0));
  return norm > 0 ? ranks.map((rank) => rank / norm) : ranks;
}

function associationOf(a: Sample, b: Sample): number {
  if (a.kind === "numeric") return b.kind === "numeric" ? correlation(a.ranks, b.ranks) : ratio(b, a.ranks);
  return b.kind === "numeric" ? ratio(a, b.ranks) : cramersV(a, b);
}

/** Own code: sampleRankCorrelation of simple-statistics would rank both features once more for each pair. */
function correlation(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return Math.abs(sum);
}

type CategoricalSample = Extract<Sample, { kind: "categorical" }>;

/** Root of the share of the ranks' variance that lies between categories, adjusted for their number (ε² of Kelley 1935). */
function ratio({ codes, count }: CategoricalSample, ranks: Float64Array): number {
  const sums = new Float64Array(count);
  const rows = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) {
    sums[codes[i]] += ranks[i];
    rows[codes[i]]++;
  }
  const between = sums.reduce(
    (sum, each, code) => sum + (rows[code] > 0 ? (each * each) / rows[code] : 0),
    0,
  );
  const groups = rows.filter((each) => each > 0).length;
  const adjusted = 1 - ((1 - between) * (codes.length - 1)) / Math.max(1, codes.length - groups);
  return groups > 1 && between > 0 ? Math.sqrt(Math.max(0, adjusted)) : 0;
}

/** Cramér's V, corrected for bias (Bergsma 2013). */
function cramersV(a: CategoricalSample, b: CategoricalSample): number {
  const total = a.codes.length;
  const cells = new Int32Array(a.count * b.count);
  const ofA = new Int32Array(a.count);
  const ofB = new Int32Array(b.count);
  for (let i = 0; i < total; i++) {
    cells[a.codes[i] * b.count + b.codes[i]]++;
    ofA[a.codes[i]]++;
    ofB[b.codes[i]]++;
  }
  let chiSquare = 0;
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const expected = (ofA[i] * ofB[j]) / total;
      if (expected > 0) chiSquare += (cells[i * b.count + j] - expected) ** 2 / expected;
    }
  }
  const rows = ofA.filter((each) => each > 0).length;
  const columns = ofB.filter((each) => each > 0).length;
  const phi = Math.max(0, chiSquare / total - ((rows - 1) * (columns - 1)) / (total - 1));
  const least =
    Math.min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1)) - 1;
  return least > 0 ? Math.sqrt(phi / least) : 0;
}
