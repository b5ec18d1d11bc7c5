import { mean, median, medianAbsoluteDeviation } from "simple-statistics";

/** Median absolute deviations to standard deviations of a normal variable: 1 / normal quantile at ¾. */
const BY_MEDIAN = 1.482602218505602;
/** Mean absolute deviations to standard deviations: √(π / 2). */
const BY_MEAN = 1.2533141373155003;

/** The median, and a standard deviation that a few odd values do not move. */
export interface RobustScale {
  readonly centre: number;
  readonly scale: number;
}

/**
 * By the median absolute deviation (Iglewicz & Hoaglin 1993); where that is 0, as more than half of the values are the same, by the
 * mean absolute deviation from the median. 0 only for equal values and none.
 */
export function robustScale(values: readonly number[]): RobustScale {
  if (values.length === 0) return { centre: 0, scale: 0 };
  const centre = median([...values]);
  const deviation = medianAbsoluteDeviation([...values]);
  if (deviation > 0) return { centre, scale: BY_MEDIAN * deviation };
  return { centre, scale: BY_MEAN * mean(values.map((value) => Math.abs(value - centre))) };
}
