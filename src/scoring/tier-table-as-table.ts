import { createTable, type Table } from "../table/table.js";
import type { TierSummary } from "../tiers/summary/tier-summary.js";
import { checkSummaries } from "./check-summaries.js";

/**
 * A tier table as a {@link Table}, one row per tier, the highest first, to be written to a file or a database: `tier`,
 * `from`, `by` (`probability` or `expectedLoss`, the quantity that `from` is a limit on), `rows`, `share`,
 * `mean_probability`, `observed_rate` with `observed_rate_low` and `observed_rate_high`, `lift`, `churners`, `captured`,
 * `is_calibrated` (true, false or missing), and `value`, `captured_value`, `expected_loss` (missing where no values were
 * given).
 * @example await writeTable(tierTableAsTable(model.training.tierTable), "tiers.csv")
 * @throws HoldfastError for what is something else.
 */
export function tierTableAsTable(tiers: readonly TierSummary[]): Table {
  checkSummaries("tierTableAsTable", "tiers", tiers, {
    member: "tierTable",
    expected: "must be a tier table",
  });
  const numeric = (name: string, numberOf: (tier: TierSummary) => number | null) => ({
    kind: "numeric" as const,
    name,
    values: Float64Array.from(tiers, (tier) => numberOf(tier) ?? Number.NaN),
  });
  return createTable([
    { kind: "text", name: "tier", values: tiers.map(({ tier }) => tier) },
    numeric("from", ({ from }) => from),
    // One table may hold tiers with limits on money and tiers with limits on probability.
    { kind: "text", name: "by", values: tiers.map(({ by }) => by ?? "probability") },
    numeric("rows", ({ rows }) => rows),
    numeric("share", ({ share }) => share),
    numeric("mean_probability", ({ meanProbability }) => meanProbability),
    numeric("observed_rate", ({ observedRate }) => observedRate?.value ?? null),
    numeric("observed_rate_low", ({ observedRate }) => observedRate?.low ?? null),
    numeric("observed_rate_high", ({ observedRate }) => observedRate?.high ?? null),
    numeric("lift", ({ lift }) => lift),
    numeric("churners", ({ churners }) => churners),
    numeric("captured", ({ captured }) => captured),
    {
      kind: "text",
      name: "is_calibrated",
      values: tiers.map(({ isCalibrated }) => (isCalibrated === null ? null : String(isCalibrated))),
    },
    numeric("value", ({ value }) => value),
    numeric("captured_value", ({ capturedValue }) => capturedValue),
    numeric("expected_loss", ({ expectedLoss }) => expectedLoss),
  ]);
}
