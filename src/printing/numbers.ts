/** 7,043 */
export function whole(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** 26.5% */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** 0.8507, or a dash where there is no value. */
export function decimal(value: number | null, digits = 4): string {
  return value === null ? "–" : value.toFixed(digits);
}

/** 0.8414–0.8609 */
export function range(
  { low, high }: { low: number; high: number },
  show: (value: number) => string = decimal,
): string {
  return `${show(low)}–${show(high)}`;
}

/** 0.0041 or -0.0012, never -0.0000 */
export function difference(value: number): string {
  const text = decimal(value);
  return Number(text) === 0 ? decimal(0) : text;
}

/** 1 row, 7,043 rows */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${whole(count)} ${count === 1 ? noun : plural}`;
}

/** 70%, 12.5%: a share that was asked for, with the decimals that it has. */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(6))}%`;
}
