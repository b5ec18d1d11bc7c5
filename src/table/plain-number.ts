const POWERS_OF_TEN = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * A plain decimal number without exponent, read from its bytes; NaN for anything else, which `parseNumber` then
 * decides. Up to 15 digits, digits and power of ten are exact doubles, so their quotient is the double nearest to the
 * decimal (Clinger 1990, "How to read floating point numbers accurately").
 */
export function plainNumber(bytes: Buffer, start: number, end: number): number {
  let p = start;
  const isNegative = bytes[p] === 0x2d;
  if (isNegative) p++;
  if (p >= end) return Number.NaN;
  const first = p;
  let digits = 0;
  let byte = bytes[p];
  while (p < end && byte >= 0x30 && byte <= 0x39) {
    digits = digits * 10 + (byte - 0x30);
    byte = bytes[++p];
  }
  const whole = p - first;
  if (whole === 0 || whole > 15 || (whole > 1 && bytes[first] === 0x30)) return Number.NaN;
  if (p === end) return isNegative ? -digits : digits;
  if (byte !== 0x2e) return Number.NaN;
  const point = p;
  byte = bytes[++p];
  while (p < end && byte >= 0x30 && byte <= 0x39) {
    digits = digits * 10 + (byte - 0x30);
    byte = bytes[++p];
  }
  const fraction = p - point - 1;
  if (p !== end || fraction === 0) return Number.NaN;
  if (whole + fraction > 15) return Number(bytes.toString("latin1", start, end));
  const value = digits / POWERS_OF_TEN[fraction];
  return isNegative ? -value : value;
}
