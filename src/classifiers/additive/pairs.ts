/** A feature as pairs see it: coarse bins. */
export interface CoarseFeature {
  /** Its place among the features. */
  readonly position: number;
  readonly binCount: number;
  /** The coarse bin of every row; rows that are held out have no derivatives. */
  readonly bins: Uint8Array | Uint16Array;
}

export interface DetectedPair {
  readonly first: CoarseFeature;
  readonly second: CoarseFeature;
  /** By how many standard deviations the pair's residuals exceed chance. */
  readonly score: number;
}

/**
 * Pairs of features whose cells still hold residuals after the single features are fitted, the strongest first. Without
 * an interaction `Σ G²/H` over the cells is about χ² with a degree of freedom for each cell beyond the margins; the
 * score is the excess over its mean in standard deviations (a score test; FAST of Lou et al. 2013 searches the best of
 * four quadrants).
 */
export function detectPairs(
  features: readonly CoarseFeature[],
  gradients: Float64Array,
  hessians: Float64Array,
  mayMeet: (first: number, second: number) => boolean,
): DetectedPair[] {
  const pairs: DetectedPair[] = [];
  const widest = Math.max(0, ...features.map(({ binCount }) => binCount));
  const gradient = new Float64Array(widest * widest);
  const hessian = new Float64Array(widest * widest);
  for (const [f, first] of features.entries()) {
    for (const second of features.slice(f + 1)) {
      if (!mayMeet(first.position, second.position)) continue;
      gradient.fill(0);
      hessian.fill(0);
      const width = second.binCount;
      for (let i = 0; i < gradients.length; i++) {
        const cell = first.bins[i] * width + second.bins[i];
        gradient[cell] += gradients[i];
        hessian[cell] += hessians[i];
      }
      const score = scoreOf(gradient, hessian, first.binCount, width);
      pairs.push({ first, second, score });
    }
  }
  return pairs.sort((a, b) => b.score - a.score);
}

/** Cells with less information than this are left out: the normal approximation does not hold for them. */
const LEAST_HESSIAN = 1;

function scoreOf(gradient: Float64Array, hessian: Float64Array, rows: number, columns: number): number {
  let chiSquare = 0;
  let cells = 0;
  for (let cell = 0; cell < rows * columns; cell++) {
    if (hessian[cell] < LEAST_HESSIAN) continue;
    chiSquare += gradient[cell] ** 2 / hessian[cell];
    cells++;
  }
  const freedom = cells - rows - columns + 1;
  return freedom > 0 ? (chiSquare - freedom) / Math.sqrt(2 * freedom) : 0;
}
