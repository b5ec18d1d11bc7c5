import { invalidArgument } from "../../errors.js";
import { quoteIdentifier } from "../../table/duckdb.js";
import { double, tenThousandths } from "../query/expressions.js";
import type { FactsToLabel } from "../query/facts-to-label.js";
import { firstDayOf, monthOf } from "../windows/calendar.js";
import type { ChurnDefinition } from "./churn-definition.js";

export interface PartialChurnOptions {
  /** Where the measure stands. */
  readonly table: "usage" | "billing";
  /** What is looked at, such as `"minutes"` or `"revenue"`. */
  readonly measure: string;
  /** Churned at this share of the own baseline, or less; in (0, 1). Default 0.2. */
  readonly share?: number | undefined;
  /** Subscribers with a lower baseline are not at risk: there is nothing to lose. Above 0; default 0.01. */
  readonly minimumBaseline?: number | undefined;
}

/**
 * Churn of those who stay on paper: the mean of a monthly measure over the prediction window is at most a share of the
 * subscriber's own mean over the observation window. Means are over whole months from activation on; a month without a
 * fact counts as 0. Who leaves altogether before the window ends is out, and left out: combine with
 * {@link disconnected} by {@link anyOf} to count both.
 * @example partialChurn({ table: "usage", measure: "minutes", minimumBaseline: 30 })
 */
export function partialChurn(options: PartialChurnOptions): ChurnDefinition {
  const { table, measure, share = 0.2, minimumBaseline = 0.01 } = options;
  if (!(share > 0 && share < 1)) invalidArgument("partialChurn", "share", "must lie between 0 and 1", share);
  if (!(minimumBaseline > 0 && Number.isFinite(minimumBaseline))) {
    invalidArgument("partialChurn", "minimumBaseline", "must be finite and above 0", minimumBaseline);
  }
  return {
    name: "partialChurn",
    description: `${measure} fell to ${share} of the own level or less`,
    needs: [{ table, column: measure }],
    outcomes: (facts) => {
      const months = facts.relation("label_months", labelMonths(facts));
      const total = (side: string) =>
        `sum(CASE WHEN m.side = '${side}' THEN coalesce(${tenThousandths(`f.${quoteIdentifier(measure)}`)}, 0) ELSE 0 END)`;
      const count = (side: string) =>
        `sum(CASE WHEN m.side = '${side}' AND m.last_day >= a.activated_on THEN 1 ELSE 0 END)`;
      const mean = (side: string) => `${double(total(side))} / nullif(${double(count(side))}, 0) / 10000`;
      const levels = facts.relation(
        "levels_before_and_after",
        [
          `SELECT a.subscriber_id, a.cutoff, a.label_to, ${mean("before")} AS baseline, ${mean("after")} AS recent`,
          `FROM active a JOIN ${months} m ON m.cutoff = a.cutoff`,
          `LEFT JOIN ${facts.all(table)} f ON f.subscriber_id = a.subscriber_id AND f.month = m.month`,
          "GROUP BY a.subscriber_id, a.cutoff, a.label_to",
        ].join("\n"),
      );
      return facts.relation(
        "partial_churn",
        [
          "SELECT l.subscriber_id, l.cutoff,",
          `  CASE WHEN l.recent <= l.baseline * ${double(String(share))} THEN l.label_to - 1 END AS churn_day,`,
          "  CAST(NULL AS text) AS churn_reason, s.ended_on AS out_day",
          `FROM ${levels} l JOIN ${facts.all("subscribers")} s ON s.subscriber_id = l.subscriber_id`,
          `WHERE l.baseline >= ${double(String(minimumBaseline))} AND l.recent IS NOT NULL`,
        ].join("\n"),
      );
    },
  };
}

/** The whole months of the observation and prediction windows of each cutoff, and the last day of each. */
function labelMonths({ windows }: FactsToLabel): string {
  const rows = windows.flatMap(({ cutoff, cutoffMonth, observeFromMonth, labelFrom, labelTo }) => {
    const row = (month: number, side: string) =>
      `(${cutoff}, ${month}, ${firstDayOf(month + 1) - 1}, '${side}')`;
    const first = firstDayOf(monthOf(labelFrom)) < labelFrom ? monthOf(labelFrom) + 1 : monthOf(labelFrom);
    return [
      ...range(observeFromMonth, cutoffMonth).map((month) => row(month, "before")),
      ...range(first, monthOf(labelTo)).map((month) => row(month, "after")),
    ];
  });
  if (rows.length === 0) rows.push("(0, 0, 0, 'none')");
  const names = "cutoff, month, last_day, side";
  return `SELECT ${names}\nFROM (VALUES ${rows.join(", ")}) AS given(${names})`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
