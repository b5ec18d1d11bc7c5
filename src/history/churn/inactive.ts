import { invalidArgument } from "../../errors.js";
import { quoteIdentifier, quoteLiteral } from "../../table/duckdb.js";
import type { FactsToLabel } from "../query/facts-to-label.js";
import type { FactTableName } from "../standard-tables.js";
import { firstDayOf } from "../windows/calendar.js";
import type { ChurnDefinition } from "./churn-definition.js";

type ActivityTable = "events" | "payments" | "usage";

export interface InactiveOptions {
  /** Days in a row without activity. Default 90. */
  readonly days?: number | undefined;
  /**
   * What counts as activity: days of events, days of payments (top-ups), and of usage the last day of a month with any
   * measure above 0. Default: all of these that the history has.
   */
  readonly activity?: readonly ActivityTable[] | undefined;
  /** Of events, the kinds that are activity. Default: all. */
  readonly eventKinds?: readonly string[] | undefined;
}

const ACTIVITY: readonly ActivityTable[] = ["events", "payments", "usage"];

/**
 * Churn of prepaid cards that nobody ends: so many days in a row without activity. The churn day is the last of them: the
 * last active day (or activation) + days. At risk is who is not silent for so long already at the cutoff. The end of a
 * subscription does not count by itself, the silence after it does.
 * @example inactive({ days: 90 })
 */
export function inactive(options: InactiveOptions = {}): ChurnDefinition {
  const { days = 90, activity, eventKinds } = options;
  if (!Number.isInteger(days) || days < 1)
    invalidArgument("inactive", "days", "must be a whole number ≥ 1", days);
  if (activity?.length === 0)
    invalidArgument("inactive", "activity", "must name at least one table", activity);
  return {
    name: "inactive",
    description: `did nothing for ${days} days`,
    needs: (activity ?? []).map((table) => ({ table })),
    outcomes: (facts) => {
      const tables = activity ?? ACTIVITY.filter((table) => facts.has(table));
      if (tables.length === 0) {
        invalidArgument(
          "inactive",
          "activity",
          `must be in a history that has one of ${ACTIVITY.join(", ")}`,
          tables,
        );
      }
      const active = facts.relation(
        "active_days",
        [
          `SELECT subscriber_id, activated_on AS day FROM ${facts.all("subscribers")}`,
          ...tables.map((table) => activeDays(facts, table, eventKinds)),
        ].join("\nUNION\n"),
      );
      const silences = facts.relation(
        "silences",
        [
          "SELECT subscriber_id, day, lead(day) OVER (PARTITION BY subscriber_id ORDER BY day) AS next_day",
          `FROM ${active}`,
        ].join("\n"),
      );
      return facts.relation(
        "inactivity",
        [
          "SELECT a.subscriber_id, a.cutoff,",
          `  min(CASE WHEN s.next_day IS NULL OR s.next_day - s.day > ${days} THEN s.day + ${days} END) AS churn_day,`,
          "  CAST(NULL AS text) AS churn_reason, CAST(NULL AS integer) AS out_day",
          // Silences that end before the cutoff are no risk any more, one that has lasted too long is none either.
          `FROM active a JOIN ${silences} s ON s.subscriber_id = a.subscriber_id AND (s.next_day IS NULL OR s.next_day >= a.cutoff)`,
          "GROUP BY a.subscriber_id, a.cutoff",
          `HAVING min(s.day) + ${days} >= a.cutoff`,
        ].join("\n"),
      );
    },
  };
}

function activeDays(facts: FactsToLabel, table: ActivityTable, kinds: readonly string[] | undefined): string {
  const all = facts.all(table as FactTableName);
  if (table === "payments") return `SELECT subscriber_id, paid_on AS day FROM ${all}`;
  if (table === "events") {
    const isKind = kinds === undefined ? "" : ` WHERE kind IN (${kinds.map(quoteLiteral).join(", ")})`;
    return `SELECT subscriber_id, "at" AS day FROM ${all}${isKind}`;
  }
  const measures = facts.columns(table).filter(({ kind }) => kind === "number");
  const isUsed = measures.map(({ name }) => `f.${quoteIdentifier(name)} > 0`).join(" OR ");
  const months = facts.relation("month_ends", monthEnds(facts));
  return [
    "SELECT f.subscriber_id, e.last_day AS day",
    `FROM ${all} f JOIN ${months} e ON e.month = f.month WHERE ${isUsed}`,
  ].join("\n");
}

/** The last day of every month from ten years before the first cutoff to the end of the last window. */
function monthEnds({ windows }: FactsToLabel): string {
  const first = Math.min(...windows.map(({ cutoffMonth }) => cutoffMonth)) - 120;
  const last = Math.max(...windows.map(({ cutoffMonth }) => cutoffMonth)) + 122;
  const rows = Array.from(
    { length: last - first },
    (_, i) => `(${first + i}, ${firstDayOf(first + i + 1) - 1})`,
  );
  return `SELECT month, last_day\nFROM (VALUES ${rows.join(", ")}) AS given(month, last_day)`;
}
