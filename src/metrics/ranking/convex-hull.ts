/**
 * The edges of a ROC convex hull, steepest first: each is a run of neighbouring scores, with the weight of churners and
 * of others in it. The share of churners falls strictly from edge to edge.
 */
export interface HullEdges {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/**
 * The ROC convex hull of the weights of churners and others at falling scores (Provost and Fawcett 2001): only at its
 * corners can a threshold be best, whatever the costs. Collinear edges are one edge, scores without weight are in none.
 */
export function rocConvexHull(positives: Float64Array, negatives: Float64Array): HullEdges {
  const edgePositives: number[] = [];
  const edgeNegatives: number[] = [];
  // Counted apart from the arrays: push and pop take a quarter longer.
  let edges = 0;
  for (let i = 0; i < positives.length; i++) {
    let positive = positives[i];
    let negative = negatives[i];
    if (positive + negative === 0) continue;
    // An edge as steep as the one before it, or steeper, and that one make one edge.
    while (edges > 0 && positive * edgeNegatives[edges - 1] >= negative * edgePositives[edges - 1]) {
      edges--;
      positive += edgePositives[edges];
      negative += edgeNegatives[edges];
    }
    edgePositives[edges] = positive;
    edgeNegatives[edges] = negative;
    edges++;
  }
  return { positives: edgePositives.slice(0, edges), negatives: edgeNegatives.slice(0, edges) };
}
