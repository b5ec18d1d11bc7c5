/** Nodes and weights of a quadrature on [0, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const made = new Map<number, Quadrature>();

/**
 * Gauss-Legendre quadrature of `count` nodes, exact for polynomials up to degree 2·count − 1. Newton's method on Legendre
 * polynomials from Chebyshev-like starts (Press et al. 2007, Numerical Recipes, section 4.6).
 */
export function gaussLegendre(count: number): Quadrature {
  const known = made.get(count) ?? quadratureOf(count);
  made.set(count, known);
  return known;
}

function quadratureOf(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 100; step++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      const next = x - value / derivative;
      const isDone = Math.abs(next - x) < 1e-16;
      x = next;
      if (isDone) break;
    }
    slope = legendre(count, x).derivative;
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** A Legendre polynomial and its derivative, by the recurrence of three terms. */
function legendre(degree: number, x: number): { readonly value: number; readonly derivative: number } {
  let value = 1;
  let before = 0;
  for (let j = 0; j < degree; j++) {
    const next = ((2 * j + 1) * x * value - j * before) / (j + 1);
    before = value;
    value = next;
  }
  return { value, derivative: (degree * (x * value - before)) / (x * x - 1) };
}
