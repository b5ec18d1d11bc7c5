import { normalQuantile } from "../../math/normal-quantile.js";
import type { ClassRows } from "../sample/effective-rows.js";
import type { Separation } from "../sample/separation.js";

/**
 * The score interval of an area under the ROC curve: method 5 of Newcombe (2006), "Confidence intervals for an effect
 * size measure based on the Mann–Whitney statistic. Part 2", Statistics in Medicine 25, 559–573. It holds the areas θ
 * from which the observed one is at most z standard errors away, by the variance of Hanley and McNeil (1982) at θ with
 * (m + n) / 2 in the place of both numbers of rows. Unlike DeLong's, it has width where the area is 0 or 1.
 * @param area in [0, 1]
 * @param rows what each class counts for; at least one.
 */
export function rocAucScoreInterval(
  area: number,
  { positives, negatives }: ClassRows,
  level: number,
): { low: number; high: number } {
  const z = normalQuantile(0.5 + level / 2);
  const others = (positives + negatives) / 2 - 1;
  const errorAt = (theta: number) => {
    const pairs = 1 + (others * (1 - theta)) / (2 - theta) + (others * theta) / (1 + theta);
    return z * Math.sqrt((theta * (1 - theta) * pairs) / (positives * negatives));
  };
  // The error is 0 at both ends: from there to the area, the distance first exceeds it and then does not.
  const limit = (end: number) => {
    let [outside, inside] = [end, area];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (outside + inside) / 2;
      if (Math.abs(area - middle) > errorAt(middle)) outside = middle;
      else inside = middle;
    }
    return inside;
  };
  return { low: limit(0), high: limit(1) };
}

/** The score interval of the area 1 of perfectly separated rows, or of the area 0 of rows in the wrong order. */
export function separatedRocAucInterval(
  separation: Separation,
  rows: ClassRows,
  level: number,
): { low: number; high: number } {
  return rocAucScoreInterval(separation === "right" ? 1 : 0, rows, level);
}
