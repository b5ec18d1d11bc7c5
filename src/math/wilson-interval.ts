import { normalQuantile } from "./normal-quantile.js";

/**
 * The score interval of a rate observed in `trials` independent trials (Wilson 1927). It stays within [0, 1] and has
 * width even where nothing or everything happened. `trials` above 0 may be a fraction; `level` in (0, 1).
 */
export function wilsonInterval(rate: number, trials: number, level: number): { low: number; high: number } {
  const z = normalQuantile(0.5 + level / 2);
  const shrink = 1 + (z * z) / trials;
  const centre = (rate + (z * z) / (2 * trials)) / shrink;
  const half = (z / shrink) * Math.sqrt((rate * (1 - rate)) / trials + (z / (2 * trials)) ** 2);
  return {
    low: Math.min(rate, Math.max(0, centre - half)),
    high: Math.max(rate, Math.min(1, centre + half)),
  };
}
