import { counted, decimal, range, whole } from "../../printing/numbers.js";
import type { Backtest, MetricAgainstTraining } from "./result.js";

/** Chance alone puts this share of the differences outside of their 95% intervals. */
const OUTSIDE_BY_CHANCE = 0.05;

/** How it would have done, beside what training reported. */
export function sentenceOf({ months, overall }: Omit<Backtest, "sentence">): string {
  const { evaluation, againstTraining } = overall;
  const scored = `${counted(months.length, "month")} scored by models that were trained on what was known before`;
  if (evaluation === null) return `${scored}: no metric, as all rows have one label.`;
  const { rocAuc, logLoss } = evaluation.metrics;
  const figures = [
    `ROC AUC ${decimal(rocAuc.value)} (${range(rocAuc)})${besideReported(againstTraining.rocAuc)}`,
    `log loss ${decimal(logLoss.value)} (${range(logLoss)})${besideReported(againstTraining.logLoss)}`,
  ];
  const all = months.flatMap((month) => Object.values(month.againstTraining));
  const outside = all.filter(({ verdict }) => verdict !== "within").length;
  const byChance = Math.round(OUTSIDE_BY_CHANCE * all.length);
  return `${scored}: ${figures.join("; ")}. By month ${whole(outside)} of ${counted(all.length, "metric")} ${outside === 1 ? "is" : "are"} outside of what training reported; chance alone would put about ${whole(byChance)} there.`;
}

function besideReported(metric: MetricAgainstTraining | undefined): string {
  if (metric === undefined) return "";
  const { reported, verdict } = metric;
  const beside = verdict === "within" ? "within chance of" : `${verdict} than`;
  return `, ${beside} the ${decimal(reported.value)} that training reported`;
}
