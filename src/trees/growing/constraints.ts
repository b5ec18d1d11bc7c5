import { invalidArgument } from "../../errors.js";
import type { BinnedFeature } from "../binning/binned-feature.js";
import { trainingFunction } from "./labels.js";
import type { GrowingSettings } from "./settings.js";

/** Monotone signs and interaction groups, by the position of the feature. */
export interface Constraints {
  /** 1, −1, or 0 for a feature that is free. */
  readonly monotone: Int8Array;
  readonly hasMonotone: boolean;
  /**
   * One byte per feature: whether it is in the group. Without interaction limits there is one group of all features.
   */
  readonly groups: readonly Uint8Array[];
}

/** @throws HoldfastError for a name that is no feature, or a monotone feature that is categorical. */
export function constraintsOf(
  features: readonly BinnedFeature[],
  { objective, monotone, interactions }: GrowingSettings,
): Constraints {
  const functionName = trainingFunction(objective);
  const names = features.map(({ name }) => name);
  const positionOf = (argument: string, name: string) => {
    const position = names.indexOf(name);
    if (position < 0) invalidArgument(functionName, argument, "must name a feature", name);
    return position;
  };
  const signs = new Int8Array(features.length);
  for (const [name, sign] of Object.entries(monotone)) {
    const position = positionOf("monotone", name);
    if (features[position].kind === "categorical") {
      invalidArgument(functionName, "monotone", "must name numeric features", name);
    }
    signs[position] = sign;
  }
  const groups = interactions.map((group) => maskOf(group.map((name) => positionOf("interactions", name))));
  const unnamed = names.map((_, position) => position).filter((p) => groups.every((group) => group[p] === 0));
  if (unnamed.length > 0) groups.push(maskOf(unnamed));
  return { monotone: signs, hasMonotone: signs.some((sign) => sign !== 0), groups };

  function maskOf(positions: readonly number[]): Uint8Array {
    const mask = new Uint8Array(features.length);
    for (const position of positions) mask[position] = 1;
    return mask;
  }
}
