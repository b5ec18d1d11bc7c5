import { type MakeExplainer, meanOverBackground } from "../explainer.js";
import { binCountOf, binOf } from "./axis.js";
import type { AdditiveJson, FittedAdditive } from "./fitted-additive.js";

/** Shapes as they are, each beyond its mean; what a pair adds is halved between its two features. */
export const explainAdditive: MakeExplainer = (model, width, background) => {
  const json = (model as FittedAdditive).toJSON();
  const { shapes, pairs, intercept } = json;
  const shapeAt = (s: number, rows: Float64Array, from: number) => {
    const { axis, effects } = shapes[s];
    return effects[binOf(axis, rows[from + axis.feature])];
  };
  const widths = pairs.map(({ axes }) => binCountOf(axes[1]));
  /** The effect of a pair, its first feature from one row and its second from another. */
  const pairAt = (p: number, one: Float64Array, first: number, other: Float64Array, second: number) => {
    const { axes, effects } = pairs[p];
    const bin = binOf(axes[0], one[first + axes[0].feature]);
    return effects[bin * widths[p] + binOf(axes[1], other[second + axes[1].feature])];
  };
  const compared = background?.rows;
  const meanOf = (effectAt: (from: number) => number) =>
    background === undefined ? 0 : meanOverBackground(background, effectAt);
  const means =
    compared === undefined
      ? trainingMeans(json)
      : shapes.map((_, s) => meanOf((from) => shapeAt(s, compared, from)));
  const pairMeans =
    compared === undefined
      ? pairs.map(() => 0)
      : pairs.map((_, p) => meanOf((from) => pairAt(p, compared, from, compared, from)));
  return {
    baseValue: [...means, ...pairMeans].reduce((sum, mean) => sum + mean, intercept),
    add(rows, rowCount, weight, into) {
      for (let row = 0, from = 0; row < rowCount; row++, from += width) {
        for (let s = 0; s < shapes.length; s++)
          into[from + shapes[s].axis.feature] += weight * (shapeAt(s, rows, from) - means[s]);
        for (let p = 0; p < pairs.length; p++) {
          const [first, second] = pairs[p].axes;
          const whole = pairAt(p, rows, from, rows, from);
          let ofFirst = whole / 2;
          if (compared !== undefined) {
            // The mean of what the feature changes, the other one being the row's and being the background's.
            const alone = meanOf(
              (b) => pairAt(p, rows, from, compared, b) - pairAt(p, compared, b, rows, from),
            );
            ofFirst = (whole - pairMeans[p] + alone) / 2;
          }
          into[from + first.feature] += weight * ofFirst;
          into[from + second.feature] += weight * (whole - pairMeans[p] - ofFirst);
        }
      }
    },
  };
};

/** The mean effect of each shape over the training rows: 0 up to rounding, as shapes are centred. */
function trainingMeans({ shapes }: AdditiveJson): number[] {
  return shapes.map(({ effects, shares }) => effects.reduce((sum, effect, b) => sum + effect * shares[b], 0));
}
