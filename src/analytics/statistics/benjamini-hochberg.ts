/**
 * p-values adjusted for their number by the step-up procedure of Benjamini & Hochberg (1995), often called q: if those up to α
 * are called significant, at most the share α of them is expected to be false. Null where nothing was tested, which does not count.
 * @returns in the order of the p-values; none is below its p-value.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[];
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[];
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues
    .flatMap((value, test) => (value === null ? [] : [{ value, test }]))
    .sort((a, b) => b.value - a.value);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let least = 1;
  for (const [place, { value, test }] of tested.entries()) {
    const rank = tested.length - place;
    // Where they are the same, the quotient is exactly 1.
    least = Math.min(least, value * (tested.length / rank));
    adjusted[test] = least;
  }
  return adjusted;
}
