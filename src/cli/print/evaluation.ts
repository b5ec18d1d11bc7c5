import type { Evaluation, EvaluationMetrics } from "../../metrics/evaluate-scores.js";
import type { TierSummary } from "../../tiers/tier-table.js";
import { decimal, percent, range, whole } from "./format.js";
import { textTable } from "./text-table.js";

const METRIC_NAMES: readonly (readonly [keyof EvaluationMetrics, string])[] = [
  ["rocAuc", "ROC AUC"],
  ["averagePrecision", "average precision"],
  ["logLoss", "log loss"],
  ["brierScore", "Brier score"],
  ["expectedCalibrationError", "expected calibration error"],
  ["calibrationSlope", "calibration slope (1 is right)"],
  ["calibrationIntercept", "calibration intercept (0 is right)"],
  ["ks", "Kolmogorov–Smirnov"],
  ["topDecileLift", "top-decile lift"],
];

/** The metrics with their bootstrap intervals. */
export function metricsText({ metrics, level, replicates }: Evaluation): string {
  const rows = METRIC_NAMES.flatMap(([key, name]) => {
    const metric = metrics[key];
    return metric === null ? [] : [[name, decimal(metric.value), range(metric)]];
  });
  return `${textTable(["metric", "value", `${Math.round(level * 100)}% interval`], rows)}\n(intervals: bootstrap, ${replicates} samples)`;
}

/** Lift and gain per tenth of the rows. */
export function decilesText({ deciles }: Evaluation): string {
  return textTable(
    ["tenth", "rows", "mean probability", "churned", "95% interval", "lift", "churners captured"],
    deciles.map((decile) => [
      decile.group,
      whole(decile.n),
      percent(decile.meanScore),
      percent(decile.observedRate),
      range({ low: decile.observedRateLow, high: decile.observedRateHigh }, percent),
      decimal(decile.lift, 2),
      percent(decile.gain),
    ]),
  );
}

export function confusionText({ confusion }: Evaluation): string {
  const { threshold, truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall } =
    confusion;
  const shown = (value: number | null) => (value === null ? "–" : percent(value));
  return [
    textTable(
      [`at probability ≥ ${decimal(threshold)}`, "churned", "stayed"],
      [
        ["flagged", whole(truePositives), whole(falsePositives)],
        ["not flagged", whole(falseNegatives), whole(trueNegatives)],
      ],
    ),
    `precision ${shown(precision)}, recall ${shown(recall)}`,
  ].join("\n");
}

/** The risk tiers with what was observed in them. */
export function tiersText(tiers: readonly TierSummary[]): string {
  return textTable(
    [
      "tier",
      "probability from",
      "rows",
      "share",
      "mean probability",
      "churned",
      "95% interval",
      "lift",
      "churners captured",
    ],
    tiers.map((tier) => [
      tier.tier,
      decimal(tier.from),
      whole(tier.rows),
      percent(tier.share),
      tier.meanProbability === null ? "–" : percent(tier.meanProbability),
      tier.observedRate === null ? "–" : percent(tier.observedRate.value),
      tier.observedRate === null ? "–" : range(tier.observedRate, percent),
      decimal(tier.lift, 2),
      percent(tier.captured),
    ]),
  );
}
