import { shared } from "../workers/shared.js";
import type { Vectors } from "./vectors.js";

/** The same vectors in memory that every thread sees. */
export function sharedVectors({ rowCount, features }: Vectors): Vectors {
  return {
    rowCount,
    features: features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: shared(feature.values) }
        : { ...feature, codes: shared(feature.codes) },
    ),
  };
}
