import { isWithin, type TierSummary } from "./tier-table.js";

/** What model files of the first versions do not have in their tier tables. */
type Later = "churners" | "isCalibrated" | "value" | "capturedValue" | "expectedLoss";

/** A tier summary as it was saved by any version. */
type SavedSummary = Omit<TierSummary, Later | "by"> & { readonly by?: "expectedLoss" | undefined } & {
  readonly [Key in Later]?: TierSummary[Key] | undefined;
};

/** Fills in what later versions know of a tier, from what the file says. The values of its day are not in the file: null. */
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
