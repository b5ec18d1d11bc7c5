/** Whether numbers are in ascending order, equal neighbours allowed. */
export function rises(values: readonly number[], strictly: boolean): boolean {
  return values.every(
    (value, i) => i === 0 || value > values[i - 1] || (!strictly && value === values[i - 1]),
  );
}
