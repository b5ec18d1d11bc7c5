/**
 * A float of 32 bits as the shortest decimal that means it, as text has it: 0.1, and not 0.10000000149011612. Infinite and
 * missing ones stay as they are.
 */
export function shortestOf(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
