/** Whether numbers are in ascending order, equal neighbours allowed. */
export function rises(values: ArrayLike<number>, strictly: boolean): boolean {
  for (let i = 1; i < values.length; i++) {
    if (!(values[i] > values[i - 1] || (!strictly && values[i] === values[i - 1]))) return false;
  }
  return true;
}
