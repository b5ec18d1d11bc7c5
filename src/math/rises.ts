/** Whether numbers rise, strictly or not. */
export function rises(values: readonly number[], strictly: boolean): boolean {
  return values.every(
    (value, i) => i === 0 || value > values[i - 1] || (!strictly && value === values[i - 1]),
  );
}
