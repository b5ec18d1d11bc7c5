/** By how much a probability may be above that of the observed table and count as equal: rounding, as in R's fisher.test. */
const RELATIVE_ERROR = 1e-7;

/**
 * Two-sided p-value of Fisher's exact test (1935) that two shares are equal: the probability, with all four sums of the table
 * fixed, of tables that are no more probable than the observed one.
 * @param hits of the first `trials`.
 * @param allHits of `allTrials`, which the first are part of; all whole numbers.
 */
export function fisherExact(hits: number, trials: number, allHits: number, allTrials: number): number {
  const least = Math.max(0, trials + allHits - allTrials);
  const most = Math.min(trials, allHits);
  const mode = Math.min(most, Math.floor(((trials + 1) * (allHits + 1)) / (allTrials + 2)));
  // Probabilities relative to that of the mode, so that no table is lost to underflow but those that do not count.
  const relative = new Float64Array(most - least + 1);
  relative[mode - least] = 1;
  for (let at = mode; at < most; at++) relative[at + 1 - least] = relative[at - least] * ratioAfter(at);
  for (let at = mode; at > least; at--) relative[at - 1 - least] = relative[at - least] / ratioAfter(at - 1);
  const limit = relative[hits - least] * (1 + RELATIVE_ERROR);
  let asExtreme = 0;
  let total = 0;
  for (const each of relative) {
    total += each;
    if (each <= limit) asExtreme += each;
  }
  return Math.min(1, asExtreme / total);

  /** The probability of one hit more, relative to that of so many. */
  function ratioAfter(count: number): number {
    const hit = (trials - count) / (count + 1);
    return hit * ((allHits - count) / (allTrials - trials - allHits + count + 1));
  }
}
