import { counted, decimal, percent, range, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { type TableText, textTable } from "../../printing/text-table.js";
import type { TierSummary } from "./tier-summary.js";

/** The risk tiers with what was observed in them; money where values were given. */
export function tiersTable(tiers: readonly TierSummary[]): TableText {
  const isMoney = tiers.some(({ by }) => by === "expectedLoss");
  const hasValues = tiers.some(({ value }) => value !== null);
  const isFlagged = tiers.some(({ isCalibrated }) => isCalibrated === false);
  return {
    head: [
      "tier",
      isMoney ? "expected loss from" : "probability from",
      "rows",
      "share",
      "mean probability",
      "churned",
      "95% interval",
      "lift",
      "churners captured",
      ...(hasValues ? ["value", "value of churners", "expected loss"] : []),
      ...(isFlagged ? [""] : []),
    ],
    rows: tiers.map((tier) => [
      tier.tier,
      decimal(tier.from, isMoney ? 2 : 4),
      whole(tier.rows),
      percent(tier.share),
      tier.meanProbability === null ? "–" : percent(tier.meanProbability),
      tier.observedRate === null ? "–" : percent(tier.observedRate.value),
      tier.observedRate === null ? "–" : range(tier.observedRate, percent),
      decimal(tier.lift, 2),
      percent(tier.captured),
      ...(hasValues ? [tier.value, tier.capturedValue, tier.expectedLoss].map((sum) => whole(sum ?? 0)) : []),
      ...(isFlagged ? [tier.isCalibrated === false ? "not calibrated" : ""] : []),
    ]),
  };
}

/** A table of tiers as text, and as a table in notebooks. */
export const PRINTED_TIERS: Printed<readonly TierSummary[]> = {
  lines: (tiers) => {
    const { head, rows } = tiersTable(tiers);
    return textTable(head, rows).split("\n");
  },
  short: (tiers) => `Tiers ${counted(tiers.length, "tier")}`,
  parts: (tiers) => [tiersTable(tiers)],
};
