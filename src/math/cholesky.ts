/**
 * Factors a symmetric positive definite matrix in place: the lower triangle of `matrix` (row-major, `size` × `size`)
 * becomes L with L·Lᵀ = matrix. A direction without curvature (pivot lost to rounding) gets an infinite pivot, so
 * that {@link solveCholesky} leaves it alone.
 * @param leastPivot relative to its place on the diagonal, below which a pivot counts as lost.
 * @returns whether every direction has curvature.
 */
export function factorCholesky(matrix: Float64Array, size: number, leastPivot = 1e-13): boolean {
  let isDefinite = true;
  for (let i = 0; i < size; i++) {
    const rowI = i * size;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * size;
      let sum = matrix[rowI + j];
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k] * matrix[rowJ + k];
      if (i === j) {
        const hasCurvature = sum > leastPivot * matrix[rowI + i];
        matrix[rowI + i] = hasCurvature ? Math.sqrt(sum) : Number.POSITIVE_INFINITY;
        isDefinite &&= hasCurvature;
      } else {
        matrix[rowI + j] = sum / matrix[rowJ + j];
      }
    }
  }
  return isDefinite;
}

/** Solves L·Lᵀ·x = right, in place. */
export function solveCholesky(factor: Float64Array, size: number, right: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= factor[i * size + k] * right[k];
    right[i] = sum / factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i];
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i] * right[k];
    right[i] = sum / factor[i * size + i];
  }
}
