/**
 * The mean of some values, and its standard error from their spread; 0 for a single value. Own code: for one mean
 * `holdfast/classifiers` would load simple-statistics (10 ms), whose variance has other last digits.
 */
export function meanAndError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length);
  return { mean, error };
}
