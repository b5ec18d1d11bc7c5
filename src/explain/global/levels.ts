/** The name of a code of a categorical feature; NaN is missing. */
export function levelOf(levels: readonly string[], code: number): string {
  if (Number.isNaN(code)) return "missing";
  return code < levels.length ? levels[code] : "other";
}

/** Codes that occur, the most frequent first, missing ones (NaN) last, with their rows and share. */
export function massesOfCodes(
  codes: Float64Array,
  weights: Float64Array | undefined,
): { readonly code: number; readonly rows: number; readonly share: number }[] {
  const found = new Map<number, { rows: number; mass: number }>();
  let total = 0;
  for (let row = 0; row < codes.length; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    const known = found.get(codes[row]) ?? { rows: 0, mass: 0 };
    known.rows++;
    known.mass += weight;
    found.set(codes[row], known);
    total += weight;
  }
  return [...found]
    .map(([code, { rows, mass }]) => ({ code, rows, share: mass / total }))
    .sort(
      (a, b) =>
        Number(Number.isNaN(a.code)) - Number(Number.isNaN(b.code)) || b.share - a.share || a.code - b.code,
    );
}
