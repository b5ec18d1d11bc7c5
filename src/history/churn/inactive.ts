import { checkOptions, checkTexts, type OptionNames } from "../../arguments.js";
import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import { count, invalidArgument } from "../../errors.js";
import { firstDayOf, monthOf } from "../../table/calendar.js";
import type { FactsToLabel } from "../query/facts-to-label.js";
import type { ChurnDefinition, ChurnSpec } from "./churn-definition.js";

/** A table whose facts count as activity. */
export type ActivityTable = "events" | "payments" | "usage";

/** Options of {@link inactive}. */
export interface InactiveOptions {
  /** Days in a row without activity. Default 90. */
  readonly days?: number | undefined;
  /**
   * What counts as activity: days of payments (top-ups), the last day of each month with any measure of usage above 0, and
   * days of events. Default: payments and usage where the history has them, and events only if `eventKinds` names some or
   * there is nothing else, because many events are actions of the operator, such as a call to win a subscriber back.
   */
  readonly activity?: readonly ActivityTable[] | undefined;
  /** The kinds of events that are activity. Default: all. */
  readonly eventKinds?: readonly string[] | undefined;
}

const OPTIONS: OptionNames<InactiveOptions> = {
  days: "optional",
  activity: "optional",
  eventKinds: "optional",
};

const ACTIVITY: readonly ActivityTable[] = ["payments", "usage", "events"];

/**
 * Churn of prepaid cards, whose subscription is never ended: `days` days in a row without activity. The churn day is the
 * last of them: the last active day (or activation) + days, so that activity on that very day still prevents it. At risk
 * at cutoff *t* are subscribers whose last active day before *t* (or activation) is *t* − days or later. The end of a
 * subscription is not churn by itself, but the silence after it is; facts after it are not activity.
 * @example inactive({ days: 90 })
 * @throws HoldfastError for options out of range; where it is used, for a history without any table of activity.
 */
export function inactive(options: InactiveOptions = {}): ChurnDefinition {
  checkOptions("inactive", options, OPTIONS, "options", daysHint);
  checkActivity(options);
  const { days = 90, activity, eventKinds } = options;
  return {
    name: "inactive",
    description: `did nothing for ${count(days, "day")}`,
    needs: (activity ?? (eventKinds === undefined ? [] : ["events" as const])).map((table) => ({ table })),
    silentMonthsOf: activity === undefined || activity.includes("usage") ? ["usage"] : [],
    outcomes: (facts) => {
      const tables = activity ?? defaultActivity(facts, eventKinds);
      const active = facts.relation(
        "active_days",
        [
          `SELECT subscriber_id, activated_on AS day FROM ${facts.all("subscribers")}`,
          ...tables.map((table) => activeDays(facts, table, days, eventKinds)),
        ].join("\nUNION ALL\n"),
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
          // A silence that ended before the cutoff is no longer a risk; one that has lasted too long is already churn.
          `FROM active a JOIN ${silences} s ON s.subscriber_id = a.subscriber_id AND (s.next_day IS NULL OR s.next_day >= a.cutoff)`,
          "GROUP BY a.subscriber_id, a.cutoff",
          `HAVING min(s.day) + ${days} >= a.cutoff`,
        ].join("\n"),
      );
    },
  };
}

function defaultActivity(facts: FactsToLabel, eventKinds: readonly string[] | undefined): ActivityTable[] {
  const tables = ACTIVITY.filter(
    (table) => facts.has(table) && (table !== "events" || eventKinds !== undefined),
  );
  if (tables.length > 0) return tables;
  if (facts.has("events")) return ["events"];
  return invalidArgument("inactive", "activity", `must be in the history: ${ACTIVITY.join(", ")}`, []);
}

/** SQL for the active days of a table, without those after the end of the subscription. */
function activeDays(
  facts: FactsToLabel,
  table: ActivityTable,
  days: number,
  kinds: readonly string[] | undefined,
): string {
  const from = `FROM ${facts.all(table)} f JOIN ${facts.all("subscribers")} s ON s.subscriber_id = f.subscriber_id`;
  const isBeforeEnd = (day: string) => `(s.ended_on IS NULL OR ${day} < s.ended_on)`;
  if (table === "payments") {
    return `SELECT f.subscriber_id, f.paid_on AS day ${from} WHERE ${isBeforeEnd("f.paid_on")}`;
  }
  if (table === "events") {
    const isKind = kinds === undefined ? "" : ` AND f.kind IN (${kinds.map(quoteLiteral).join(", ")})`;
    return `SELECT f.subscriber_id, f."at" AS day ${from} WHERE ${isBeforeEnd('f."at"')}${isKind}`;
  }
  const measures = facts.columns(table).filter(({ kind }) => kind === "number");
  const isUsed = measures.map(({ name }) => `f.${quoteIdentifier(name)} > 0`);
  const months = facts.relation("activity_months", activityMonths(facts, days));
  return [
    "SELECT f.subscriber_id, least(m.last_day, s.ended_on - 1) AS day",
    `${from} JOIN ${months} m ON m.month = f.month`,
    `WHERE ${isBeforeEnd("m.first_day")} AND (${["1 = 0", ...isUsed].join(" OR ")})`,
  ].join("\n");
}

/**
 * The months that can end a silence: earlier ones are more than `days` before every cutoff, later ones after every
 * prediction window.
 */
function activityMonths({ windows }: FactsToLabel, days: number): string {
  const first = monthOf(Math.min(...windows.map(({ cutoff }) => cutoff)) - days);
  const last = monthOf(Math.max(...windows.map(({ labelTo }) => labelTo)));
  const rows = Array.from({ length: last - first + 1 }, (_, i) => {
    const month = first + i;
    return `(${month}, ${firstDayOf(month)}, ${firstDayOf(month + 1) - 1})`;
  });
  const names = "month, first_day, last_day";
  return `SELECT ${names}\nFROM (VALUES ${rows.join(", ")}) AS given(${names})`;
}

/** `inactive(90)` is meant to name the days. */
function daysHint(instead: unknown): string | undefined {
  return typeof instead === "number" ? `write inactive({ days: ${instead} })` : undefined;
}

function checkActivity({ days, activity, eventKinds }: InactiveOptions): void {
  if (activity !== undefined) checkTexts("inactive", "activity", activity);
  if (eventKinds !== undefined) checkTexts("inactive", "eventKinds", eventKinds);
  const refuse = (argument: string, expected: string, received: unknown) =>
    invalidArgument("inactive", argument, expected, received);
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 3660)) {
    refuse("days", "must be a whole number from 1 to 3660", days);
  }
  if (activity !== undefined && (activity.length === 0 || activity.some((t) => !ACTIVITY.includes(t)))) {
    refuse("activity", `must be one or more of ${ACTIVITY.join(", ")}`, activity);
  }
  if (eventKinds?.length === 0) refuse("eventKinds", "must name at least one kind", eventKinds);
  if (eventKinds !== undefined && activity?.includes("events") === false) {
    refuse("eventKinds", "must be left out where events are no activity", eventKinds);
  }
}

export const inactiveSpec: ChurnSpec = {
  name: "inactive",
  usage: "inactive:90 (days)",
  call: "inactive({ days: 90 })",
  define: (given) => {
    if (given.length > 1) return undefined;
    return inactive(given.length === 0 ? {} : { days: Number(given[0]) });
  },
};
