import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import type { SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import { decimal, percent, range, whole } from "../printing/numbers.js";
import type { TableText } from "../printing/text-table.js";
import type { ValueGridCell } from "../tiers/summary/value-grid.js";

/** Lift and gain per tenth of the rows. */
export function decilesTable({ deciles }: Pick<Evaluation, "deciles">): TableText {
  return {
    head: ["tenth", "rows", "mean probability", "churned", "95% interval", "lift", "churners captured"],
    rows: deciles.map((decile) => [
      decile.group,
      whole(decile.n),
      percent(decile.meanScore),
      percent(decile.observedRate),
      range({ low: decile.observedRateLow, high: decile.observedRateHigh }, percent),
      decimal(decile.lift, 2),
      percent(decile.gain),
    ]),
  };
}

export function confusionTable({ confusion }: Pick<Evaluation, "confusion">): TableText {
  const { threshold, truePositives, falsePositives, trueNegatives, falseNegatives } = confusion;
  return {
    head: [`at probability ≥ ${decimal(threshold)}`, "churned", "stayed"],
    rows: [
      ["flagged", whole(truePositives), whole(falsePositives)],
      ["not flagged", whole(falseNegatives), whole(trueNegatives)],
    ],
  };
}

/** Risk tiers down, value bands across: how many subscribers, and the expected loss. */
export function valueGridTable(cells: readonly ValueGridCell[]): TableText {
  const bands = [...new Set(cells.map(({ band }) => band))];
  const tiers = [...new Set(cells.map(({ tier }) => tier))];
  const cellOf = (tier: string, band: string) =>
    cells.find((cell) => cell.tier === tier && cell.band === band);
  return {
    head: ["tier", ...bands.flatMap((band) => [band, "expected loss"])],
    rows: tiers.map((tier) => [
      tier,
      ...bands.flatMap((band) => {
        const cell = cellOf(tier, band);
        return cell === undefined ? ["–", "–"] : [whole(cell.rows), whole(cell.expectedLoss)];
      }),
    ]),
  };
}

/** Segments in the order of `evaluateSegments`: those that are off beyond chance first. */
export function segmentsTable(segments: readonly SegmentEvaluation[]): TableText {
  return {
    head: ["segment", "rows", "mean probability", "churned", "95% interval", "ROC AUC", "95% interval", ""],
    rows: segments.map((each) => [
      `${each.by}: ${each.segment ?? "(missing)"}`,
      whole(each.rows),
      percent(each.meanProbability),
      percent(each.observedRate.value),
      range(each.observedRate, percent),
      decimal(each.rocAuc?.value ?? null),
      each.rocAuc === null ? "–" : range(each.rocAuc),
      verdictOf(each),
    ]),
  };
}

function verdictOf({ isMiscalibrated, isRankedWorse, meanProbability, observedRate }: SegmentEvaluation) {
  const found = [
    ...(isMiscalibrated
      ? [meanProbability > observedRate.value ? "predicted too high" : "predicted too low"]
      : []),
    ...(isRankedWorse ? ["ranked worse than the others"] : []),
  ];
  return found.join(", ");
}
