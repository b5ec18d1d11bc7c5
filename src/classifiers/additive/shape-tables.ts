import type { Vectors } from "../../vectors/vectors.js";
import type { Axis } from "./axis.js";
import type { FittedAdditive, ShapeTerm } from "./fitted-additive.js";

/** One bin of a shape function. */
export interface ShapeRow {
  /** Numeric: `from < value ≤ to`; −Infinity and Infinity at the ends. Null for categories and missing values. */
  readonly from: number | null;
  readonly to: number | null;
  /** A category, `"other"` or `"missing"`; null for numeric bins. */
  readonly level: string | null;
  /** What the bin adds to the log-odds of churn, compared with the average subscriber. */
  readonly effect: number;
  /** Its 95% interval; null where the model has no standard errors. */
  readonly low: number | null;
  readonly high: number | null;
  /** The share of training rows in the bin. */
  readonly share: number;
}

/** The shape function of one feature. */
export interface ShapeTable {
  readonly feature: string;
  readonly kind: "numeric" | "categorical";
  /** Mean absolute effect over the training rows: how much the feature matters. */
  readonly importance: number;
  readonly rows: readonly ShapeRow[];
}

/** The normal quantile of a 95% interval. */
const NORMAL_QUANTILE = 1.959964;

/**
 * The shape functions of an additive model as plain tables, the most important first, readable without
 * the model. Categories and missing values without a training row are left out.
 * @param features with the names and levels that the model was trained with: vectors, or an object with their
 * `features`.
 * @example shapeTables(model, vectors)[0].rows // [{ from: -Infinity, to: 1.5, effect: 1.21, low: 1.05, high: 1.37, … }, …]
 */
export function shapeTables(model: FittedAdditive, { features }: Pick<Vectors, "features">): ShapeTable[] {
  return model
    .toJSON()
    .shapes.map((shape): ShapeTable => {
      const { axis, effects, shares } = shape;
      const feature = features[axis.feature];
      return {
        feature: feature.name,
        kind: feature.kind,
        importance: effects.reduce((sum, effect, b) => sum + Math.abs(effect) * shares[b], 0),
        rows: effects.flatMap((_, b) =>
          rowOf(shape, b, feature.kind === "categorical" ? feature.levels : []),
        ),
      };
    })
    .sort((a, b) => b.importance - a.importance);
}

function rowOf(
  { axis, effects, errors, shares }: ShapeTerm,
  bin: number,
  levels: readonly string[],
): ShapeRow[] {
  const place = placeOf(axis, bin, levels);
  if (place.level !== null && shares[bin] === 0) return [];
  const effect = effects[bin];
  const half = errors === null ? undefined : NORMAL_QUANTILE * errors[bin];
  return [
    {
      ...place,
      effect,
      low: half === undefined ? null : effect - half,
      high: half === undefined ? null : effect + half,
      share: shares[bin],
    },
  ];
}

function placeOf(
  axis: Axis,
  bin: number,
  levels: readonly string[],
): Pick<ShapeRow, "from" | "to" | "level"> {
  if (axis.kind === "categorical") {
    const code = axis.binOfCode.indexOf(bin);
    const level = code < levels.length ? levels[code] : code === levels.length ? "other" : "missing";
    return { from: null, to: null, level };
  }
  const { cuts } = axis;
  if (bin > cuts.length) return { from: null, to: null, level: "missing" };
  const from = bin === 0 ? Number.NEGATIVE_INFINITY : cuts[bin - 1];
  return { from, to: bin === cuts.length ? Number.POSITIVE_INFINITY : cuts[bin], level: null };
}
