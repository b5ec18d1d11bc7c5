import { checkOptions, type OptionNames } from "../../arguments.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import { invalidArgument } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { firstDayOf, monthOf } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { double, tenThousandths } from "../query/expressions.js";
import type { FactsToLabel } from "../query/facts-to-label.js";
import type { Windows } from "../windows/windows.js";
import type { ChurnDefinition, ChurnSpec } from "./churn-definition.js";

/** Options of {@link partialChurn}. */
export interface PartialChurnOptions {
  /** The table of the measure. */
  readonly table: "usage" | "billing";
  /** The measure, such as `"minutes"` or `"revenue"`. */
  readonly measure: string;
  /** Churn is a level of at most this share of the subscriber's baseline; in (0, 1). Default 0.2. */
  readonly share?: number | undefined;
  /** Subscribers with a lower baseline are not at risk: there is nothing to lose. Above 0; default 0.01. */
  readonly minimumBaseline?: number | undefined;
}

const OPTIONS: OptionNames<PartialChurnOptions> = {
  table: "required",
  measure: "required",
  share: "optional",
  minimumBaseline: "optional",
};

/**
 * Churn of subscribers who stay but hardly use the service: the mean of a monthly measure over the prediction window is at
 * most a share of the subscriber's own mean over the observation window, the baseline. Means are over the whole months of
 * the window that begin on the day of activation or later; a month without a value counts as 0. Values are rounded to four
 * decimals. At risk are subscribers with a baseline. The churn day is the last day of the prediction window, because churn
 * is not certain before.
 *
 * Subscribers whose subscription ends before the window does are left out: combine with `disconnected` in `anyOf` to count
 * both.
 * @example partialChurn({ table: "usage", measure: "minutes", minimumBaseline: 30 })
 * @throws HoldfastError for options out of range, and for windows that hold no whole month.
 */
export function partialChurn(options: PartialChurnOptions): ChurnDefinition {
  checkOptions("partialChurn", options, OPTIONS, "options", tableHint);
  checkLevels(options);
  const { table, measure, share = 0.2, minimumBaseline = 0.01 } = options;
  return {
    name: "partialChurn",
    description: `${measure} fell to ${share} of the subscriber's own level or less`,
    needs: [{ table, column: measure }],
    silentMonthsOf: [table],
    isLasting: true,
    outcomes: (facts) => {
      checkMeasure(facts, table, measure);
      const months = facts.relation("label_months", labelMonths(facts.windows));
      const value = `coalesce(${tenThousandths(`f.${quoteIdentifier(measure)}`)}, 0)`;
      const sum = (side: string, what: string) =>
        double(`sum(CASE WHEN m.side = '${side}' THEN ${what} ELSE 0 END)`);
      const levels = facts.relation(
        "levels_before_and_after",
        [
          "SELECT a.subscriber_id, a.cutoff, a.label_to, s.ended_on,",
          `  ${sum("before", value)} AS baseline, ${sum("before", "1")} AS baseline_months,`,
          `  ${sum("after", value)} AS recent, ${sum("after", "1")} AS recent_months`,
          `FROM active a JOIN ${months} m ON m.cutoff = a.cutoff AND m.first_day >= a.activated_on`,
          `JOIN ${facts.all("subscribers")} s ON s.subscriber_id = a.subscriber_id`,
          `LEFT JOIN ${facts.all(table)} f ON f.subscriber_id = a.subscriber_id AND f.month = m.month`,
          "GROUP BY a.subscriber_id, a.cutoff, a.label_to, s.ended_on",
        ].join("\n"),
      );
      // Sums are whole ten-thousandths: the 0.001 only keeps the rounding of the share from breaking a tie.
      const isChurn = `l.recent * l.baseline_months <= l.baseline * l.recent_months * ${double(String(share))} + ${double("0.001")}`;
      const minimum = Math.max(1, Math.round(minimumBaseline * 10_000));
      return facts.relation(
        "partial_churn",
        [
          "SELECT l.subscriber_id, l.cutoff,",
          `  CASE WHEN ${isChurn} AND (l.ended_on IS NULL OR l.ended_on >= l.label_to) THEN l.label_to - 1 END AS churn_day,`,
          "  CAST(NULL AS text) AS churn_reason, l.ended_on AS out_day",
          `FROM ${levels} l WHERE l.baseline_months > 0 AND l.baseline >= l.baseline_months * ${minimum}`,
        ].join("\n"),
      );
    },
  };
}

/** The whole months of the observation and prediction windows of each cutoff, and the first day of each. */
function labelMonths(windows: readonly Windows[]): string {
  const rows = windows.flatMap(({ cutoff, cutoffMonth, observeFromMonth, labelFrom, labelTo }) => {
    const first = firstDayOf(monthOf(labelFrom)) < labelFrom ? monthOf(labelFrom) + 1 : monthOf(labelFrom);
    const sides = [
      { side: "before", argument: "observe", from: observeFromMonth, to: cutoffMonth },
      { side: "after", argument: "horizon", from: first, to: monthOf(labelTo) },
    ];
    return sides.flatMap(({ side, argument, from, to }) => {
      if (to <= from) {
        invalidArgument(
          "partialChurn",
          argument,
          "must hold a whole month at every cutoff",
          formatDate(cutoff),
        );
      }
      return Array.from(
        { length: to - from },
        (_, i) => `(${cutoff}, ${from + i}, ${firstDayOf(from + i)}, '${side}')`,
      );
    });
  });
  const names = "cutoff, month, first_day, side";
  return `SELECT ${names}\nFROM (VALUES ${rows.join(", ")}) AS given(${names})`;
}

function checkMeasure(facts: FactsToLabel, table: "usage" | "billing", measure: string): void {
  const measures = facts.columns(table).flatMap(({ name, kind }) => (kind === "number" ? [name] : []));
  if (measures.includes(measure)) return;
  const expected = measures.length === 0 ? `must be in ${table}` : `must be one of ${measures.join(", ")}`;
  invalidArgument("partialChurn", "measure", expected, measure);
}

/** `partialChurn("usage.minutes")`, or with two arguments, is meant to name table and measure. */
function tableHint(instead: unknown): string | undefined {
  if (typeof instead !== "string") return undefined;
  const [, table, measure = "minutes"] = /^(usage|billing)(?:\.(.+))?$/u.exec(instead) ?? [];
  if (table === undefined) return undefined;
  return `write partialChurn({ table: "${table}", measure: ${JSON.stringify(measure)} })`;
}

function checkLevels({ table, measure, share = 0.2, minimumBaseline = 0.01 }: PartialChurnOptions): void {
  const refuse = (argument: string, expected: string, received: unknown, hint?: string): never =>
    invalidArgument("partialChurn", argument, expected, received, hint);
  if (table !== "usage" && table !== "billing") {
    const hint = typeof table === "string" ? didYouMean(table, ["usage", "billing"]) : undefined;
    refuse("table", 'must be "usage" or "billing"', table, hint);
  }
  if (typeof measure !== "string" || measure === "") refuse("measure", "must name a column", measure);
  if (!(share > 0 && share < 1)) refuse("share", "must lie between 0 and 1, both excluded", share);
  if (!(minimumBaseline > 0 && Number.isFinite(minimumBaseline))) {
    refuse("minimumBaseline", "must be finite and above 0", minimumBaseline);
  }
}

export const partialChurnSpec: ChurnSpec = {
  name: "partial",
  usage: "partial:usage.minutes (or partial:billing.revenue,0.3)",
  call: 'partialChurn({ table: "usage", measure: "minutes" })',
  define: (given) => {
    const [, table, measure] = /^(usage|billing)\.(.+)$/u.exec(given[0] ?? "") ?? [];
    if (measure === undefined || given.length > 2) return undefined;
    const share = given.length === 2 ? { share: Number(given[1]) } : {};
    return partialChurn({ table: table as "usage" | "billing", measure, ...share });
  },
};
