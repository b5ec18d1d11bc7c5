import type { TierSummary } from "./tier-summary.js";
import { isWithin } from "./tier-table.js";

/** Fields that tier tables in model files of the first versions do not have. */
type Later = "churners" | "isCalibrated" | "value" | "capturedValue" | "expectedLoss";

/** A tier summary as it was saved by any version. */
type SavedSummary = Omit<TierSummary, Later | "by"> & { readonly by?: "expectedLoss" | undefined } & {
  readonly [Key in Later]?: TierSummary[Key] | undefined;
};

/** Fills in the fields that later versions added, from the others. Values are not in such a file: null. */
export function completeSummary(saved: SavedSummary): TierSummary {
  const { tier, from, by, rows, share, meanProbability, observedRate, lift, captured } = saved;
  return {
    tier,
    from,
    ...(by === undefined ? {} : { by }),
    rows,
    share,
    meanProbability,
    observedRate,
    isCalibrated: saved.isCalibrated ?? isWithin(meanProbability, observedRate),
    lift,
    churners: saved.churners ?? Math.round((observedRate?.value ?? 0) * rows),
    captured,
    value: saved.value ?? null,
    capturedValue: saved.capturedValue ?? null,
    expectedLoss: saved.expectedLoss ?? null,
  };
}
