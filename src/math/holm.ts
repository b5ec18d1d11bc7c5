/**
 * p-values of several tests adjusted for their number (Holm 1979): if those below α are called significant, the
 * probability of any false positive is at most α. Null where nothing was tested.
 */
export function holmAdjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues
    .flatMap((value, test) => (value === null ? [] : [{ value, test }]))
    .sort((a, b) => a.value - b.value);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  for (const [place, { value, test }] of tested.entries()) {
    largest = Math.max(largest, Math.min(1, (tested.length - place) * value));
    adjusted[test] = largest;
  }
  return adjusted;
}
