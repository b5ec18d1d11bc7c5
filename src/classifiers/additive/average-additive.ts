import { binCountOf } from "./axis.js";
import { FittedAdditive, type PairTerm } from "./fitted-additive.js";

/**
 * The mean of additive models of one binning: one additive model whose margin is the mean of theirs. Each effect's standard
 * error comes from the spread of the models, each trained without one fold of the rows: the delete-a-group jackknife,
 * `(K − 1)/K · Σ (effect_k − mean)²` (Kott 2001), over all repeats of cross-fitting.
 * @param foldCount K; undefined: the models are not fold models, and there are no standard errors.
 * @returns undefined where the models' bins differ.
 */
export function averageAdditive(
  models: readonly FittedAdditive[],
  foldCount?: number,
): FittedAdditive | undefined {
  const jsons = models.map((model) => model.toJSON());
  const [first] = jsons;
  const axesOf = (json: typeof first) => JSON.stringify(json.shapes.map(({ axis }) => axis));
  const axes = axesOf(first);
  if (jsons.some((json) => axesOf(json) !== axes)) return undefined;
  const mean = (of: (json: typeof first) => number) =>
    jsons.reduce((sum, json) => sum + of(json), 0) / jsons.length;
  const shapes = first.shapes.map(({ axis, effects, shares }, s) => {
    const means = effects.map((_, b) => mean(({ shapes }) => shapes[s].effects[b]));
    const errorOf = (b: number) =>
      Math.sqrt(((foldCount ?? 1) - 1) * mean(({ shapes }) => (shapes[s].effects[b] - means[b]) ** 2));
    return {
      axis,
      effects: means,
      errors: foldCount === undefined ? null : means.map((_, b) => errorOf(b)),
      shares: shares.map((_, b) => mean(({ shapes }) => shapes[s].shares[b])),
    };
  });
  return new FittedAdditive({
    family: "additive",
    intercept: mean(({ intercept }) => intercept),
    shapes,
    pairs: pairsOf(jsons.map(({ pairs }) => pairs)),
  });
}

/** Every pair that any model has; it counts as 0 in models without it. */
function pairsOf(ofModels: readonly (readonly PairTerm[])[]): PairTerm[] {
  const sums = new Map<string, { axes: PairTerm["axes"]; effects: Float64Array }>();
  for (const pair of ofModels.flat()) {
    const key = JSON.stringify(pair.axes);
    const cells = binCountOf(pair.axes[0]) * binCountOf(pair.axes[1]);
    const sum = sums.get(key) ?? { axes: pair.axes, effects: new Float64Array(cells) };
    for (let c = 0; c < cells; c++) sum.effects[c] += pair.effects[c] / ofModels.length;
    sums.set(key, sum);
  }
  const order = (axes: PairTerm["axes"]) => axes[0].feature * 1e6 + axes[1].feature;
  return [...sums.values()]
    .sort((a, b) => order(a.axes) - order(b.axes))
    .map(({ axes, effects }) => ({ axes, effects: Array.from(effects) }));
}
