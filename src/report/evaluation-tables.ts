import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import type { SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import { leadsWithInterval, metricParts } from "../metrics/evaluation/shown-metric.js";
import type { MetricDefinition } from "../metrics/metric.js";
import { METRIC_NAMES, metricLabel } from "../metrics/metrics.js";
import { decimal, percent, range, whole } from "../printing/numbers.js";
import type { TableText } from "../printing/text-table.js";
import type { TierSummary } from "../tiers/tier-table.js";
import type { ValueGridCell } from "../tiers/value-grid.js";

/**
 * The metrics with their bootstrap intervals, which come first where there are few churners; the caller's own metrics
 * last; metrics without a value are left out.
 * @param own the caller's own metrics, for their labels; without its definition a metric's name is its label.
 */
export function metricsTable(
  { metrics, positives, level }: Pick<Evaluation, "metrics" | "positives" | "level">,
  own: readonly MetricDefinition[] = [],
): TableText {
  const interval = `${Math.round(level * 100)}% interval`;
  const names = [...new Set([...METRIC_NAMES, ...Object.keys(metrics)])];
  return {
    head: ["metric", ...(leadsWithInterval(positives) ? [interval, "value"] : ["value", interval])],
    rows: names.flatMap((name) => {
      const metric = metrics[name] ?? null;
      return metric === null ? [] : [[metricLabel(name, own), ...metricParts(metric, positives)]];
    }),
  };
}

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
