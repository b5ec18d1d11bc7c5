import { count, invalidArgument } from "../../errors.js";
import { checkVectors } from "../../vectors/check-vectors.js";
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
 * @throws HoldfastError for another model than an additive one, and for features that it was not trained with.
 */
export function shapeTables(model: FittedAdditive, vectors: Pick<Vectors, "features">): ShapeTable[] {
  checkAdditive(model);
  const { features } = checkedFeatures(model, vectors);
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

/** @throws HoldfastError for anything but a trained additive model. */
function checkAdditive(model: unknown): void {
  const { toJSON, fit, then, predictOne } = (model ?? {}) as Readonly<Record<string, unknown>>;
  const fitted = "await additiveModel().fit(vectors, labels)";
  const refuse = (instead: string, hint: string, received?: unknown): never =>
    invalidArgument("shapeTables", "model", `must be a trained additive model${instead}`, received, hint);
  if (typeof then === "function") refuse(", not a promise of one", "await it first");
  if (typeof predictOne === "function") refuse(", not a ChurnModel", `train one with ${fitted}`);
  if (typeof fit === "function") refuse(", not one to train", `train it with ${fitted}`);
  const json = typeof toJSON === "function" ? (model as FittedAdditive).toJSON() : undefined;
  if (json?.family === "additive") return;
  const instead =
    model === undefined ? ", not undefined" : json === undefined ? "" : `, not one of ${json.family}`;
  refuse(instead, `train one with ${fitted}`, json === undefined ? model : undefined);
}

/** @throws HoldfastError for anything but the features that the model was trained with. */
function checkedFeatures(model: FittedAdditive, vectors: unknown): Pick<Vectors, "features"> {
  const { features } = (vectors ?? {}) as { readonly features?: unknown };
  if (!Array.isArray(features)) checkVectors("shapeTables", "vectors", vectors);
  const needed = 1 + model.toJSON().shapes.reduce((most, { axis }) => Math.max(most, axis.feature), -1);
  const given = (features as Vectors["features"]).length;
  if (given < needed) {
    const expected = `must have the ${count(needed, "feature")} that the model was trained with`;
    invalidArgument("shapeTables", "vectors", expected, given);
  }
  return vectors as Pick<Vectors, "features">;
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
