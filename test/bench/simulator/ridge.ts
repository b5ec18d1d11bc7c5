/**
 * The weights of a ridge regression on standardised features (Hoerl and Kennard 1970), by conjugate gradients.
 * @param rows on which it is trained.
 * @param penalty on the square of each weight, per row.
 */
export function ridge(
  features: readonly Float64Array[],
  targets: readonly number[],
  rows: readonly number[],
  penalty: number,
): Float64Array {
  const mean = rows.reduce((sum, row) => sum + targets[row], 0) / rows.length;
  const product = (weights: Float64Array): Float64Array => {
    const fitted = new Float64Array(rows.length);
    features.forEach((values, f) => {
      for (let i = 0; i < rows.length; i++) fitted[i] += weights[f] * values[rows[i]];
    });
    return Float64Array.from(features, (values, f) => {
      let sum = penalty * rows.length * weights[f];
      for (let i = 0; i < rows.length; i++) sum += values[rows[i]] * fitted[i];
      return sum;
    });
  };
  const weights = new Float64Array(features.length);
  const residual = Float64Array.from(features, (values) =>
    rows.reduce((sum, row) => sum + values[row] * (targets[row] - mean), 0),
  );
  const direction = residual.slice();
  let squared = dot(residual, residual);
  const enough = squared * 1e-12;
  for (let step = 0; step < 4 * features.length && squared > enough; step++) {
    const image = product(direction);
    const length = squared / dot(direction, image);
    weights.forEach((_, f) => {
      weights[f] += length * direction[f];
      residual[f] -= length * image[f];
    });
    const next = dot(residual, residual);
    direction.forEach((_, f) => {
      direction[f] = residual[f] + (next / squared) * direction[f];
    });
    squared = next;
  }
  return weights;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
