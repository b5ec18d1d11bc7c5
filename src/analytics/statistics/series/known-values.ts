/** Values of a series, null where missing. */
export type Series = readonly (number | null)[];

export function isNumber(value: number | null): value is number {
  return value !== null;
}

export function difference(value: number | null, other: number | null): number | null {
  return value === null || other === null ? null : value - other;
}
