import type { LocaleName } from "../../../explain/reasons/locales.js";
import type { ChurnModel } from "../../../predict/churn-model.js";
import { takeRows } from "../../../table/table.js";
import type { ExampleKind, ReportedExample } from "../report.js";
import type { ScoredData } from "./scored-data.js";

/** Reasons that are given of a subscriber at most. */
const REASONS = 4;

/**
 * Subscribers with reasons: the riskiest, of each other tier the one nearest to its mean probability, and where it is known who left, the one
 * who left at the lowest probability and the one who stayed at the highest.
 * @param most how many in all.
 */
export function examplesOf(
  model: ChurnModel,
  data: ScoredData,
  most: number,
  locale: LocaleName,
): ReportedExample[] {
  const chosen = rowsToShow(data, model.tiers.length).slice(0, most);
  if (chosen.length === 0) return [];
  const rows = takeRows(
    data.table,
    Int32Array.from(chosen, ({ row }) => row),
  );
  const explanations = model.explain(rows, { reasons: REASONS, locale });
  return chosen.map(({ is, row }, at) => ({
    is,
    row: row + 1,
    churned: typeof data.labels === "string" ? null : data.labels[row] === 1,
    explanation: explanations[at],
  }));
}

function rowsToShow({ probabilities, tiers, labels }: ScoredData, tierCount: number) {
  const chosen = new Map<number, ExampleKind>();
  /** The row of the least distance that is not chosen yet, the first of several. */
  const choose = (is: ExampleKind, distanceOf: (row: number) => number) => {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let row = 0; row < probabilities.length; row++) {
      const distance = distanceOf(row);
      if (distance < least && !chosen.has(row)) [best, least] = [row, distance];
    }
    if (best >= 0) chosen.set(best, is);
  };
  const churned = (row: number) => typeof labels !== "string" && labels[row] === 1;
  choose("riskiest", (row) => 1 - probabilities[row]);
  choose("riskiest", (row) => 1 - probabilities[row]);
  if (typeof labels !== "string") {
    choose("missed", (row) => (churned(row) ? probabilities[row] : Number.POSITIVE_INFINITY));
    choose("false-alarm", (row) => (churned(row) ? Number.POSITIVE_INFINITY : 1 - probabilities[row]));
  }
  for (let tier = 1; tier < tierCount; tier++) {
    let [sum, rows] = [0, 0];
    probabilities.forEach((probability, row) => {
      if (tiers[row] !== tier) return;
      sum += probability;
      rows++;
    });
    choose("typical", (row) =>
      tiers[row] === tier ? Math.abs(probabilities[row] - sum / rows) : Number.POSITIVE_INFINITY,
    );
  }
  return Array.from(chosen, ([row, is]) => ({ row, is }));
}
