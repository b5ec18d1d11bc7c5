import type { BoostingSettings } from "../../src/classifiers/boosting/options.js";
import { invalidArgument } from "../../src/errors.js";
import type { Feature } from "../../src/vectors/vectors.js";
import type { Bounds } from "./gain.js";

export type MonotoneSign = -1 | 0 | 1;

export interface Constraints {
  /** Whether any feature is monotone: then all gains are computed with values kept in bounds. */
  readonly isMonotone: boolean;
  /** One sign per feature. */
  readonly signs: readonly MonotoneSign[];
  /** Feature indices that may occur together on a path; empty where all may. */
  readonly groups: readonly ReadonlySet<number>[];
}

/** The constraints by feature index. @throws HoldfastError when one names an unknown or a monotone categorical one. */
export function constraintsOf(features: readonly Feature[], settings: BoostingSettings): Constraints {
  const { monotone, interactions } = settings;
  const indexOf = (argument: string, name: string) => {
    const index = features.findIndex((feature) => feature.name === name);
    if (index < 0) invalidArgument("referenceBoost", argument, "must name a feature", name);
    return index;
  };
  const signs = new Array<MonotoneSign>(features.length).fill(0);
  for (const [name, sign] of Object.entries(monotone)) {
    const index = indexOf("monotone", name);
    if (features[index].kind !== "numeric") {
      invalidArgument("referenceBoost", "monotone", "must name numeric features", name);
    }
    signs[index] = sign;
  }
  const named = interactions.map((group) => new Set(group.map((name) => indexOf("interactions", name))));
  const unnamed = new Set([...features.keys()].filter((index) => !named.some((group) => group.has(index))));
  const groups = named.length > 0 && unnamed.size > 0 ? [...named, unnamed] : named;
  return { isMonotone: signs.some((sign) => sign !== 0), signs, groups };
}

/** Whether a node may split on a feature, given the features used on its path: some group must hold them all. */
export function mayMeet({ groups }: Constraints, used: ReadonlySet<number>, feature: number): boolean {
  if (groups.length === 0) return true;
  return groups.some((group) => group.has(feature) && [...used].every((other) => group.has(other)));
}

/**
 * The bounds of the left and the right child: those of the node, and where the split's feature is monotone, the middle
 * of the two children's values between them, so that no later split can turn their order.
 */
export function childBounds(
  bounds: Bounds,
  sign: MonotoneSign,
  leftValue: number,
  rightValue: number,
): { left: Bounds; right: Bounds } {
  if (sign === 0) return { left: bounds, right: bounds };
  const middle = (leftValue + rightValue) / 2;
  const below = { ...bounds, upper: middle };
  const above = { ...bounds, lower: middle };
  return sign > 0 ? { left: below, right: above } : { left: above, right: below };
}
