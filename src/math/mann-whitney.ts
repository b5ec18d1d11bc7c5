import { normalCdf } from "./normal-cdf.js";

/**
 * The two-sided p-value of the Mann–Whitney test that two groups are of one distribution, by the normal approximation with
 * correction for ties and for continuity (Mann and Whitney 1947; Lehmann 1975, section 1.4). 1 where all values are equal.
 * Own code: wilcoxonRankSum of simple-statistics gives the sum of ranks without a p-value, and sorts row objects.
 * @param first how many of the first group have each distinct value, in the order of the values.
 * @param second the same of the second group.
 */
export function mannWhitneyPValue(first: Float64Array, second: Float64Array): number {
  let [firsts, seconds, wins, ties] = [0, 0, 0, 0];
  for (let at = 0; at < first.length; at++) {
    const tied = first[at] + second[at];
    wins += second[at] * (firsts + first[at] / 2);
    firsts += first[at];
    seconds += second[at];
    ties += tied * (tied * tied - 1);
  }
  const all = firsts + seconds;
  const variance = ((firsts * seconds) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (!(variance > 0)) return 1;
  const distance = Math.max(0, Math.abs(wins - (firsts * seconds) / 2) - 0.5);
  return Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance)));
}
